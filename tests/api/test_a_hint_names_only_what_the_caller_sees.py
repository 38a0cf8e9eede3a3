"""`similar` after creating: codes of other open referrals, and only of those that the caller could open."""

from typing import Any

import pytest

from tests.api.referral_loop import AT, Street, street
from tests.world import Town


@pytest.fixture
def way(town: Town) -> Street:
    """Return a case that the clinic takes part in, and that is referred to the society without its knowledge."""
    way = street(town)
    way.loop.accepted()
    way.loop.refer(town.society, need_id=way.loop.needs()["housing"][0])
    return way


def drafted(way: Street, *, by: str) -> dict[str, Any]:
    body = way.body(recipient=str(way.loop.town.society.id), service_code="HR-DIC", send=False)
    del body["need"]
    answer = way.by(by).post(AT, body)
    assert answer.status == 201, answer.raw
    found: dict[str, Any] = answer.json
    return found


def test_the_recipient_of_one_referral_is_not_told_of_another(way: Street) -> None:
    assert drafted(way, by="nurse")["similar"] == []


def test_whoever_sees_it_is_told(way: Street) -> None:
    assert drafted(way, by="social_worker")["similar"] == [f"{way.loop.case.code}-R02"]


def test_the_number_says_only_that_there_were_others(way: Street) -> None:
    made = drafted(way, by="nurse")
    assert made["code"] == f"{way.loop.case.code}-R03"
    assert way.read(way.by("social_worker").get(AT).json["results"][0]["id"], by="nurse").status == 404
