"""An id in the body that only a service can judge leaves one denied entry, and counts as a guess."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.audit import NATIONAL, Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Answer
from tests.api.referral_loop import AT, Street, street
from tests.world import Town


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def guess(way: Street, place: str, key: UUID) -> Answer:
    """Send `key` at a place of the body where ids are looked up by the service."""
    case, town = f"{CASES}/{way.loop.case.id}", way.loop.town
    if place in {"user", "organisation"}:
        return way.by("coordinator").post(f"{case}/assign", {"user": None, place: str(key)})
    if place == "consenting":
        body = {**consent_body(town.clinic), "organisation": str(key)}
        return way.by("social_worker").post(f"{case}/consents", body)
    return way.refer(**{place: str(key)})


def only_denied(audit: Audit) -> dict[str, Any]:
    (entry,) = audit.entries(outcome="denied")
    return entry


@pytest.mark.parametrize(
    "place",
    [
        "service",
        "recipient",
        "consent",
        "safeguarding_basis",
        "need",
        "replaces",
        "requester",
        "user",
        "organisation",
        "consenting",
    ],
)
def test_an_absent_id_leaves_exactly_one_entry(way: Street, audit: Audit, place: str) -> None:
    key = uuid4()
    answer = guess(way, place, key)
    assert answer.status == 422, answer.raw
    entry = only_denied(audit)
    assert (entry["log"], entry["code"], entry["object_id"]) == (NATIONAL, "invalid", str(key))
    assert entry["said"]["request_id"] == answer.headers["X-Request-Id"]


def foreign_ids(other: Street) -> dict[str, UUID]:
    loop = other.loop
    return {
        "consent": loop.consent.id,
        "need": loop.need_id,
        "replaces": UUID(other.refer().json["id"]),
        "requester": loop.town.centre.id,
        "user": loop.town.nurse.id,
        "organisation": loop.town.centre.id,
    }


def test_a_foreign_id_is_answered_as_an_absent_one_and_noted_where_it_belongs(
    way: Street, audit: Audit
) -> None:
    other = street(Town())
    of_a_team = {"consent", "replaces", "user"}
    for place, key in foreign_ids(other).items():
        known = len(audit.denied())
        foreign, absent = guess(way, place, key), guess(way, place, uuid4())
        assert (foreign.status, foreign.json["errors"]) == (422, absent.json["errors"])
        entries = audit.denied()[known:]
        victim = other.loop.town.team.id if place in of_a_team else NATIONAL
        assert [one["log"] for one in entries] == [victim, NATIONAL], place
        assert entries[0]["object_id"] == str(key)


def test_another_mistake_is_none(way: Street, town: Town, audit: Audit) -> None:
    assert way.refer(service_code="no-such").status == 422
    assert way.by("social_worker").post(CASES, case_body(town, urgency="never")).status == 422
    assert audit.denied() == []


def test_of_twelve_guesses_ten_are_answered(way: Street, settings: Any, audit: Audit) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "probe": "10/h"}
    answers = [way.refer(service=str(uuid4())) for _ in range(12)]
    assert [answer.status for answer in answers] == [422] * 10 + [429] * 2
    assert len(audit.denied()) == 10


def test_the_address_is_that_of_referrals(way: Street, audit: Audit) -> None:
    guess(way, "service", uuid4())
    assert only_denied(audit)["said"]["route"] == AT
