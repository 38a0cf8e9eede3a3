"""Changes of a case over HTTP: versions, verbs with their legal ones, profile, flags, needs, assignment."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town

SOON = (timezone.localdate() + timedelta(days=20)).isoformat()


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def coordinator(town: Town) -> Api:
    return browser_for(town.coordinator)


@pytest.fixture
def address(town: Town, worker: Api) -> str:
    answer = worker.post(CASES, case_body(town, needs=["housing"]))
    assert answer.status == 201, answer.raw
    return str(answer.headers["Location"])


def test_a_plain_change_names_the_version_it_changes(worker: Api, address: str) -> None:
    changed = worker.patch(address, {"urgency": "urgent", "review_due": SOON}, If_Match='"1"')
    assert changed.status == 200, changed.raw
    assert (changed.json["urgency"], changed.json["review_due"]) == ("urgent", SOON)
    assert changed.headers["ETag"] == '"2"'
    assert worker.patch(address, {"urgency": "stat"}).status == 428
    stale = worker.patch(address, {"urgency": "stat"}, If_Match='"1"')
    assert (stale.status, stale.code) == (412, "stale_version")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": "closed"}, "/status"),
        ({"urgency": "x"}, "/urgency"),
        ({"review_due": "tomorrow"}, "/review_due"),
        ({"review_due": "2020-01-01"}, "/review_due"),
    ],
)
def test_a_wrong_change_is_named_by_its_place(
    worker: Api, address: str, body: dict[str, Any], pointer: str
) -> None:
    answer = worker.patch(address, body, If_Match='"1"')
    assert answer.status == 422
    assert [one["pointer"] for one in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    "verb", ["profile", "flags", "triage", "hold", "resume", "close", "reopen", "assign", "reveal", "needs"]
)
def test_who_does_not_see_the_case_gets_404_for_every_change(town: Town, address: str, verb: str) -> None:
    stranger = browser_for(town.nurse)
    assert stranger.patch(address, {"urgency": "stat"}, If_Match='"1"').status == 404
    assert stranger.post(f"{address}/{verb}", {}).status == 404


@pytest.mark.parametrize("part", ["needs", "notes", "consents", "safeguarding", "disclosures", "access"])
def test_who_does_not_see_the_case_gets_404_for_every_part(town: Town, address: str, part: str) -> None:
    assert browser_for(town.nurse).get(f"{address}/{part}").status == 404


def test_who_sees_it_and_may_not_gets_403_and_one_denied_entry(
    worker: Api, address: str, audit: Audit
) -> None:
    assert worker.post(f"{address}/assign", {"user": None}).status == 403
    [entry] = audit.denied()
    assert (entry["verb"], entry["code"]) == ("case.assign", "forbidden")


def test_hold_and_resume_and_the_legal_verbs_of_a_conflict(worker: Api, address: str) -> None:
    held = worker.post(f"{address}/hold", {"review_due": SOON})
    assert (held.status, held.json["status"]) == (200, "on_hold")
    again = worker.post(f"{address}/hold", {"review_due": SOON})
    assert (again.status, again.code, again.json["legal"]) == (409, "illegal_transition", ["resume", "close"])
    assert worker.post(f"{address}/hold", {}).status == 422
    assert worker.post(f"{address}/resume", {}).json["status"] == "active"


def test_a_proposal_goes_through_triage(town: Town, worker: Api, coordinator: Api) -> None:
    address = worker.post(CASES, case_body(town, propose=True, eligibility=False)).headers["Location"]
    seen = coordinator.get(address).json
    assert (seen["status"], seen["purpose"]) == ("proposed", "triage")
    assert "triage" in seen["allowed_actions"]
    refused = coordinator.post(f"{address}/triage", {"triage_outcome": "agenda"})
    assert [one["pointer"] for one in refused.json["errors"]] == ["/eligibility"]
    done = coordinator.post(f"{address}/triage", {"triage_outcome": "agenda", "eligibility": True})
    assert (done.status, done.json["status"]) == (200, "active")


def test_only_the_coordinator_closes_and_reopens(worker: Api, coordinator: Api, address: str) -> None:
    reason = {"closure_reason": "needs_met"}
    assert worker.post(f"{address}/close", reason).status == 403
    closed = coordinator.post(f"{address}/close", reason)
    assert (closed.status, closed.json["status"]) == (200, "closed")
    assert "reopen" in closed.json["allowed_actions"]
    refused = worker.post(f"{address}/profile", {"items": {"sex": "1"}})
    assert (refused.status, refused.code, refused.json["legal"]) == (409, "case_closed", ["reopen"])
    assert coordinator.post(f"{address}/reopen", {}).json["status"] == "active"
    assert coordinator.post(f"{address}/close", {"closure_reason": "merged"}).status == 422


def test_the_profile_changes_item_by_item(worker: Api, coordinator: Api, address: str) -> None:
    first = worker.post(f"{address}/profile", {"items": {"sex": "1", "accommodation": "2"}}, If_Match='"1"')
    assert first.json["items"] == {"sex": "1", "accommodation": "2"}
    second = worker.post(f"{address}/profile", {"items": {"sex": None}})
    assert second.json["items"] == {"accommodation": "2"}
    assert worker.post(f"{address}/profile", {"items": {"sex": "1"}}, If_Match='"1"').status == 412


def test_a_closed_class_is_not_written(town: Town, worker: Api, coordinator: Api) -> None:
    body = case_body(town, consent=consent_body(town.society))
    address = worker.post(CASES, body).headers["Location"]
    refused = coordinator.post(f"{address}/profile", {"items": {"hiv_test": "1"}})
    assert refused.status == 422
    assert refused.json["errors"][0]["code"] == "class_not_open"


def test_flags_stand_as_they_are_given(worker: Api, address: str) -> None:
    assert worker.post(f"{address}/flags", {"flags": ["child", "overdose"]}).json["flags"] == [
        "child",
        "overdose",
    ]
    assert worker.post(f"{address}/flags", {"flags": []}).json["flags"] == []
    assert worker.post(f"{address}/flags", {"flags": ["guilty"]}).status == 422


def test_needs_are_added_and_moved(worker: Api, address: str) -> None:
    added = worker.post(f"{address}/needs", {"code": "income"})
    assert added.status == 201, added.raw
    assert added.headers["Location"] == f"{address}/needs/{added.json['id']}"
    listed = worker.get(f"{address}/needs").json["results"]
    assert [(one["code"], one["status"]) for one in listed] == [("housing", "open"), ("income", "open")]
    version = added.headers["ETag"]
    moved = worker.patch(added.headers["Location"], {"status": "met"}, If_Match=version)
    assert (moved.status, moved.json["status"]) == (200, "met")
    assert worker.patch(added.headers["Location"], {"status": "gap"}).status == 428
    illegal = worker.patch(added.headers["Location"], {"status": "gap"}, If_Match=moved.headers["ETag"])
    assert (illegal.status, illegal.json["legal"]) == (409, ["open"])
    assert worker.post(f"{address}/needs", {"code": "housing"}).code == "need_already_open"


def test_a_need_that_is_not_there_is_404_whatever_it_is_called(worker: Api, address: str) -> None:
    version = worker.get(f"{address}/needs").headers["ETag"]
    for key in (uuid4(), "x", "housing"):
        assert worker.patch(f"{address}/needs/{key}", {"status": "met"}, If_Match=version).status == 404


def test_a_change_of_a_need_says_which(worker: Api, address: str) -> None:
    answer = worker.get(f"{address}/needs")
    at, version = f"{address}/needs/{answer.json['results'][0]['id']}", answer.headers["ETag"]
    refused = worker.patch(at, {}, If_Match=version)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/status")
    assert refused.json["errors"][0]["code"] == "required"
    assert worker.patch(at, {"status": None}, If_Match=version).status == 422
    assert worker.get(f"{address}/needs").headers["ETag"] == version


def test_the_coordinator_assigns_a_worker_of_the_holder(
    town: Town, coordinator: Api, worker: Api, address: str
) -> None:
    done = coordinator.post(f"{address}/assign", {"user": str(town.outreach.id)})
    assert (done.status, done.json["assigned_to"]) == (200, str(town.outreach.id))
    mine = worker.get(f"{CASES}?assigned_to={town.outreach.id}").json["results"]
    assert [row["id"] for row in mine] == [done.json["id"]]
    for user in (town.nurse.id, uuid4()):
        refused = coordinator.post(f"{address}/assign", {"user": str(user)})
        assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/user")


def test_a_machine_changes_what_its_operations_name_and_nothing_else(town: Town, address: str) -> None:
    reader = client_for(town.outreach, operations=["case.view_coded"])
    assert reader.get(address).status == 200
    assert reader.patch(address, {"urgency": "stat"}, If_Match='"1"').status == 403
    assert reader.post(CASES, case_body(town)).status == 403


def test_changes_stay_within_their_budget(town: Town, address: str, counted: Counted) -> None:
    machine = client_for(town.outreach)
    with counted("cases_partial_update"):
        assert machine.patch(address, {"urgency": "urgent"}, If_Match='"1"').status == 200
    with counted("cases_profile"):
        machine.post(f"{address}/profile", {"items": {"sex": "1"}})
    with counted("case_needs_retrieve"):
        machine.get(f"{address}/needs")
    with counted("case_needs_add"):
        machine.post(f"{address}/needs", {"code": "income"})
    with counted("cases_access"):
        machine.get(f"{address}/access")
