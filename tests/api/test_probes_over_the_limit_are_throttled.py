"""Whoever asks for objects that are not there is told so ten times a minute, and then nothing more."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.audit import NATIONAL, Audit
from tests.api.client import client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")


@pytest.fixture(autouse=True)
def ten_an_hour(settings: Any) -> None:
    """Ten in a window that does not end while the test runs."""
    settings.SPONA_RATES = {**settings.SPONA_RATES, "probe": "10/h"}


def test_of_twelve_probes_ten_are_answered(town: Town, audit: Audit) -> None:
    api = client_for(town.coordinator)
    statuses = [api.get(f"/api/v1/boxes/{uuid4()}").status for _ in range(12)]
    assert statuses == [404] * 10 + [429] * 2
    denied = audit.denied(actor_id=town.coordinator.id)
    assert [entry["code"] for entry in denied] == ["not_found"] * 10
    assert {entry["log"] for entry in denied} == {NATIONAL}


def test_what_one_sees_is_answered_all_the_same(town: Town) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    for _ in range(12):
        api.get(f"/api/v1/boxes/{uuid4()}")
    assert api.get(f"/api/v1/boxes/{box.id}").status == 200
    assert api.get("/api/v1/boxes").status == 200


def test_foreign_and_absent_and_malformed_ids_count_together(town: Town) -> None:
    other = Town()
    keys = [str(make_box(other.team, other.centre).id), str(uuid4()), "malformed", "LO-7K3M-9QXF-C"] * 3
    api = client_for(town.coordinator)
    assert [api.get(f"/api/v1/boxes/{key}").status for key in keys] == [404] * 10 + [429] * 2


def test_ids_in_a_body_are_probes_too(town: Town, audit: Audit) -> None:
    api = client_for(town.coordinator)
    body = {"team": str(town.team.id), "urgency": "asap"}
    statuses = [api.post("/api/v1/boxes", {**body, "organisation": str(uuid4())}).status for _ in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    denied = audit.denied(actor_id=town.coordinator.id)
    assert len(denied) == 10
    assert {(entry["object_kind"], entry["code"]) for entry in denied} == {("organisation", "invalid")}


def test_each_caller_probes_alone(town: Town) -> None:
    for user in (town.coordinator, town.nurse):
        api = client_for(user)
        assert [api.get(f"/api/v1/boxes/{uuid4()}").status for _ in range(11)][-2:] == [404, 429]


def test_an_unknown_address_is_no_probe(town: Town) -> None:
    api = client_for(town.coordinator)
    assert {api.get(f"/api/v1/no/{number}").status for number in range(15)} == {404}
