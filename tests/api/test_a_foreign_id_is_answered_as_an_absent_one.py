"""In path, body and filter: what is not yours cannot be told from what is not there."""

import json
from typing import Any
from uuid import uuid4

import pytest

from tests.api.client import Answer, Api, client_for
from tests.api.sample import make_box
from tests.world import Town, make_organisation

pytestmark = pytest.mark.urls("tests.api.sample")


def without_request_id(answer: Answer) -> bytes:
    return answer.raw.replace(answer.headers["X-Request-Id"].encode(), b"-")


def told_apart(api: Api, one: Answer, other: Answer) -> bool:
    del api
    volatile = {"X-Request-Id", "RateLimit", "Retry-After"}
    headers = [
        {name: value for name, value in answer.headers.items() if name not in volatile}
        for answer in (one, other)
    ]
    return (
        one.status != other.status
        or without_request_id(one) != without_request_id(other)
        or headers[0] != headers[1]
    )


@pytest.fixture
def foreign(town: Town) -> Any:
    other = Town()
    return make_box(other.team, other.centre)


@pytest.mark.parametrize(
    ("method", "below"), [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/triage"), ("POST", "/echo")]
)
@pytest.mark.parametrize("tongue", ["en", "sr-Cyrl"])
def test_in_the_path_byte_for_byte(town: Town, foreign: Any, method: str, below: str, tongue: str) -> None:
    api = client_for(town.coordinator)
    answers = [
        api.send(method, f"/api/v1/boxes/{key}{below}", {}, Accept_Language=tongue)
        for key in (foreign.id, uuid4(), foreign.code, "LO-0000-0000-0", "no-id-at-all")
    ]
    assert [answer.status for answer in answers] == [404] * 5
    assert not any(told_apart(api, answers[0], answer) for answer in answers[1:])


def test_in_the_body_byte_for_byte(town: Town) -> None:
    # A lead sees people of the own team only; here the organisation of nobody is as absent as none.
    api = client_for(town.coordinator)
    gone = make_organisation("cso")
    absent = str(uuid4())
    bodies = [{"team": str(town.team.id), "organisation": absent, "urgency": "asap"} for _ in range(2)]
    answers = [api.post("/api/v1/boxes", body) for body in bodies]
    assert [answer.status for answer in answers] == [422, 422]
    assert not told_apart(api, *answers)
    assert [one["code"] for one in answers[0].json["errors"]] == ["unknown_id"]
    assert str(gone.id).encode() not in answers[0].raw


def test_in_a_filter_both_find_nothing(town: Town) -> None:
    other = Town()
    make_box(other.team, other.centre)
    api = client_for(town.coordinator)
    answers = [api.get("/api/v1/boxes", query={"holder": str(key)}) for key in (other.centre.id, uuid4())]
    assert [answer.status for answer in answers] == [200, 200]
    assert [answer.json["results"] for answer in answers] == [[], []]


def test_what_one_may_not_see_is_not_counted_either(town: Town) -> None:
    other = Town()
    make_box(other.team, other.centre)
    assert client_for(town.coordinator).get("/api/v1/boxes", query={"count": "true"}).json["count"] == 0


@pytest.mark.parametrize(
    "key",
    [
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "0f8fad5bd9cb469fa16570867728950e",
        "urn:uuid:0f8fad5b",
        "1",
        "%00",
        "ž",
        "x" * 500,
    ],
)
def test_a_malformed_id_is_a_404_too(town: Town, key: str) -> None:
    answer = client_for(town.coordinator).get(f"/api/v1/boxes/{key}")
    assert (answer.status, answer.code) == (404, "not_found")


def test_only_the_canonical_form_of_an_id_is_one(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    assert api.get(f"/api/v1/boxes/{box.id}").status == 200
    assert api.get(f"/api/v1/boxes/{box.id.hex}").status == 404
    assert api.get(f"/api/v1/boxes/{box.code}").status == 200
    assert json.loads(api.get(f"/api/v1/boxes/{box.code.lower()}").raw)["id"] == str(box.id)
