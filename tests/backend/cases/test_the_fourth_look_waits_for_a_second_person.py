"""Three looks in thirty days are one's own to answer for; from the fourth on another person is asked first."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.db.models import Q

from backend.cases.break_glass import ALONE, case_to_open, confirm, end, to_confirm
from backend.cases.break_glass_review import seen, with_state
from backend.cases.models import BreakGlass, Case
from backend.errors import Conflict
from permissions.actor import Actor
from permissions.scope import NotFound, visible_to
from tests.backend.cases.looks import begun, look
from tests.backend.cases.papers import Open, overwrite
from tests.world import Town, actor, ago, saved, seat


def sees(user: Any, case: Case) -> bool:
    return visible_to(actor(user), Case.objects.filter(pk=case.pk), "case.view_coded").exists()


def state(row: BreakGlass) -> str:
    return str(with_state(BreakGlass.objects.filter(pk=row.pk)).values_list("state", flat=True).get())


@pytest.fixture
def used(town: Town, opened: Open) -> list[BreakGlass]:
    """The nurse has looked as often as one may alone."""
    return [look(town.nurse, opened()) for _ in range(ALONE)]


def test_the_fourth_opens_nothing_by_itself(town: Town, opened: Open, used: list[BreakGlass]) -> None:
    assert [row.needs_second for row in used] == [False, False, False]
    case = opened()
    row = look(town.nurse, case)
    assert (row.needs_second, row.starts_at, row.ends_at) == (True, None, None)
    assert state(row) == "waiting"
    assert not sees(town.nurse, case)


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_it_starts_when_the_second_person_confirms_it(
    town: Town, opened: Open, used: list[BreakGlass], who: str
) -> None:
    case = opened()
    row = look(town.nurse, case)
    confirm(actor(getattr(town, who)), row)
    row.refresh_from_db()
    assert row.confirmed_by == getattr(town, who).id
    assert row.confirmed_at == row.starts_at
    assert state(row) == "open"
    assert sees(town.nurse, case)


@pytest.mark.parametrize("who", ["coordinator", "deputy", "nurse", "outreach", "partner_worker"])
def test_nobody_else_confirms_it(town: Town, opened: Open, used: list[BreakGlass], who: str) -> None:
    row = look(town.nurse, opened())
    with pytest.raises(NotFound):
        confirm(actor(getattr(town, who)), row)
    assert state(row) == "waiting"


def test_a_lead_of_another_team_and_a_machine_do_not(
    town: Town, opened: Open, used: list[BreakGlass]
) -> None:
    row = look(town.nurse, opened())
    lead = actor(town.lead)
    for by in (actor(Town().lead), Actor(id=lead.id, kind="token", seats=lead.seats)):
        with pytest.raises(NotFound):
            confirm(by, row)


def test_nobody_confirms_their_own_request(town: Town, opened: Open, used: list[BreakGlass]) -> None:
    row = look(town.nurse, opened())
    seat(town.nurse, "municipal_lead", team=town.team)
    assert not to_confirm(actor(town.nurse)).filter(pk=row.pk).exists()
    with pytest.raises(NotFound):
        confirm(actor(town.nurse), row)


def test_a_request_is_confirmed_once_and_within_the_hour(
    town: Town, opened: Open, used: list[BreakGlass], admin: psycopg.Connection[Any]
) -> None:
    first, second = look(town.nurse, opened()), look(town.nurse, opened())
    confirm(actor(town.lead), first)
    overwrite(admin, "cases_breakglass", second.pk, requested_at=ago(minutes=61))
    for row, code in ((first, "already_confirmed"), (second, "lapsed")):
        with pytest.raises(Conflict) as refused:
            confirm(actor(town.officer), row)
        assert refused.value.code == code
    assert state(second) == "lapsed"


def test_one_waits_for_a_case_once_and_may_take_it_back(
    town: Town, opened: Open, used: list[BreakGlass]
) -> None:
    case = opened()
    row = look(town.nurse, case)
    with pytest.raises(Conflict) as refused:
        look(town.nurse, case)
    assert refused.value.code == "look_waiting"
    end(actor(town.nurse), row)
    assert state(row) == "ended"
    with pytest.raises(Conflict) as refused:
        confirm(actor(town.lead), row)
    assert refused.value.code == "lapsed"


def test_looks_of_more_than_thirty_days_ago_count_no_more(
    town: Town, opened: Open, used: list[BreakGlass], admin: psycopg.Connection[Any]
) -> None:
    begun(admin, used[0], ago(days=30, minutes=1))
    assert not look(town.nurse, opened()).needs_second
    assert look(town.nurse, opened()).needs_second


def test_ending_early_gives_none_back(town: Town, opened: Open, used: list[BreakGlass]) -> None:
    for row in used:
        end(actor(town.nurse), row)
    assert look(town.nurse, opened()).needs_second


def test_it_is_counted_by_person_over_all_teams(town: Town, opened: Open, used: list[BreakGlass]) -> None:
    elsewhere = Town()
    seat(town.nurse, "member", organisation=elsewhere.clinic, team=elsewhere.team)
    assert not look(town.worker("member", town.clinic), opened()).needs_second
    assert look(town.nurse, opened()).needs_second
    assert seen(actor(elsewhere.lead)).count() == 0


def test_four_at_once_are_three_and_one_that_waits(town: Town, opened: Open) -> None:
    cases = [opened() for _ in range(ALONE + 1)]
    person = town.nurse

    def asked(case: Case) -> bool:
        try:
            return look(person, case).needs_second
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(cases)) as pool:
        waits = list(pool.map(asked, cases))
    assert sorted(waits) == [False, False, False, True]


def test_confirming_opens_nothing_to_somebody_who_has_left(
    town: Town, opened: Open, used: list[BreakGlass]
) -> None:
    case = opened()
    row = look(town.nurse, case)
    person = town.nurse
    person.refresh_from_db()
    person.is_active = False
    saved(person)
    confirm(actor(town.lead), row)
    assert not sees(town.nurse, case)
    with pytest.raises(NotFound):
        case_to_open(actor(town.nurse), Q(pk=case.pk))
