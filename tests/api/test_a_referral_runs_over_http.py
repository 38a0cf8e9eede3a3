"""The main job over HTTP, step by step, with a third organisation that finds nothing at any of them."""

from typing import Any

import pytest

from tests.api.audit import Audit
from tests.api.client import browser_for
from tests.api.referral_loop import AT, Street, street
from tests.backend.referrals.loops import ITEMS, NEED
from tests.world import Town


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def absent(way: Street, key: str) -> None:
    """Assert that a third organisation is answered exactly as for something that does not exist."""
    nowhere = "00000000-0000-4000-8000-000000000000"
    found, nothing = way.read(key, by="outreach"), way.read(nowhere, by="outreach")
    assert (found.status, found.code) == (404, "not_found"), "leaked"
    assert {**found.json, "request_id": ""} == {**nothing.json, "request_id": ""}


def test_the_loop_closes_and_a_third_organisation_finds_nothing_at_any_step(way: Street) -> None:
    made = way.refer()
    assert made.status == 201, made.raw
    key = made.json["id"]
    assert made.headers["Location"] == f"{AT}/{key}"
    assert (made.json["status"], made.headers["ETag"]) == ("requested", '"1"')
    steps: list[tuple[str, Any, str, str]] = [
        ("accept", {}, "nurse", "accepted"),
        ("start", {}, "nurse", "in-progress"),
        ("complete", {"outcome_code": "service-started"}, "nurse", "completed"),
        ("acknowledge", {}, "social_worker", "completed"),
    ]
    for verb, body, by, status in steps:
        absent(way, key)
        done = way.step(key, verb, body, by=by)
        assert (done.status, done.json["status"]) == (200, status), done.raw
        assert done.headers["ETag"] == f'"{done.json["version"]}"'
    absent(way, key)


def test_before_its_yes_the_recipient_sees_a_preview_and_no_case(way: Street) -> None:
    key = way.refer().json["id"]
    seen = way.read(key, by="nurse").json
    assert (seen["access"], seen["side"], seen["need"]["code"]) == ("preview", "target", NEED)
    assert (seen["age_band"], seen["facts"], seen["case"]) == (ITEMS["age_band"], None, None)
    assert seen["data_classes"] == sorted(way.loop.consent.data_classes)
    assert set(seen["allowed_actions"]) == {"accept", "ask", "cancel", "reject"}
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 404


def test_after_it_the_case_is_open_as_far_as_the_consent_says(way: Street) -> None:
    key = way.refer().json["id"]
    accepted = way.step(key, "accept", by="nurse").json
    assert (accepted["access"], accepted["facts"]["items"]) == ("full", ITEMS)
    assert accepted["case"] == str(way.loop.case.id)
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 200


def test_a_referral_that_ends_for_its_recipient_answers_with_its_stub(way: Street) -> None:
    key = way.refer().json["id"]
    way.step(key, "accept", by="nurse")
    ended = way.step(key, "fail", {"reason_code": "client-not-reached"}, by="nurse")
    assert (ended.status, ended.json["access"], ended.json["status"]) == (200, "stub", "failed")
    stub = way.read(key, by="nurse").json
    for name in ("need", "facts", "age_band", "case", "requester", "appointment", "narrative"):
        assert stub[name] is None, name
    assert (stub["spoken_name"], stub["events"], stub["questions"], stub["reason_code"]) == ("", [], [], "")
    assert stub["service_code"] == "TX-OPC"
    assert way.by("nurse").get(f"/api/v1/cases/{way.loop.case.id}").status == 404


def test_the_requester_always_sees_the_refusal_and_its_reason(way: Street) -> None:
    key = way.refer().json["id"]
    way.step(key, "reject", {"reason_code": "waitlist"}, by="nurse")
    seen = way.read(key, by="social_worker").json
    assert (seen["status"], seen["reason_code"]) == ("rejected", "waitlist")
    assert "acknowledge" in seen["allowed_actions"]


def test_it_is_found_by_its_code_in_any_case(way: Street) -> None:
    code = way.refer().json["code"]
    assert code == f"{way.loop.case.code}-R01"
    assert way.read(code.lower(), by="nurse").json["code"] == code
    absent(way, code)


def test_the_notice_goes_with_every_payload(way: Street) -> None:
    key = way.refer().json["id"]
    for answer in (way.read(key, by="nurse"), way.step(key, "accept", by="nurse")):
        assert set(answer.json["redisclosure_notice"]) == {"en", "sr-Latn", "sr-Cyrl"}


