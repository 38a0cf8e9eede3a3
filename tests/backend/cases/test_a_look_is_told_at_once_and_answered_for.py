"""Coordinator, lead and officer are told in the same transaction; a review is due in 72 hours, and late after it."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import transaction

from backend.cases import notify
from backend.cases.break_glass import confirm, end
from backend.cases.break_glass_review import VERDICTS, read, review, seen, with_state
from backend.cases.models import BreakGlass, Notification
from backend.encryption.vault import KeyGone, destroy
from backend.errors import Conflict
from backend.teams.models import ActingSpell, Membership
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to
from tests.backend.cases.looks import WHY, look, unreviewed
from tests.backend.cases.papers import Open, entries
from tests.world import Town, actor, ago, saved, seat


def told(user: Any, row: BreakGlass) -> list[str]:
    rows = notify.seen(actor(user), Notification.objects.filter(object_id=row.pk))
    return sorted(rows.values_list("kind", flat=True))


def late(row: BreakGlass) -> bool:
    return bool(with_state(BreakGlass.objects.filter(pk=row.pk)).values_list("is_overdue", flat=True).get())


def test_three_are_told_by_ids_alone(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())
    for user in (town.coordinator, town.lead, town.officer):
        assert told(user, row) == ["breakglass.started"]
    rows = Notification.objects.filter(object_id=row.pk)
    assert {one.audience for one in rows} == {"coordinator", "municipal_lead", "data_protection_officer"}
    assert {one.object_kind for one in rows} == {"breakglass"}


def test_nobody_else_hears_of_it(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())
    for user in (town.nurse, town.outreach, town.social_worker, town.deputy, Town().lead, Town().coordinator):
        assert told(user, row) == []


def test_a_request_that_waits_and_its_start_are_told_each(town: Town, opened: Open) -> None:
    for _ in range(3):
        look(town.nurse, opened())
    row = look(town.nurse, opened())
    assert told(town.lead, row) == ["breakglass.requested"]
    confirm(actor(town.officer), row)
    assert (
        told(town.lead, row) == told(town.coordinator, row) == ["breakglass.requested", "breakglass.started"]
    )


def test_if_nobody_can_be_told_nothing_is_opened(
    town: Town, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, before = opened(), BreakGlass.objects.filter(team=town.team).count()

    def fails(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(notify.Notification.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        look(town.nurse, case)
    assert BreakGlass.objects.filter(team=town.team).count() == before
    assert not actor(town.nurse).looks


def test_lead_and_officer_read_their_own_notification(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())
    mine, his = (
        notify.seen(actor(user), Notification.objects.filter(object_id=row.pk)).get()
        for user in (town.lead, town.officer)
    )
    notify.mark_read(actor(town.lead), mine)
    with pytest.raises((NotFound, Forbidden)):
        notify.mark_read(actor(town.lead), his)
    his.refresh_from_db()
    assert (mine.read_at is not None, his.read_at) == (True, None)


def test_the_review_is_due_in_72_hours_and_shows_as_late(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    row = look(town.nurse, opened())
    assert row.review_due_at is not None
    assert row.starts_at is not None
    assert row.review_due_at - row.starts_at == timedelta(hours=72)
    assert not late(row)
    unreviewed(admin, row)
    assert late(row)
    review(actor(town.lead), BreakGlass.objects.get(pk=row.pk), verdict="expected")
    assert not late(row)


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("who", ["lead", "officer"])
def test_a_reviewer_gives_one_verdict(
    town: Town, opened: Open, admin: psycopg.Connection[Any], who: str, verdict: str
) -> None:
    row = look(town.nurse, opened())
    reviewer = getattr(town, who)
    review(actor(reviewer), row, verdict=verdict)
    row.refresh_from_db()
    assert (row.verdict, row.reviewed_by) == (verdict, reviewer.id)
    assert ("breakglass.reviewed", "success") in entries(admin, row.pk)
    with pytest.raises(Conflict) as refused:
        review(actor(town.officer), row, verdict="expected")
    assert refused.value.code == "already_reviewed"


def test_what_was_never_opened_is_not_reviewed(town: Town, opened: Open) -> None:
    for _ in range(3):
        look(town.nurse, opened())
    row = look(town.nurse, opened())
    with pytest.raises(Conflict) as refused:
        review(actor(town.lead), row, verdict="expected")
    assert refused.value.code == "look_not_started"
    assert row.review_due_at is None


def test_nobody_judges_their_own(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())
    seat(town.nurse, "municipal_lead", team=town.team)
    with pytest.raises(Forbidden):
        review(actor(town.nurse), row, verdict="expected")


@pytest.mark.parametrize("who", ["coordinator", "deputy", "nurse", "outreach"])
def test_no_other_role_judges(town: Town, opened: Open, who: str) -> None:
    row = look(town.nurse, opened())
    with pytest.raises((Forbidden, NotFound)):
        review(actor(getattr(town, who)), row, verdict="expected")


def test_who_knows_of_it(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())

    def knows(user: Any) -> bool:
        return seen(actor(user)).filter(pk=row.pk).exists()

    assert all(knows(user) for user in (town.nurse, town.coordinator, town.lead, town.officer))
    colleague = town.worker("member", town.clinic)
    strangers = (colleague, town.outreach, town.deputy, town.partner_worker, Town().lead, Town().coordinator)
    assert not any(knows(user) for user in strangers)


def test_a_deputy_knows_while_acting(town: Town, opened: Open) -> None:
    row = look(town.nurse, opened())
    spell = ActingSpell(
        membership=Membership.objects.get(user=town.deputy),
        team=town.team,
        reason="absent",
        valid_from=ago(minutes=1),
    )
    saved(spell)
    assert seen(actor(town.deputy)).filter(pk=row.pk).exists()


def test_the_text_opens_to_the_person_and_to_reviewers_and_is_recorded(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    row = look(town.nurse, opened())
    for user in (town.nurse, town.lead, town.officer):
        assert read(actor(user), row).text == WHY
    assert read(actor(town.coordinator), row).text is None
    lead = actor(town.lead)
    assert read(Actor(id=lead.id, kind="token", seats=lead.seats), row).text is None
    assert entries(admin, row.pk).count(("breakglass.read", "success")) == 5


def test_reviewers_see_the_look_and_never_the_case(town: Town, opened: Open) -> None:
    case = opened()
    look(town.nurse, case)
    for user in (town.lead, town.officer):
        assert not visible_to(actor(user), type(case).objects.filter(pk=case.pk), "case.view_coded").exists()


def test_with_the_key_of_the_case_its_text_is_gone(town: Town, opened: Open) -> None:
    case = opened()
    row = look(town.nurse, case)
    destroy(owner_id=case.pk)
    with pytest.raises(KeyGone):
        read(actor(town.lead), row)


def test_each_step_is_one_entry_with_its_case(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    row = look(town.nurse, opened())
    end(actor(town.nurse), row)
    review(actor(town.lead), row, verdict="ask")
    assert [verb for verb, _ in entries(admin, row.pk)] == [
        "breakglass.requested", "breakglass.ended", "breakglass.reviewed",
    ]  # fmt: skip
    assert row.history.count() == 3
