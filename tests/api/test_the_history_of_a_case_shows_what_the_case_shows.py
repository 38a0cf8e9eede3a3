"""GET /cases/{id}/history: who changed what, newest first, for those to whom the case shows, and nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from backend.cases import facts, notes
from backend.cases.models import Case, CaseFacts
from backend.teams.acting import start_acting
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Answer, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import look
from tests.backend.cases.papers import received
from tests.world import Town, actor

WORD = "svitkovinarka"


@pytest.fixture
def case(town: Town) -> Case:
    consent = consent_body(town.society, town.centre, town.clinic)
    answer = browser_for(town.outreach).post(CASES, case_body(town, consent=consent, items={"sex": "1"}))
    found = Case.objects.get(pk=answer.json["id"])
    by = actor(town.outreach)
    facts.change_items(by, found, given={"sex": "2"})
    notes.add_note(by, found, organisation_id=town.society.id, text=f"Razgovor, oznaka {WORD}.")
    browser_for(town.coordinator).patch(f"{CASES}/{found.id}", {"urgency": "urgent"}, If_Match='"2"')
    return Case.objects.get(pk=found.pk)


def history(user: Any, case: Case, /, **query: Any) -> Answer:
    return browser_for(user).get(f"{CASES}/{case.id}/history", query=query)


def told(answer: Answer) -> list[tuple[str, list[dict[str, Any]]]]:
    assert answer.status == 200, answer.raw
    return [(one["kind"], one["fields"]) for one in answer.json["results"]]


URGENT = ("case", [{"field": "urgency", "was": "routine", "is": "urgent"}])
SEX = ("facts", [{"field": "items.sex", "changed": True}])


def test_the_coordinator_reads_who_changed_what(town: Town, case: Case, counted: Counted) -> None:
    coordinator = browser_for(town.coordinator)
    with counted("case_history_list"):
        answer = coordinator.get(f"{CASES}/{case.id}/history")
    assert told(answer)[:2] == [URGENT, SEX]
    newest, before, opened = answer.json["results"]
    assert (newest["author"], before["author"]) == (str(town.coordinator.id), str(town.outreach.id))
    assert (newest["verb"], before["verb"], opened["verb"]) == (
        "case.changed", "case.profile_changed", "case.opened",
    )  # fmt: skip
    assert {"field": "holder", "was": None, "is": str(town.society.id)} in opened["fields"]


def test_each_change_names_its_audit_entry(town: Town, case: Case, audit: Audit) -> None:
    facts.change_items(actor(town.outreach), case, given={"sex": "1"})
    [entry] = audit.entries(verb="case.profile_changed")
    assert history(town.outreach, case).json["results"][0]["entry"] == str(entry["id"])


def test_nothing_sealed_is_in_it_neither_open_nor_closed(town: Town, case: Case) -> None:
    for user in (town.outreach, town.coordinator):
        raw = history(user, case).raw
        assert WORD.encode() not in raw
        for row in CaseFacts.objects.filter(case=case):
            envelope = bytes(row.envelope)
            assert envelope not in raw
            assert envelope.hex().encode() not in raw


def test_it_is_one_recorded_read_of_the_case(town: Town, case: Case, audit: Audit) -> None:
    history(town.coordinator, case)
    [entry] = audit.entries(object_id=str(case.id))
    assert (entry["verb"], entry["outcome"], entry["log"]) == ("case.history_read", "success", town.team.id)
    assert entry["said"]["facts"]["purpose"] == "coordination"


@pytest.mark.parametrize("who", ["nurse", "social_worker", "deputy", "lead", "officer", "partner_worker"])
def test_who_does_not_see_the_case_is_told_nothing(town: Town, case: Case, who: str, audit: Audit) -> None:
    user = getattr(town, who)
    refused, absent = (browser_for(user).get(f"{CASES}/{key}/history") for key in (case.id, uuid4()))
    assert (refused.status, refused.code) == (absent.status, absent.code) == (404, "not_found")
    [entry] = audit.denied(object_id=str(case.id))
    assert (entry["log"], entry["actor_id"]) == (town.team.id, user.id)


def test_somebody_of_another_town_is_told_nothing(town: Town, case: Case) -> None:
    assert history(Town().coordinator, case).status == 404


def test_a_stranger_is_asked_who_it_is(case: Case, stranger: Any) -> None:
    assert stranger.get(f"{CASES}/{case.id}/history").status == 401


def test_a_deputy_reads_it_while_acting(town: Town, case: Case) -> None:
    assert history(town.deputy, case).status == 404
    start_acting(actor(town.coordinator), town.deputy.memberships.get(), reason="absent")
    assert told(history(town.deputy, case))[:2] == [URGENT, SEX]


def test_a_recipient_reads_from_the_day_it_was_let_in(town: Town, case: Case) -> None:
    received(case, town.clinic)  # a day ago, says its row
    answer = history(town.nurse, case)
    assert told(answer)[:2] == [URGENT, SEX]
    assert {one["author"] for one in answer.json["results"]} == {None}


def test_a_look_reads_it(town: Town, case: Case) -> None:
    look(town.nurse, case)
    assert told(history(town.nurse, case))[:2] == [URGENT, SEX]


def test_a_machine_reads_what_its_person_could(town: Town, case: Case) -> None:
    able = client_for(town.outreach, operations=["case.view_coded"])
    assert told(able.get(f"{CASES}/{case.code}/history"))[:2] == [URGENT, SEX]
    other = client_for(town.outreach, operations=["consent.view"])
    assert other.get(f"{CASES}/{case.id}/history").status == 404


def test_pages_hold_every_change_once(town: Town, case: Case) -> None:
    whole = history(town.outreach, case, count="true").json
    assert whole["count"] == len(whole["results"]) == 3
    found, address, api = [], f"{CASES}/{case.id}/history?page_size=1", browser_for(town.outreach)
    while address:
        page = api.get(address.removeprefix("http://testserver")).json
        found += page["results"]
        address = page["next"]
    assert found == whole["results"]
    back = history(town.outreach, case, page_size="2").json
    last = api.get(back["next"].removeprefix("http://testserver")).json
    assert api.get(last["previous"].removeprefix("http://testserver")).json["results"] == found[:2]


@pytest.mark.parametrize(
    "query", [{"cursor": "x"}, {"page_size": "101"}, {"ordering": "oldest"}, {"author": "x"}, {"count": "1"}]
)
def test_what_is_not_declared_is_refused(town: Town, case: Case, query: dict[str, str]) -> None:
    assert history(town.outreach, case, **query).status == 400
