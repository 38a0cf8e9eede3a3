"""The export of everything held: under an open request of two people, with the factor, in full, naming no worker."""

import json
from typing import Any

import pytest

from backend.cases.models import Disclosure, Notification
from backend.rights.models import RightsRequest
from tests.api.audit import Audit
from tests.api.client import Answer, Api, browser_for
from tests.api.conftest import Counted
from tests.api.referral_loop import Street, street
from tests.backend.referrals.loops import CLASSES
from tests.world import Town

AT = "/api/v1/rights-requests"


@pytest.fixture
def way(town: Town) -> Street:
    return street(town)


def said(way: Street, **values: str) -> dict[str, str]:
    day = str(way.loop.case.opened_on)
    return {"case": way.loop.case.code, "kind": "access", "channel": "letter", "received_on": day, **values}


def recorded(way: Street, *, by: str = "social_worker", **values: str) -> str:
    answer = browser_for(getattr(way.loop.town, by)).post(AT, said(way, **values))
    assert answer.status == 201, answer.raw
    return str(answer.json["id"])


def coordinator(way: Street) -> Api:
    return browser_for(way.loop.town.coordinator)


def exported(way: Street, request: str) -> Answer:
    return coordinator(way).post(f"{AT}/{request}/export", {})


def full(way: Street) -> None:
    """Fill the case: a referral with a note, a question with a reply, a note, an exception's remark."""
    way.loop.agree(way.loop.town.clinic, classes=(*CLASSES, "narrative"),
                   remark="Pristanak je dat usmeno, oznaka jaspis.")  # fmt: skip
    referral = way.refer(
        narrative="Molimo za prijem, oznaka ametist.", data_classes=[*CLASSES, "narrative"]
    ).json["id"]
    for verb, body, who in (
        ("accept", {}, "nurse"),
        ("ask", {"question_code": "insurance", "note": "Pitanje, oznaka opal."}, "nurse"),
        ("reply", {"note": "Odgovor, oznaka topaz."}, "social_worker"),
    ):
        answer = way.step(referral, verb, body, by=who)
        assert answer.status == 200, answer.raw
    note = {"text": "Dogovoren je razgovor, oznaka safir."}
    made = way.by("social_worker").post(f"/api/v1/cases/{way.loop.case.id}/notes", note)
    path = f"/api/v1/cases/{way.loop.case.id}/notes/{made.json['id']}"
    changed = way.by("social_worker").patch(path, {"text": "Izmenjeno, oznaka rubin."}, If_Match='"1"')
    assert changed.status == 200, changed.raw


def test_everything_comes_out_opened_and_the_history_with_it(way: Street, counted: Counted) -> None:
    full(way)
    request = recorded(way)
    with counted("rights_requests_export"):
        answer = exported(way, request)
    assert answer.status == 200, answer.raw
    held = answer.json["held"]
    words = ("jaspis", "ametist", "opal", "topaz", "safir", "rubin")
    for word in words:
        assert word in json.dumps(held), word
        for language in ("en", "sr-Latn", "sr-Cyrl"):
            assert word in answer.json["text"][language] or language == "sr-Latn"
    assert {row["data_class"]: row["envelope"] for row in held["cases_casefacts"]}["basic_profile"] == {
        "items": {"age_band": "20-24", "sex": "1"}
    }
    assert answer.json["redisclosure_notice"]


def test_no_worker_is_named_by_id_or_name(way: Street) -> None:
    full(way)
    raw = exported(way, recorded(way)).raw.decode()
    town = way.loop.town
    for worker in (town.social_worker, town.nurse, town.coordinator):
        assert str(worker.id) not in raw
        assert worker.username not in raw
    assert '"role":"member"' in raw.replace(" ", "")
    assert town.clinic.name in raw


def test_who_looked_is_in_it_by_role_and_organisation(way: Street) -> None:
    way.by("social_worker").get(f"/api/v1/cases/{way.loop.case.id}")
    looked = exported(way, recorded(way)).json["held"]["looked"]
    assert {"role": "member", "organisation": way.loop.town.centre.name} in [one["by"] for one in looked]
    assert "case.read" in {one["verb"] for one in looked}


