"""`live` and what is built on it: begun, not over, judged by the database at each question."""

from datetime import datetime
from typing import Any

import pytest

from backend.errors import Conflict, Stale
from backend.teams import acting, agreements, people, tokens
from backend.teams.models import ActingSpell, Membership, Memorandum, Organisation, SharingAgreement
from backend.teams.models.base import live
from backend.teams.writing import as_steward, change, needed, signed
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound
from permissions.seats import Seat
from tests.world import BUILDER, Town, actor, ago, ahead, make_organisation, national, saved

INTERVALS: list[tuple[datetime, datetime | None, bool]] = [
    (ago(days=2), None, True),
    (ago(days=2), ahead(days=2), True),
    (ago(seconds=1), ahead(hours=2), True),
    (ago(days=2), ago(days=1), False),
    (ago(days=2), ago(seconds=1), False),
    (ahead(days=1), None, False),
    (ahead(days=1), ahead(days=2), False),
    (ahead(days=2), ahead(days=1), False),
]


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.mark.parametrize(("begins", "ends", "holds"), INTERVALS)
@pytest.mark.parametrize("kind", [Membership, Memorandum, SharingAgreement, ActingSpell])
def test_an_interval_holds_from_its_beginning_to_its_end(
    town: Town, kind: Any, begins: datetime, ends: datetime | None, holds: bool
) -> None:
    organisation = make_organisation("health")
    values: dict[str, Any] = {
        Membership: {"user": town.nurse, "role": "partner_worker", "organisation": organisation},
        Memorandum: {"organisation": organisation, "number": "1"},
        SharingAgreement: {"organisation": organisation, "team": town.team},
        ActingSpell: {
            "membership": Membership.objects.get(user=town.deputy),
            "team": town.team,
            "reason": "absent",
        },
    }[kind]
    row = saved(kind(valid_from=begins, valid_until=ends, **values))
    assert kind.objects.filter(live(), pk=row.pk).exists() is holds
    assert kind.objects.filter(~live(), pk=row.pk).exists() is not holds


def test_without_a_beginning_it_begins_now(town: Town) -> None:
    row = saved(Memorandum(organisation=town.ward, number="1"))
    assert ago(seconds=30) < row.valid_from <= ahead(seconds=1)
    assert Memorandum.objects.filter(live(), pk=row.pk).exists()


def test_a_path_leads_to_the_interval_of_another_row(town: Town) -> None:
    found = Organisation.objects.filter(live("memoranda__"))
    assert town.partner in found
    assert town.clinic not in found


def test_a_role_that_ends_later_is_there_until_then(town: Town) -> None:
    by = actor(town.coordinator)
    nurse = Membership.objects.get(user=town.nurse)
    people.change_membership(by, nurse, changes={"valid_until": ahead(days=1)})
    assert actor(town.nurse).seats
    token, _ = tokens.issue(by, name="x", acting_for=town.nurse, team=town.team, operations=["case.edit"])
    assert token.expires_at == nurse.valid_until


def test_a_role_that_is_over_is_not_brought_back_by_a_change(town: Town) -> None:
    by = actor(town.coordinator)
    nurse = Membership.objects.get(user=town.nurse)
    people.end_membership(by, nurse)
    with pytest.raises(Conflict, match="membership_over"):
        people.change_membership(by, nurse, changes={"valid_until": None})


def test_a_spell_ends_by_itself(town: Town) -> None:
    deputy = Membership.objects.get(user=town.deputy)
    spell = acting.start_acting(actor(town.coordinator), deputy, reason="absent", until=ahead(days=1))
    assert actor(town.deputy).seats[0].acting
    spell.valid_until = ago(seconds=1)
    saved(spell)
    assert not actor(town.deputy).seats[0].acting
    assert acting.start_acting(actor(town.lead), deputy, reason="late_triage").valid_until is None


def test_two_memoranda_in_a_row_leave_no_gap(town: Town) -> None:
    office = actor(national("directory_admin"))
    first = Memorandum.objects.get(organisation=town.partner)
    agreements.register_memorandum(office, organisation=town.partner, number="2")
    agreements.change_memorandum(office, first, changes={"valid_until": ago(days=1)})
    assert actor(town.partner_worker).seats


def test_only_a_job_of_ours_is_asked_for_no_permission() -> None:
    assert needed(BUILDER, "team.create") is None
    for kind in ("user", "token", "anonymous"):
        assert needed(Actor(id=None, kind=kind), "team.create") == "team.create"


def test_nobody_signs_for_nobody(town: Town) -> None:
    assert signed(actor(town.nurse)) == town.nurse.id
    with pytest.raises(Forbidden):
        signed(Actor(id=None, kind="anonymous"))


def test_a_steward_is_who_carries_the_flag() -> None:
    flagged, plain = Seat(role="member", steward=True), Seat(role="member")
    assert as_steward(Actor(id=None, seats=(flagged, plain))).seats == (flagged,)
    assert as_steward(Actor(id=None, seats=(plain,))).seats == ()


def test_a_change_is_one_act_under_one_permission(town: Town) -> None:
    office, nurse = actor(national("directory_admin")), actor(town.nurse)
    row = town.ward
    change(office, row, verb="organisation.changed", needs="organisation.manage", changes={"phone": "1"})
    assert (row.phone, row.version) == ("1", 2)
    with pytest.raises(Stale):
        change(
            office,
            row,
            verb="organisation.changed",
            needs="organisation.manage",
            changes={"phone": "2"},
            version=1,
        )
    with pytest.raises((Forbidden, NotFound)):
        change(nurse, row, verb="organisation.changed", needs="organisation.manage", changes={"phone": "2"})
    assert Organisation.objects.get(pk=row.pk).phone == "1"