def test_a_draft_is_written_changed_and_sent(way: Street) -> None:
    made = way.refer(send=False)
    key, tag = made.json["id"], made.headers["ETag"]
    assert way.read(key, by="nurse").status == 404
    worker = way.by("social_worker")
    assert worker.patch(f"{AT}/{key}", {"urgency": "urgent"}).status == 428
    assert worker.patch(f"{AT}/{key}", {"urgency": "urgent"}, If_Match='"9"').status == 412
    changed = worker.patch(f"{AT}/{key}", {"urgency": "urgent"}, If_Match=tag)
    assert (changed.status, changed.json["urgency"]) == (200, "urgent"), changed.raw
    assert worker.patch(f"{AT}/{key}", {"urgency": "stat"}, If_Match=tag).status == 412
    assert way.step(key, "send", by="social_worker").json["status"] == "requested"


def test_questions_go_back_and_forth(way: Street) -> None:
    key = way.refer().json["id"]
    asked = way.step(key, "ask", {"question_code": "insurance", "note": "Važi li?"}, by="nurse")
    assert (asked.status, asked.json["paused_at"] is not None) == (200, True)
    assert "reply" in way.read(key, by="social_worker").json["allowed_actions"]
    way.step(key, "reply", {"note": "Važi."}, by="social_worker")
    (question,) = browser_for(way.loop.town.nurse).get(f"{AT}/{key}").json["questions"]
    assert (question["note"], question["reply"]) == ("Važi li?", "Važi.")
    (coded,) = way.read(key, by="nurse").json["questions"]
    assert (coded["note"], coded["reply"], coded["question_code"]) == ("", "", "insurance"), (
        "leaked to a machine"
    )


def test_the_answer_of_a_provider_without_accounts_is_reported(way: Street) -> None:
    key = way.refer(recipient=str(way.loop.town.ward.id)).json["id"]
    bare = way.step(key, "accept", by="social_worker")
    assert (bare.status, bare.json["errors"][0]["pointer"]) == (422, "/on_behalf")
    report = {"on_behalf": {"channel": "phone", "reporter": "provider"}}
    done = way.step(key, "accept", report, by="social_worker")
    assert (done.status, done.json["status"]) == (200, "accepted")
    assert done.json["events"][-1]["side"] == "requester_on_behalf"


def test_a_correction_takes_two_people(way: Street) -> None:
    key = way.refer().json["id"]
    way.step(key, "reject", {"reason_code": "waitlist"}, by="nurse")
    asked = way.step(key, "correct", {"reason_code": "duplicate"}, by="coordinator")
    assert (asked.status, asked.json["status"]) == (200, "rejected")
    second = way.step(key, "correct", {"reason_code": "duplicate"}, by="coordinator")
    assert (second.status, second.code) == (409, "second_person_missing")


def test_the_second_person_confirms_from_a_session(way: Street) -> None:
    key = way.refer().json["id"]
    way.step(key, "reject", {"reason_code": "waitlist"}, by="nurse")
    deputy = browser_for(way.loop.town.worker("deputy_coordinator", way.loop.town.society))
    assert deputy.get(f"{AT}/{key}").status == 404
    way.step(key, "correct", {"reason_code": "duplicate"}, by="coordinator")
    assert deputy.get(f"{AT}/{key}").json["access"] == "plain"
    done = deputy.post(f"{AT}/{key}/correct", {})
    assert (done.status, done.json["status"]) == (200, "entered-in-error"), done.raw
    assert deputy.get(f"{AT}/{key}").status == 404


def test_a_note_is_revealed_to_a_person_with_a_purpose(way: Street) -> None:
    way.loop.agree(way.loop.town.clinic, classes=("basic_profile", "needs", "substance_use", "narrative"))
    made = way.refer(narrative="Dolazi uz pratnju.").json
    assert made["narrative"] == {"sealed": True, "revision": 1}
    asked = {"fields": ["narrative"], "purpose": "direct_work"}
    assert way.by("social_worker").post(f"{AT}/{made['id']}/reveal", asked).status == 403
    person = browser_for(way.loop.town.social_worker)
    assert person.post(f"{AT}/{made['id']}/reveal", asked).json["narrative"] == "Dolazi uz pratnju."
    way.step(made["id"], "accept", by="nurse")
    nurse = browser_for(way.loop.town.nurse)
    assert nurse.post(f"{AT}/{made['id']}/reveal", asked).json["narrative"] == "Dolazi uz pratnju."
    assert browser_for(way.loop.town.outreach).post(f"{AT}/{made['id']}/reveal", asked).status == 404


def test_every_step_is_in_the_audit_and_so_is_every_denial(way: Street, audit: Audit) -> None:
    key = way.refer().json["id"]
    way.step(key, "accept", by="nurse")
    way.step(key, "accept", by="nurse")
    way.step(key, "accept", by="social_worker")
    way.read(key, by="outreach")
    assert len(audit.entries(object_id=key, verb="referral.accepted", outcome="success")) == 1
    denied = [(entry["code"], entry["log"]) for entry in audit.denied(object_id=key)]
    team = way.loop.town.team.id
    assert denied == [("forbidden", team), ("not_found", team)]
