"""GET /cases/{id}/access: the caller's own reasons, and the chains of the others as far as the caller may know."""

from typing import Any
from uuid import uuid4

import pytest

from backend.cases.models import Case
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Answer, browser_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import WHY, look
from tests.backend.cases.papers import received
from tests.world import Town, ahead


@pytest.fixture
def case(town: Town) -> Case:
    consent = consent_body(town.society, town.centre, town.clinic)
    answer = browser_for(town.outreach).post(CASES, case_body(town, consent=consent))
    return Case.objects.get(pk=answer.json["id"])


def access(user: Any, case: Case, /, **query: Any) -> Answer:
    return browser_for(user).get(f"{CASES}/{case.id}/access", query=query)


def test_the_coordinator_is_told_who_sees_it_and_until_when(town: Town, case: Case, counted: Counted) -> None:
    until, nurse, coordinator = ahead(days=3), town.nurse, browser_for(town.coordinator)
    received(case, town.clinic, until=until)
    with counted("cases_access"):
        answer = coordinator.get(f"{CASES}/{case.id}/access")
    assert answer.status == 200, answer.raw
    [one] = [one for one in answer.json["seen_by"] if one["reason"] == "referral_received"]
    assert one["organisation"] == str(town.clinic.id)
    assert one["until"].startswith(until.strftime("%Y-%m-%dT%H:%M"))
    assert "health" in one["data_classes"]
    assert [link["kind"] for link in one["rests_on"]] == ["sharing_agreement"]
    assert [person["user"] for person in one["people"]] == [str(nurse.id)]


def test_one_person_is_asked_about(town: Town, case: Case) -> None:
    received(case, town.clinic)
    seen = access(town.coordinator, case, user=str(town.nurse.id)).json["seen_by"]
    assert [one["reason"] for one in seen] == ["referral_received"]
    for nobody in (uuid4(), town.lead.id, Town().nurse.id):
        assert access(town.coordinator, case, user=str(nobody)).json["seen_by"] == []
    assert access(town.coordinator, case, user="x").status == 400
    assert access(town.coordinator, case, organisation=str(town.clinic.id)).status == 400


def test_asking_about_somebody_tells_a_holder_no_more(town: Town, case: Case) -> None:
    received(case, town.clinic)
    assert access(town.outreach, case, user=str(town.nurse.id)).json["seen_by"] == []
    assert access(town.outreach, case, user=str(town.outreach.id)).json["seen_by"] != []


def test_a_break_glass_shows_to_the_coordinator_by_ids_and_codes(town: Town, case: Case) -> None:
    row = look(town.nurse, case)
    answer = access(town.coordinator, case)
    [one] = [one for one in answer.json["seen_by"] if one["reason"] == "break_glass"]
    assert (one["source_id"], one["people"][0]["user"]) == (str(row.pk), str(town.nurse.id))
    assert WHY.encode() not in answer.raw
    own = access(town.nurse, case).json
    assert [one["reason"] for one in own["reasons"]] == ["break_glass"]
    assert own["allowed_actions"] == ["reveal"]


def test_it_opens_nothing_and_is_recorded_as_a_read(town: Town, case: Case, audit: Audit) -> None:
    access(town.coordinator, case, user=str(town.nurse.id))
    [entry] = audit.entries(verb="case.access_read", object_id=str(case.id))
    assert entry["outcome"] == "success"
    assert entry["said"]["facts"] == {"about": str(town.nurse.id)}
    assert audit.entries(verb="case.read") == []


@pytest.mark.parametrize("who", ["nurse", "lead", "officer", "partner_worker"])
def test_who_does_not_see_the_case_is_told_nothing(town: Town, case: Case, who: str) -> None:
    refused, absent = (
        browser_for(getattr(town, who)).get(f"{CASES}/{key}/access") for key in (case.id, uuid4())
    )
    assert (refused.status, refused.code) == (absent.status, absent.code) == (404, "not_found")


def test_the_person_asked_about_changes_no_refusal(town: Town, case: Case) -> None:
    assert access(town.nurse, case, user=str(town.nurse.id)).status == 404
