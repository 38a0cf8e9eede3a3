"""Idempotency-Key: same key and body, same object; another body is refused; of two at once one creates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from api.models import IdempotencyRecord
from backend.cases.models import Case
from tests.api.client import Answer, Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

KEY = "key-0123456789"


def body(town: Town, **values: Any) -> dict[str, Any]:
    return {"team": str(town.team.id), "organisation": str(town.centre.id), "urgency": "asap", **values}


def create(api: Api, town: Town, key: str = KEY, **values: Any) -> Answer:
    return api.post("/api/v1/boxes", body(town, **values), Idempotency_Key=key)


def made(town: Town) -> int:
    return Case.objects.filter(team=town.team).count()


def test_the_second_answer_is_the_first(town: Town) -> None:
    api = client_for(town.coordinator)
    first, second = create(api, town), create(api, town)
    assert (first.status, second.status) == (201, 201)
    assert first.raw == second.raw
    assert first.headers["Location"] == second.headers["Location"] == f"/api/v1/boxes/{first.json['id']}"
    assert made(town) == 1


def test_the_order_of_names_in_the_body_does_not_matter(town: Town) -> None:
    api = client_for(town.coordinator)
    first = create(api, town)
    turned = dict(reversed(list(body(town).items())))
    assert api.post("/api/v1/boxes", turned, Idempotency_Key=KEY).json == first.json


def test_another_body_under_the_key_is_refused(town: Town) -> None:
    api = client_for(town.coordinator)
    create(api, town)
    answer = create(api, town, urgency="routine")
    assert (answer.status, answer.code) == (422, "idempotency_key_reused")
    assert made(town) == 1


def test_without_a_key_two_are_made(town: Town) -> None:
    api = client_for(town.coordinator)
    for _ in range(2):
        assert api.post("/api/v1/boxes", body(town)).status == 201
    assert made(town) == 2


def test_a_key_belongs_to_its_caller(town: Town) -> None:
    other = town.worker("deputy_coordinator", town.clinic)
    create(client_for(town.coordinator), town)
    deputy = create(client_for(other), town, organisation=str(town.clinic.id))
    assert deputy.status == 201
    assert made(town) == 2


def test_a_failed_creation_leaves_the_key_free(town: Town) -> None:
    api = client_for(town.coordinator)
    assert create(api, town, urgency="never").status == 422
    assert create(api, town, urgency="asap").status == 201


def test_the_answer_is_made_under_todays_rights(town: Town) -> None:
    member = town.worker("member", town.centre)
    api = client_for(member)
    assert create(api, town).status == 201
    # The case was made without any grant: a member's organisation does not see it afterwards.
    again = create(api, town)
    assert (again.status, again.code) == (404, "not_found")
    assert made(town) == 1


@pytest.mark.parametrize("key", ["short", "x" * 129, "with space", "čudno-čudno", "a;b;c;d;e"])
def test_a_malformed_key_is_a_400(town: Town, key: str) -> None:
    answer = create(client_for(town.coordinator), town, key=key)
    assert (answer.status, answer.code) == (400, "invalid_idempotency_key")


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**40])
def test_a_number_beyond_64_bits_is_answered_as_without_a_key(town: Town, number: int) -> None:
    api = client_for(town.coordinator)
    for values in ({"urgency": number}, {"more": number}):
        with_key, without = create(api, town, **values), api.post("/api/v1/boxes", body(town, **values))
        assert (with_key.status, with_key.json["errors"]) == (422, without.json["errors"])


def test_after_a_day_a_key_is_new_again(town: Town) -> None:
    api = client_for(town.coordinator)
    first = create(api, town)
    records = IdempotencyRecord.objects.filter(object_id=first.json["id"])
    assert records.update(created_at=timezone.now() - timedelta(hours=25)) == 1
    assert create(api, town).json["id"] != first.json["id"]


def test_what_is_kept_tells_neither_key_nor_body(town: Town) -> None:
    created = create(client_for(town.coordinator), town)
    record = IdempotencyRecord.objects.get(object_id=created.json["id"])
    kept = b"".join([bytes(record.key_mac), bytes(record.request_mac), record.object_kind.encode()])
    assert KEY.encode() not in kept
    assert len(kept) == 64 + len("case")


def test_of_eight_at_once_one_creates(town: Town) -> None:
    api = client_for(town.coordinator)
    town.centre.refresh_from_db()

    def send(_number: int) -> Answer:
        try:
            return create(Api(**api.headers), town)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert made(town) == 1


def test_a_creation_takes_few_queries(town: Town, counted: Counted) -> None:
    api = client_for(town.coordinator)
    create(api, town, key="key-warming-up")
    with counted("sample_create"):
        create(api, town)


def test_a_person_without_the_role_cannot_use_a_key(town: Town) -> None:
    assert create(client_for(town.lead), town).status == 403
    assert made(town) == 0


def test_old_keys_are_deleted_with_somebodys_first_call(town: Town) -> None:
    first = create(client_for(town.coordinator), town)
    records = IdempotencyRecord.objects.filter(object_id=first.json["id"])
    records.update(created_at=timezone.now() - timedelta(hours=25))
    assert browser_for(town.nurse).get("/api/v1/me").status == 200
    assert not records.exists()
