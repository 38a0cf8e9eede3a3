"""A change that gives more waits for a second person; what takes away holds at once, and takes back what waited."""

from typing import Any

import pytest

from backend.errors import Conflict
from backend.teams import people
from backend.teams.models import Membership, TeamGrant, User
from backend.teams.widening import kept, read, wider
from permissions.scope import Forbidden
from tests.world import Town, actor, ahead, seat

EARLY, LATE = ahead(days=10), ahead(days=20)


@pytest.fixture
def town() -> Town:
    town = Town()
    for who in ("coordinator", "lead"):
        assert getattr(town, who).id
    return town


def held(town: Town, **values: Any) -> Membership:
    return Membership.objects.get(user=town.worker("member", town.clinic, **values))


def change(by: User, membership: Membership, **changes: Any) -> Membership:
    people.change_membership(actor(by), membership, changes=changes)
    return Membership.objects.get(pk=membership.pk)


WIDER = [
    ({"organisation_steward": False}, {"organisation_steward": True}),
    ({"services": ["HR-OUT"]}, {"services": None}),
    ({"services": ["HR-OUT"]}, {"services": ["HR-OUT", "HR-DIC"]}),
    ({"services": []}, {"services": ["HR-OUT"]}),
    ({"valid_until": EARLY}, {"valid_until": LATE}),
    ({"valid_until": EARLY}, {"valid_until": None}),
]
SAME_OR_NARROWER = [
    ({"organisation_steward": True}, {"organisation_steward": False}),
    ({"organisation_steward": True}, {"organisation_steward": True}),
    ({"services": None}, {"services": ["HR-OUT"]}),
    ({"services": None}, {"services": None}),
    ({"services": ["HR-OUT", "HR-DIC"]}, {"services": ["HR-DIC"]}),
    ({"services": ["HR-OUT"]}, {"services": []}),
    ({"valid_until": None}, {"valid_until": LATE}),
    ({"valid_until": LATE}, {"valid_until": EARLY}),
]
NAMES = [f"{number}-{next(iter(row[0]))}" for number, row in enumerate(WIDER + SAME_OR_NARROWER)]


@pytest.mark.pure
@pytest.mark.parametrize(("before", "after"), WIDER + SAME_OR_NARROWER, ids=NAMES)
def test_what_is_wider(before: dict[str, Any], after: dict[str, Any]) -> None:
    found = wider(before, after)
    assert found == (after if (before, after) in WIDER else {})
    assert read(kept(found)) == found


@pytest.mark.parametrize(("before", "after"), WIDER, ids=NAMES[: len(WIDER)])
def test_what_is_wider_holds_once_it_is_confirmed(
    town: Town, before: dict[str, Any], after: dict[str, Any]
) -> None:
    row = change(town.coordinator, held(town, **before), **after)
    ((name, value),) = before.items()
    assert getattr(row, name) == value
    assert row.wanted == kept(after)
    with pytest.raises(Forbidden):
        people.confirm_membership(actor(town.coordinator), row)
    people.confirm_membership(actor(town.lead), row)
    row.refresh_from_db()
    assert (getattr(row, name), row.wanted, row.waits_until) == (after[name], None, None)


@pytest.mark.parametrize(("before", "after"), SAME_OR_NARROWER, ids=NAMES[len(WIDER) :])
def test_what_is_narrower_holds_at_once(town: Town, before: dict[str, Any], after: dict[str, Any]) -> None:
    row = change(town.coordinator, held(town, **before), **after)
    ((name, value),) = after.items()
    assert (getattr(row, name), row.wanted, row.waits_until) == (value, None, None)


def test_of_a_change_that_does_both_only_the_wider_part_waits(town: Town) -> None:
    row = change(town.coordinator, held(town), organisation_steward=True, services=["HR-OUT"])
    assert (row.services, row.organisation_steward) == (["HR-OUT"], False)
    assert row.wanted == {"organisation_steward": True}


def test_a_narrower_change_takes_back_what_waited(town: Town) -> None:
    row = change(town.coordinator, held(town), organisation_steward=True)
    row = change(town.coordinator, row, services=["HR-OUT"])
    assert row.wanted is None
    with pytest.raises(Conflict, match="nothing_waits"):
        people.confirm_membership(actor(town.lead), row)


def test_nothing_is_slipped_in_while_a_change_waits(town: Town) -> None:
    row = change(town.coordinator, held(town, services=["HR-OUT"]), organisation_steward=True)
    with pytest.raises(Conflict, match="already_waiting"):
        change(town.coordinator, row, services=None)


def test_declined_or_ended_it_never_holds(town: Town) -> None:
    row = change(town.coordinator, held(town), organisation_steward=True)
    people.decline_membership(actor(town.lead), row)
    assert (row.wanted, row.organisation_steward, row.valid_until) == (None, False, None)
    row = change(town.coordinator, row, organisation_steward=True)
    people.end_membership(actor(town.coordinator), row)
    with pytest.raises(Conflict, match="nothing_waits"):
        people.confirm_membership(actor(town.lead), row)


def test_whoever_proposed_the_change_is_the_one_who_does_not_confirm_it(town: Town) -> None:
    row = change(town.lead, held(town), organisation_steward=True)
    for by in (town.lead, town.worker("municipal_lead")):
        with pytest.raises(Forbidden):
            people.confirm_membership(actor(by), row)
    people.confirm_membership(actor(town.coordinator), row)
    assert row.organisation_steward


def test_an_extension_that_came_too_late_is_refused(town: Town, admin: Any) -> None:
    row = change(town.coordinator, held(town, valid_until=EARLY), valid_until=LATE)
    admin.execute("UPDATE teams_membership SET valid_until = now() WHERE id = %s", [row.id])
    with pytest.raises(Conflict, match="membership_over"):
        people.confirm_membership(actor(town.lead), row)


def test_a_steward_widens_alone(town: Town) -> None:
    steward = town.worker("member", town.clinic, organisation_steward=True)
    row = change(steward, held(town, services=["HR-OUT"]), services=None)
    assert (row.services, row.wanted) == (None, None)


def test_where_nobody_could_confirm_a_wider_role_holds_at_once() -> None:
    town = Town()
    row = change(town.coordinator, held(town), organisation_steward=True)
    assert (row.organisation_steward, row.wanted) == (True, None)


def test_an_extended_deputy_keeps_the_grant_until_the_new_end(town: Town) -> None:
    assert town.officer.id
    place = {"team": town.team, "organisation": town.society}
    row = seat(Town().nurse, "deputy_coordinator", **place, valid_until=EARLY)
    change(town.lead, row, valid_until=LATE)
    people.confirm_membership(actor(town.officer), row)
    assert row.valid_until == TeamGrant.objects.get(source_id=row.id).until == LATE