def test_it_is_a_disclosure_to_the_person_in_the_audit_and_told_to_the_officer(
    way: Street, audit: Audit
) -> None:
    request = recorded(way)
    assert exported(way, request).status == 200
    assert Disclosure.objects.filter(case=way.loop.case, organisation=None).count() == 1
    (entry,) = audit.entries(verb="case.exported", object_id=request)
    assert entry["said"]["facts"]["case"] == str(way.loop.case.id)
    told = Notification.objects.filter(kind="case.exported", object_id=request)
    assert [row.audience for row in told] == ["data_protection_officer"]
    assert RightsRequest.objects.get(pk=request).exported_at is not None


def test_nobody_exports_alone(way: Street) -> None:
    own = coordinator(way).post(AT, said(way))
    request = own.json["id"]
    refused = exported(way, request)
    assert (refused.status, refused.code) == (409, "second_person_missing")
    confirmed = browser_for(way.loop.town.officer).post(f"{AT}/{request}/confirm", {})
    assert confirmed.status == 200, confirmed.raw
    assert exported(way, request).status == 200


@pytest.mark.parametrize(
    ("values", "code"),
    [({"kind": "erasure"}, "not_an_access_request"), ({}, "already_answered")],
    ids=["another-right", "answered"],
)
def test_it_needs_an_open_request_for_access(way: Street, values: dict[str, str], code: str) -> None:
    request = recorded(way, **values)
    if not values:
        coordinator(way).post(f"{AT}/{request}/answer", {"answer": "granted"})
    refused = exported(way, request)
    assert (refused.status, refused.code) == (409, code)


def test_only_the_coordinator_exports_and_never_a_machine_or_an_old_factor(way: Street) -> None:
    request, town = recorded(way), way.loop.town
    assert browser_for(town.officer).post(f"{AT}/{request}/export", {}).status == 403
    assert browser_for(town.social_worker).post(f"{AT}/{request}/export", {}).status == 403
    for stranger in (town.nurse, town.outreach, town.lead, Town().coordinator, Town().officer):
        assert browser_for(stranger).post(f"{AT}/{request}/export", {}).status in {403, 404}
    machine = way.by("coordinator").post(f"{AT}/{request}/export", {})
    assert (machine.status, machine.code) == (403, "not_for_machines")


def test_the_officer_records_and_answers_without_content(way: Street) -> None:
    officer: Any = browser_for(way.loop.town.officer)
    made = officer.post(AT, said(way))
    assert (made.status, made.json["recorded_for"]) == (201, None), made.raw
    assert officer.get(f"/api/v1/cases/{way.loop.case.id}").status == 404
    assert [row["id"] for row in officer.get(AT, query={"open": "true"}).json["results"]] == [made.json["id"]]
    longer = officer.post(f"{AT}/{made.json['id']}/prolong", {"reason": "complex"})
    assert longer.status == 200, longer.raw
    answered = officer.post(
        f"{AT}/{made.json['id']}/answer", {"answer": "refused", "reason": "not_the_person"}
    )
    assert (answered.status, answered.json["answer_reason"]) == (200, "not_the_person")


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"kind": "revenge"}, "/kind"),
        ({"channel": "owl"}, "/channel"),
        ({"received_on": "2099-01-01"}, "/received_on"),
        ({"received_on": "1999-01-01"}, "/received_on"),
        ({"organisation": "00000000-0000-4000-8000-000000000001"}, "/organisation"),
        ({"why": "prose"}, "/why"),
    ],
    ids=["kind", "channel", "to-come", "long-past", "foreign", "prose"],
)
def test_a_request_that_says_something_else_is_refused(
    way: Street, values: dict[str, str], pointer: str
) -> None:
    answer = browser_for(way.loop.town.social_worker).post(AT, said(way, **values))
    assert (answer.status, [one["pointer"] for one in answer.json["errors"]]) == (422, [pointer]), answer.raw


def test_a_case_of_somebody_else_is_as_absent(way: Street) -> None:
    for stranger in (way.loop.town.outreach, Town().coordinator, Town().officer):
        assert browser_for(stranger).post(AT, said(way)).status == 404
    assert way.by("lead").post(AT, said(way)).status == 403
