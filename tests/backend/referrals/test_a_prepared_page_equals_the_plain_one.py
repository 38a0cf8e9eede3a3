"""A page of referrals from kept text beside the same page from the queryset, for random filters and people."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from api import filters
from api.resources.referral_list import FILTERS, PAGES
from backend.referrals import listing
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import visible_to
from tests.backend.referrals.loops import Loop, opened
from tests.backend.referrals.rows import a_row
from tests.world import Town, actor, ago, ahead, seat

PEOPLE = ("nurse", "social_worker", "coordinator", "outreach", "partner_worker")
ORDER = ("-created_at", "-id")


@pytest.fixture(scope="module")
def loop(database: None) -> Loop:
    """A town in which a nurse works for two organisations, with a row for most of what a filter asks."""
    loop = opened(Town())
    town = loop.town
    seat(town.nurse, "member", organisation=town.society, team=town.team)
    loop.agree(town.clinic, town.society, town.partner)
    late = {"due_at": ago(hours=1)}
    for recipient in (town.clinic, town.society, town.partner, None):
        to = {"recipient_organisation": recipient}
        a_row(loop, **to, **late)
        a_row(loop, "accepted", urgency="stat", **to)
        a_row(loop, "accepted", basis_until=ago(minutes=1), **late, **to)
        a_row(loop, "rejected", sent_at=ago(days=3), ended_at=ago(days=2), urgency="asap", **to)
        a_row(loop, "on-hold", reason_code="consent-lapsed", service_code="TX-DET", **to)
        a_row(loop, "in-progress", requester_organisation=town.clinic, due_at=ahead(hours=1), **to)
    return loop


WANTED: dict[str, Any] = {
    "status": some.lists(
        some.sampled_from(["requested", "accepted", "rejected", "on-hold"]), min_size=1, max_size=3
    ),
    "urgency": some.lists(some.sampled_from(["routine", "stat", "asap"]), min_size=1, max_size=2),
    "service_code": some.lists(some.sampled_from(["TX-OPC", "TX-DET"]), min_size=1, max_size=2),
    "side": some.booleans(),
    "overdue": some.booleans(),
    "team": some.sampled_from(["team", "nowhere"]),
    "case": some.sampled_from(["case", "nowhere"]),
    "recipient": some.sampled_from(["clinic", "society", "partner", "nowhere"]),
    "requester": some.sampled_from(["centre", "clinic", "nowhere"]),
}


def real(loop: Loop, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the filters with ids in the place of their names."""
    town = loop.town
    ids: dict[str, UUID] = {"team": town.team.id, "case": loop.case.id, "nowhere": uuid4()}
    ids |= {name: getattr(town, name).id for name in ("centre", "clinic", "society", "partner")}
    return {name: ids[value] if isinstance(value, str) else value for name, value in wanted.items()}


def plain(by: Actor, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all that is visible and meets the filters: no parts, no kept text, no limit."""
    rows = filters.narrow(Referral.objects.all(), FILTERS, wanted, by=by)
    return list(listing.with_columns(visible_to(by, rows, REACH.view)).order_by(*ORDER))


def without_now(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "now"} for row in rows]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=some.fixed_dictionaries({}, optional=WANTED),
    name=some.sampled_from(PEOPLE),
    most=some.sampled_from([1, 3, 51]),
    place=some.integers(0, 30),
)
def test_every_page_is_the_same(loop: Loop, wanted: dict[str, Any], name: str, most: int, place: int) -> None:
    by, asked = actor(getattr(loop.town, name)), real(loop, wanted)
    rows = plain(by, asked)
    start = min(place, len(rows))
    after = (rows[start - 1]["created_at"], rows[start - 1]["id"]) if start else ()
    found = PAGES.rows(by, tuple(asked), ORDER, most, after=after, **asked)
    assert without_now(found) == without_now(rows[start : start + most])


def shows(row: dict[str, Any], name: str, value: Any) -> bool:
    """Say whether a row, as it is shown, meets a filter."""
    if name in {"status", "urgency", "service_code"}:
        return row[name] in value
    if name == "side":
        return bool((row["side"] == listing.SENT) == value)
    return bool(row[name] == value)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=some.fixed_dictionaries({}, optional={name: WANTED[name] for name in WANTED if name != "case"}),
    name=some.sampled_from(PEOPLE),
)
def test_a_filter_finds_what_the_row_shows_and_nothing_that_it_hides(
    loop: Loop, wanted: dict[str, Any], name: str
) -> None:
    by, asked = actor(getattr(loop.town, name)), real(loop, wanted)
    every = listing.as_rows(by, plain(by, {}))
    found = [row["id"] for row in plain(by, asked)]
    assert found == [row["id"] for row in every if all(shows(row, *pair) for pair in asked.items())]
