"""Exclusions over HTTP: recorded, listed, lifted; and what a referral makes of a recipient that is shut out."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.errors import Invalid
from backend.referrals import answering
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.reading import find, read_referral
from permissions.scope import NotFound
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body
from tests.api.client import Api, browser_for
from tests.api.conftest import Counted
from tests.backend.referrals.loops import Loop, opened
from tests.world import Town, actor

WHY = "Po želji osobe."


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)


def at(loop: Loop, *below: str) -> str:
    return "/".join((CASES, str(loop.case.pk), *below))


def shut(api: Api, loop: Loop, **body: Any) -> Any:
    answer = api.post(at(loop, "exclusions"), body)
    assert answer.status == 201, answer.raw
    return answer.json


def test_it_is_recorded_read_and_lifted(loop: Loop, audit: Audit, counted: Counted) -> None:
    chair, worker = browser_for(loop.town.coordinator), browser_for(loop.town.social_worker)
    said = shut(worker, loop, organisation=str(loop.town.clinic.id), reason=WHY)
    assert (said["user"], said["organisation"]) == (None, str(loop.town.clinic.id))
    assert said["reason"] == {"sealed": True, "revision": 1, "field": f"exclusion_reason:{said['id']}"}
    assert (said["recorded_for"], said["lifted_at"]) == (str(loop.town.centre.id), None)
    with counted("exclusions_list"):
        [listed] = chair.get(at(loop, "exclusions")).json["results"]
    assert {**listed, "redisclosure_notice": said["redisclosure_notice"]} == said
    one = f"/api/v1/exclusions/{said['id']}"
    assert worker.get(one).json == said
    assert worker.post(f"{one}/lift", {}).status == 403
    assert chair.post(f"{one}/lift", {}).json["lifted_at"] is not None
    assert chair.post(f"{one}/lift", {}).code == "already_lifted"
    verbs = [entry["verb"] for entry in audit.entries()]
    assert {"exclusion.recorded", "exclusion.listed", "exclusion.read", "exclusion.lifted"} <= set(verbs)


def test_the_reason_opens_by_a_reveal_with_a_purpose(loop: Loop) -> None:
    chair = browser_for(loop.town.coordinator)
    said = shut(chair, loop, user=str(loop.town.nurse.id), reason=WHY)
    body = {"fields": [said["reason"]["field"]], "purpose": "direct_work"}
    assert chair.post(at(loop, "reveal"), body).json["revealed"][0]["text"] == WHY


def test_a_case_shuts_somebody_out_from_its_first_moment(town: Town) -> None:
    body = case_body(town, exclusions=[{"organisation": str(town.centre.id), "reason": WHY}])
    answer = browser_for(town.outreach).post(CASES, body)
    assert answer.status == 201, answer.raw
    case, chair = answer.headers["Location"], browser_for(town.coordinator)
    assert (chair.get(case).status, chair.get(CASES).json["results"]) == (404, [])
    assert chair.get(CASES, query={"count": "true"}).json["count"] == 0
    notices = chair.get("/api/v1/notifications").json["results"]
    assert answer.json["id"] not in {one["object_id"] for one in notices}


def test_what_is_wrong_in_one_of_several_opens_no_case(town: Town) -> None:
    worker, before = browser_for(town.outreach), Case.objects.filter(team=town.team).count()
    answer = worker.post(CASES, case_body(town, exclusions=[{"user": str(town.team.id)}]))
    assert [error["pointer"] for error in answer.json["errors"]] == ["/exclusions/0/user"]
    assert (
        worker.post(CASES, case_body(town, exclusions=[{"organisation": str(town.society.id)}])).status == 409
    )
    assert Case.objects.filter(team=town.team).count() == before


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"user": None},
        {"user": "x"},
        {"user": ["a"]},
        {"organisation": 7},
        {"reason": WHY},
        [],
        {"reason": 1},
    ],
    ids=["empty", "null", "no_id", "a_list", "a_number", "nobody", "no_object", "no_text"],
)
def test_a_hostile_body_is_refused(loop: Loop, body: Any) -> None:
    answer = browser_for(loop.town.coordinator).post(at(loop, "exclusions"), body)
    assert answer.status == 422, answer.raw


def test_the_case_and_its_address_are_as_if_they_never_were(loop: Loop) -> None:
    nurse = browser_for(loop.town.nurse)
    referral = loop.accepted()
    assert nurse.get(at(loop)).status == 200
    shut(browser_for(loop.town.coordinator), loop, user=str(loop.town.nurse.id))
    paths = (at(loop), at(loop, "exclusions"), at(loop, "history"), f"/api/v1/referrals/{referral.pk}")
    assert [nurse.get(path).status for path in paths] == [404] * 4
    look = {"reason": "danger_to_life", "text": "Osoba ne diše, hitno je potrebno."}
    assert nurse.post(at(loop, "break-glass"), look).status == 404
    inbox = nurse.get("/api/v1/inbox").json
    assert str(referral.pk) not in str(inbox)


def test_who_reviews_reads_no_entry_that_names_it(loop: Loop) -> None:
    lead, chair = browser_for(loop.town.lead), browser_for(loop.town.coordinator)
    referral = loop.accepted()
    chair.get(CASES)
    known = lead.get("/api/v1/audit/entries", query={"page_size": "100"}).raw.decode()
    assert str(loop.case.pk) in known
    shut(chair, loop, user=str(loop.town.lead.id))
    after = lead.get("/api/v1/audit/entries", query={"page_size": "100"})
    text = after.raw.decode()
    assert after.json["results"], "other entries are read as before"
    assert not any(name in text for name in (str(loop.case.pk), loop.case.code, str(referral.pk)))


def test_a_referral_to_one_that_is_shut_out_waits_for_its_requester(loop: Loop) -> None:
    """As with a memorandum that ended: absent there, and here somebody must answer in its place, or send elsewhere."""
    assert loop.town.nurse, "somebody who could answer"
    referral = loop.refer()
    assert not shown(loop, referral).needs_rerouting
    shut(browser_for(loop.town.coordinator), loop, organisation=str(loop.town.clinic.id))
    assert browser_for(loop.town.nurse).get(f"/api/v1/referrals/{referral.pk}").status == 404
    reading = shown(loop, referral)
    assert reading.needs_rerouting
    assert {"reject", "cancel"} <= set(reading.allowed_actions)
    worker = browser_for(loop.town.social_worker)
    body = {"reason_code": "no-capacity", "on_behalf": {"channel": "phone", "reporter": "provider"}}
    assert worker.post(f"/api/v1/referrals/{referral.pk}/reject", body).json["status"] == "rejected"


def shown(loop: Loop, referral: Any) -> Any:
    found = find(loop.centre, whole=True, pk=referral.pk)
    assert found is not None
    return read_referral(loop.centre, found)


def test_who_is_shut_out_answers_nothing_by_the_service_either(loop: Loop) -> None:
    referral = loop.refer()
    shut(browser_for(loop.town.coordinator), loop, organisation=str(loop.town.clinic.id))
    with pytest.raises(NotFound):
        answering.accept(loop.clinic, referral)


def test_nobody_refers_to_one_that_is_shut_out_and_only_who_may_know_is_told_why(loop: Loop) -> None:
    consent = loop.agree(loop.town.society)
    loop.accepted()
    terms = Terms(
        recipient_id=loop.town.society.id, service_code="HR-DIC", need_id=loop.need_id, consent_id=consent.id
    )
    shut(browser_for(loop.town.coordinator), loop, organisation=str(loop.town.society.id))
    assert refused(loop.centre, loop.case, terms) == ["shut_out"]
    assert refused(actor(loop.town.nurse), loop.case, terms) == ["no_agreement"]


def refused(by: Any, case: Case, terms: Terms) -> list[str]:
    with pytest.raises(Invalid) as problem:
        create(by, case, terms=terms, send=True)
    return [fault.code for fault in problem.value.faults]
