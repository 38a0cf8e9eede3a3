"""Refusals of referrals over HTTP: their order, their codes, and foreign ids that are as good as absent."""

from typing import Any

import pytest

from tests.api.client import Api, client_for
from tests.api.referral_loop import AT, Street, street
from tests.backend.referrals.loops import opened
from tests.world import Town

NOWHERE = "00000000-0000-4000-8000-000000000000"
VERBS = (
    "send", "accept", "reject", "start", "progress", "hold", "resume", "complete", "fail", "cancel", "acknowledge",
    "ask", "reply", "follow-up", "undo", "correct", "phoned", "reveal",
)  # fmt: skip


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


@pytest.mark.parametrize("verb", VERBS)
def test_without_credentials_it_is_401_and_from_outside_404(way: Street, stranger: Api, verb: str) -> None:
    key = way.refer().json["id"]
    assert stranger.post(f"{AT}/{key}/{verb}", {}).status == 401
    assert way.step(key, verb, {"nonsense": 1}, by="outreach", If_Match='"99"').status == 404


def test_the_wrong_side_is_403_even_with_a_stale_version(way: Street) -> None:
    key = way.refer().json["id"]
    assert way.step(key, "accept", by="social_worker", If_Match='"99"').status == 403
    assert way.step(key, "acknowledge", by="nurse", If_Match='"99"').status == 403


def test_stale_comes_before_a_conflict_and_a_conflict_before_bad_input(way: Street) -> None:
    key = way.refer().json["id"]
    assert way.step(key, "start", {}, by="nurse", If_Match='"99"').status == 412
    assert way.step(key, "start", {}, by="nurse", If_Match="W/1").status == 412
    early = way.step(key, "complete", {}, by="nurse")
    assert (early.status, early.code) == (409, "illegal_transition")
    assert early.json["legal"] == ["accept", "ask", "cancel", "reject"]
    bare = way.step(key, "reject", {}, by="nurse")
    assert (bare.status, bare.json["errors"][0]["pointer"]) == (422, "/reason_code")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"colour": "red"}, "/colour", "unknown_field"),
        ({"urgency": "soon"}, "/urgency", "unknown_code"),
        ({"recipient": NOWHERE}, "/recipient", "unknown_id"),
        ({"consent": NOWHERE}, "/consent", "unknown_id"),
        ({"need": NOWHERE}, "/need", "unknown_id"),
        ({"service": NOWHERE}, "/service", "unknown_id"),
        ({"narrative": "JMBG 0101990710006"}, "/narrative", "identifier_found"),
        ({"data_classes": ["violence"]}, "/consent", "not_covered"),
        ({"service_code": "HR-DCR"}, "/service_code", "not_referable"),
    ],
)
def test_a_creation_that_breaks_a_rule_is_422_at_its_place(
    way: Street, body: dict[str, Any], pointer: str, code: str
) -> None:
    refused = way.refer(**body)
    assert refused.status == 422, refused.raw
    assert [(one["pointer"], one["code"]) for one in refused.json["errors"]] == [(pointer, code)]


def test_ids_of_another_case_are_as_good_as_absent(way: Street) -> None:
    other = opened(Town())
    foreign: list[dict[str, str]] = [
        {"consent": str(other.consent.id)},
        {"need": str(other.need_id)},
        {"replaces": str(other.refer().id)},
    ]
    for body in foreign:
        (name,) = body
        mine, absent = way.refer(**body), way.refer(**{name: NOWHERE})
        assert mine.status == absent.status == 422
        assert mine.json["errors"] == absent.json["errors"], name


def test_a_case_that_one_does_not_see_cannot_be_referred(way: Street) -> None:
    for by in ("outreach", "nurse"):
        mine, absent = way.by(by).post(AT, way.body()), way.by(by).post(AT, way.body(case=NOWHERE))
        assert mine.status == absent.status == 404
        assert {**mine.json, "request_id": ""} == {**absent.json, "request_id": ""}
    assert way.refer(case="nonsense").status == 404


def test_a_case_may_be_named_by_its_code(way: Street) -> None:
    assert way.refer(case=way.loop.case.code).status == 201


def test_a_worker_of_a_partner_refers_nothing(way: Street) -> None:
    assert way.by("partner_worker").post(AT, way.body()).status == 403


def test_a_token_without_the_operation_may_not(way: Street) -> None:
    key = way.refer().json["id"]
    reader = client_for(way.loop.town.nurse, operations=["case.view_coded"])
    assert reader.get(f"{AT}/{key}").status == 200
    assert reader.post(f"{AT}/{key}/accept", {}).status == 403


def test_the_same_creation_twice_makes_one(way: Street) -> None:
    worker, body = way.by("social_worker"), way.body()
    first = worker.post(AT, body, Idempotency_Key="a-key-of-ours-1")
    again = worker.post(AT, body, Idempotency_Key="a-key-of-ours-1")
    assert (first.status, again.status) == (201, 201)
    assert first.json["id"] == again.json["id"]
    assert worker.post(AT, way.body(urgency="stat"), Idempotency_Key="a-key-of-ours-1").status == 422
