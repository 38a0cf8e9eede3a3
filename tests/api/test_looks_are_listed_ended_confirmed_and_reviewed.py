"""/break-glass: the own looks, those of the team for who coordinates or reviews it, and the steps on each."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.cases.models import BreakGlass, Case
from backend.teams import factor_marks
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body
from tests.api.client import browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import WHY, look, over, unreviewed
from tests.world import Town

LOOKS = "/api/v1/break-glass"


def opened(town: Town) -> Case:
    answer = browser_for(town.outreach).post(CASES, case_body(town))
    return Case.objects.get(pk=answer.json["id"])


@pytest.fixture
def case(town: Town) -> Case:
    return opened(town)


@pytest.fixture
def row(town: Town, case: Case) -> BreakGlass:
    return look(town.nurse, case)


@pytest.fixture
def waiting(town: Town) -> BreakGlass:
    for _ in range(3):
        look(town.nurse, opened(town))
    return look(town.nurse, opened(town))


def ids(user: Any, **query: Any) -> list[str]:
    answer = browser_for(user).get(LOOKS, query=query)
    assert answer.status == 200, answer.raw
    return [one["id"] for one in answer.json["results"]]


def test_who_lists_it_and_who_does_not(town: Town, row: BreakGlass, counted: Counted) -> None:
    lead = browser_for(town.lead)
    with counted("break_glass_list"):
        lead.get(LOOKS)
    for user in (town.nurse, town.coordinator, town.lead, town.officer):
        assert ids(user) == [str(row.pk)]
    for user in (town.outreach, town.deputy, Town().lead, Town().coordinator):
        assert ids(user) == []
        assert browser_for(user).get(f"{LOOKS}/{row.pk}").status == 404
    assert browser_for(town.partner_worker).get(LOOKS).status == 403


def test_a_list_is_audited_and_unseals_nothing(town: Town, row: BreakGlass, audit: Audit) -> None:
    listed = browser_for(town.lead).get(LOOKS).json["results"]
    assert "text" not in listed[0]
    [entry] = audit.entries(verb="breakglass.listed")
    assert entry["said"]["object_ids"] == [str(row.pk)]


def test_the_filters_find_what_they_say(town: Town, row: BreakGlass, admin: psycopg.Connection[Any]) -> None:
    found = [str(row.pk)]
    assert ids(town.lead, overdue="true") == []
    unreviewed(admin, row)
    assert ids(town.lead, overdue="true") == found
    assert ids(town.lead, reviewed="false") == found
    assert ids(town.lead, reviewed="true") == []
    assert ids(town.lead, person=str(town.nurse.id), case=str(row.case_id)) == found
    assert ids(town.lead, person=str(uuid4())) == ids(town.lead, case=str(uuid4())) == []
    assert browser_for(town.lead).get(LOOKS, query={"text": "x"}).status == 400


def test_the_text_opens_to_person_and_reviewer_and_the_reading_is_recorded(
    town: Town, row: BreakGlass, audit: Audit, counted: Counted
) -> None:
    lead = browser_for(town.lead)
    with counted("break_glass_retrieve"):
        assert lead.get(f"{LOOKS}/{row.pk}").json["text"] == WHY
    assert browser_for(town.nurse).get(f"{LOOKS}/{row.pk}").json["text"] == WHY
    assert browser_for(town.coordinator).get(f"{LOOKS}/{row.pk}").json["text"] is None
    assert client_for(town.lead).get(f"{LOOKS}/{row.pk}").json["text"] is None
    assert len(audit.entries(verb="breakglass.read", object_id=str(row.pk))) == 4


def test_the_person_ends_it(town: Town, case: Case, row: BreakGlass) -> None:
    assert browser_for(town.lead).post(f"{LOOKS}/{row.pk}/end", {}).status == 404
    nurse = browser_for(town.nurse)
    ended = nurse.post(f"{LOOKS}/{row.pk}/end", {})
    assert (ended.status, ended.json["state"]) == (200, "ended")
    assert nurse.get(f"{CASES}/{case.id}").status == 404
    again = nurse.post(f"{LOOKS}/{row.pk}/end", {})
    assert (again.status, again.code) == (409, "look_over")


def test_ending_asks_for_no_second_factor(
    town: Town, row: BreakGlass, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = browser_for(town.nurse)
    monkeypatch.setattr(factor_marks, "FRESH", timedelta())
    assert nurse.post(f"{LOOKS}/{row.pk}/end", {}).status == 200


def test_the_fourth_waits_and_starts_when_confirmed(town: Town, waiting: BreakGlass) -> None:
    nurse, lead = browser_for(town.nurse), browser_for(town.lead)
    said = nurse.get(f"{LOOKS}/{waiting.pk}").json
    assert (said["state"], said["overdue"]) == ("waiting", False)
    assert nurse.get(f"{CASES}/{waiting.case_id}").status == 404
    confirmed = lead.post(f"{LOOKS}/{waiting.pk}/confirm", {})
    assert (confirmed.status, confirmed.json["state"]) == (200, "open")
    assert confirmed.json["confirmed_by"] == str(town.lead.id)
    assert nurse.get(f"{CASES}/{waiting.case_id}").status == 200
    again = browser_for(town.officer).post(f"{LOOKS}/{waiting.pk}/confirm", {})
    assert (again.status, again.code) == (409, "already_confirmed")


@pytest.mark.parametrize("who", ["nurse", "coordinator", "deputy", "outreach", "partner_worker"])
def test_nobody_else_is_asked_to_confirm(town: Town, waiting: BreakGlass, who: str) -> None:
    assert browser_for(getattr(town, who)).post(f"{LOOKS}/{waiting.pk}/confirm", {}).status == 404


def test_confirming_asks_for_a_fresh_second_factor(
    town: Town, waiting: BreakGlass, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, stranger = browser_for(town.lead), browser_for(Town().lead)
    monkeypatch.setattr(factor_marks, "FRESH", timedelta())
    assert lead.post(f"{LOOKS}/{waiting.pk}/confirm", {}).code == "step_up_required"
    assert stranger.post(f"{LOOKS}/{waiting.pk}/confirm", {}).status == 404
    assert client_for(town.lead).post(f"{LOOKS}/{waiting.pk}/confirm", {}).code == "not_for_machines"


def test_a_reviewer_gives_a_verdict(town: Town, row: BreakGlass, admin: psycopg.Connection[Any]) -> None:
    lead = browser_for(town.lead)
    unreviewed(admin, row)
    assert lead.get(f"{LOOKS}/{row.pk}").json["overdue"] is True
    for wrong in ({}, {"verdict": "fine"}, {"verdict": None}, {"verdict": "ask", "note": "x"}):
        assert lead.post(f"{LOOKS}/{row.pk}/review", wrong).status == 422
    done = lead.post(f"{LOOKS}/{row.pk}/review", {"verdict": "ask"})
    assert (done.status, done.json["verdict"], done.json["overdue"]) == (200, "ask", False)
    again = browser_for(town.officer).post(f"{LOOKS}/{row.pk}/review", {"verdict": "expected"})
    assert (again.status, again.code) == (409, "already_reviewed")


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("coordinator", 403), ("outreach", 404)])
def test_no_other_role_gives_one(town: Town, row: BreakGlass, who: str, status: int) -> None:
    answer = browser_for(getattr(town, who)).post(f"{LOOKS}/{row.pk}/review", {"verdict": "expected"})
    assert answer.status == status


@pytest.mark.parametrize("who", ["coordinator", "lead", "officer"])
def test_three_find_a_notification_and_mark_it_read(town: Town, row: BreakGlass, who: str) -> None:
    api = browser_for(getattr(town, who))
    [told] = [
        one for one in api.get("/api/v1/notifications").json["results"] if one["object_id"] == str(row.pk)
    ]
    assert (told["kind"], told["object_kind"]) == ("breakglass.started", "breakglass")
    assert api.post(f"/api/v1/notifications/{told['id']}/read", {}).status == 200
    others = browser_for(town.officer if who == "lead" else town.lead)
    if who != "coordinator":
        [own] = [one for one in others.get("/api/v1/notifications").json["results"]]  # noqa: C416
        assert own["id"] != told["id"]
    assert others.post(f"/api/v1/notifications/{told['id']}/read", {}).status == 404


def test_a_lead_is_told_of_nothing_else(town: Town, case: Case) -> None:
    assert browser_for(town.lead).get("/api/v1/notifications").json["results"] == []


def test_an_ended_look_stays_in_the_list(town: Town, row: BreakGlass, admin: psycopg.Connection[Any]) -> None:
    over(admin, row)
    assert ids(town.nurse) == ids(town.lead) == [str(row.pk)]
