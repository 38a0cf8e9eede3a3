"""The end of a role is a moment to come: never before its beginning, never in the past, never out of sight."""

from datetime import UTC, datetime

import pytest

from backend.errors import Invalid
from backend.teams import people
from backend.teams.models import Membership
from tests.api.client import browser_for
from tests.world import Town, actor, ago, ahead, make_user, saved

WRONG = [
    (ago(days=400), "in_the_past"),
    (ago(minutes=1), "in_the_past"),
    (datetime(1, 1, 1, tzinfo=UTC), "in_the_past"),
    (ahead(days=3660), "too_long"),
    (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "too_long"),
]


@pytest.fixture
def town() -> Town:
    return Town()


def nurses(town: Town) -> Membership:
    return Membership.objects.get(user=town.nurse)


@pytest.mark.parametrize(("end", "code"), WRONG)
def test_no_role_is_ended_or_changed_or_given_to_such_a_moment(town: Town, end: datetime, code: str) -> None:
    by, before = actor(town.coordinator), nurses(town)
    for pointer, step in (
        ("/at", lambda: people.end_membership(by, nurses(town), at=end)),
        ("/valid_until", lambda: people.change_membership(by, nurses(town), changes={"valid_until": end})),
        (
            "/valid_until",
            lambda: people.add_membership(
                by, user=make_user(), role="member", team=town.team, organisation=town.clinic, valid_until=end
            ),
        ),
    ):
        with pytest.raises(Invalid) as refused:
            step()
        assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]
    assert (nurses(town).valid_until, nurses(town).version) == (None, before.version)


def test_a_role_that_has_not_begun_ends_no_sooner_than_it_begins(town: Town) -> None:
    begins = ahead(days=5)
    row = nurses(town)
    row.valid_from = begins
    saved(row)
    with pytest.raises(Invalid) as refused:
        people.end_membership(actor(town.coordinator), row, at=ahead(days=1))
    assert refused.value.faults[0].code == "before_valid_from"
    people.end_membership(actor(town.coordinator), nurses(town))
    assert nurses(town).valid_until == begins


def test_an_end_that_was_set_is_brought_forward(town: Town) -> None:
    by = actor(town.coordinator)
    people.end_membership(by, nurses(town), at=ahead(days=3600))
    sooner = ahead(days=2)
    people.end_membership(by, nurses(town), at=sooner)
    assert nurses(town).valid_until == sooner
    people.end_membership(by, nurses(town))
    assert actor(town.nurse).seats == ()


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00Z"])
def test_over_http_it_is_refused_by_its_place(town: Town, at: str) -> None:
    answer = browser_for(town.coordinator).post(f"/api/v1/members/{nurses(town).id}/end", {"at": at})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/at")
    assert nurses(town).valid_until is None
