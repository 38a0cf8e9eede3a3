"""Where wall one lets a break-glass through: for the action that shows a row, unlocked, in a team of a live seat."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import EmptyResultSet
from django.db.models import Q

from backend.cases.models import Case, CaseFacts, Consent, Notification
from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.roles import POLICY
from permissions.scope import branches, reach_of, visible_to
from permissions.seats import Seat

TEAM, PERSON = UUID(int=1), UUID(int=2)
VIEW = "case.view_coded"


def by(role: str = "member", *, looks: bool = True, **values: Any) -> Actor:
    seat = Seat(role, team_id=TEAM, organisation_id=UUID(int=3))
    return Actor(id=PERSON, seats=(seat,), looks=looks, **values)


def looks_in(asked: Any) -> bool:
    plain = asked.all()
    plain.query.select_for_update = False
    try:
        return "breakglass" in str(plain.query)
    except EmptyResultSet:
        return False


@pytest.mark.parametrize("model", [Case, CaseFacts], ids=lambda model: model.__name__)
def test_the_view_of_what_a_look_opens(model: Any) -> None:
    assert looks_in(visible_to(by(), model.objects.all(), VIEW))
    assert not looks_in(visible_to(by(looks=False), model.objects.all(), VIEW))


def test_no_other_line_of_the_policy() -> None:
    through = {
        action
        for action in POLICY
        for model in (Case, CaseFacts, Consent, Referral, Notification)
        if looks_in(visible_to(by(), model._base_manager.all(), action))
    }
    assert through == {VIEW}


def test_no_referral_and_no_consent() -> None:
    for model in (Referral, Consent):
        assert reach_of(model).look is None


def test_no_row_that_is_being_locked() -> None:
    rows = Case.objects.select_for_update(of=("self",))
    assert not looks_in(visible_to(by(), rows, VIEW))


@pytest.mark.parametrize("role", ["partner_worker", "municipal_lead", "data_protection_officer"])
def test_no_role_that_the_table_does_not_let_ask(role: str) -> None:
    assert not looks_in(visible_to(by(role), Case.objects.all(), VIEW))


def test_no_machine_whose_operations_leave_it_out() -> None:
    machine = by(operations=frozenset({VIEW}))
    assert not looks_in(visible_to(machine, Case.objects.all(), VIEW))


def test_nobody_without_an_id_or_a_seat() -> None:
    assert not looks_in(visible_to(Actor(id=None, seats=by().seats, looks=True), Case.objects.all(), VIEW))
    assert not visible_to(Actor(id=uuid4(), looks=True), Case.objects.all(), VIEW).exists()


def test_a_part_of_its_own_beside_the_others() -> None:
    parts = branches(by(), Case.objects.all(), VIEW)
    assert [looks_in(part) for part in parts] == [False, True]
    assert [looks_in(part) for part in branches(by(looks=False), Case.objects.all(), VIEW)] == [False]


def test_what_is_told_to_a_role_stays_with_it() -> None:
    within = reach_of(Notification).within["breakglass.review"]
    assert within(Seat("municipal_lead", team_id=TEAM)) == Q(audience="municipal_lead")
    rows = visible_to(by("municipal_lead"), Notification.objects.all(), "breakglass.review")
    assert "municipal_lead" in str(rows.query)
