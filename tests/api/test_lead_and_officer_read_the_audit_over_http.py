"""GET /audit/entries: what lead and officer find there, who else does not, and what shows that somebody changed it."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from audit.models import Entry
from backend.cases.models import Case
from backend.spreadsheets import cell
from backend.teams import factor_marks
from tests.api.audit import NATIONAL, Audit
from tests.api.case_bodies import CASES, case_body
from tests.api.client import Answer, Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.review.items import noted
from tests.world import Town, ago, national

ENTRIES = "/api/v1/audit/entries"
EXPORT = f"{ENTRIES}/export"


@pytest.fixture
def case(town: Town) -> Case:
    answer = browser_for(town.outreach).post(CASES, case_body(town))
    case = Case.objects.get(pk=answer.json["id"])
    browser_for(town.outreach).get(f"{CASES}/{case.id}")
    return case


def listed(user: Any, **query: Any) -> list[dict[str, Any]]:
    answer = browser_for(user).get(ENTRIES, query={"page_size": "100", **query})
    assert answer.status == 200, answer.raw
    found: list[dict[str, Any]] = answer.json["results"]
    return found


def test_the_lead_finds_who_did_what_with_the_code_of_the_case(
    town: Town, case: Case, counted: Counted
) -> None:
    lead = browser_for(town.lead)
    with counted("audit_entries_list"):
        lead.get(ENTRIES, query={"action": "case.read"})
    [read] = listed(town.officer, action="case.read")
    assert (read["actor"], read["object"], read["case_code"]) == (
        str(town.outreach.id), str(case.id), case.code,
    )  # fmt: skip
    assert (read["outcome"], read["genuine"], read["team"]) == ("success", True, str(town.team.id))
    assert read["facts"]["purpose"] == "holding_case"
    with counted("audit_entries_retrieve"):
        one = lead.get(f"{ENTRIES}/{read['id']}")
    assert one.json == read


@pytest.mark.parametrize("who", ["coordinator", "deputy", "nurse", "partner_worker", "platform_admin"])
def test_no_other_role_reads_an_entry(town: Town, case: Case, who: str) -> None:
    [read] = listed(town.lead, action="case.read")
    api = browser_for(national(who) if who == "platform_admin" else getattr(town, who))
    for answer in (api.get(ENTRIES), api.post(EXPORT, {})):
        assert answer.status == 403
    assert api.get(f"{ENTRIES}/{read['id']}").status in {403, 404}


def test_the_lead_of_another_town_finds_nothing_of_this_one(town: Town, case: Case) -> None:
    [read] = listed(town.lead, action="case.read")
    stranger = Town().lead
    assert listed(stranger, team=str(town.team.id)) == listed(stranger, object=str(case.id)) == []
    assert listed(stranger, case=case.code) == listed(stranger, case=str(case.id)) == []
    foreign, absent = (browser_for(stranger).get(f"{ENTRIES}/{key}") for key in (read["id"], uuid4()))
    assert (foreign.status, foreign.code) == (absent.status, absent.code) == (404, "not_found")
    assert browser_for(stranger).get(ENTRIES).json["results"][-1:] != [read]


def test_nobody_reads_the_national_log(town: Town) -> None:
    assert {one["team"] for one in listed(town.lead)} <= {str(town.team.id)}
    assert listed(town.lead, team=str(NATIONAL)) == []


def test_each_filter_finds_what_it_says(town: Town, case: Case) -> None:
    browser_for(town.nurse).patch(f"{CASES}/{case.id}", {"urgency": "urgent"}, If_Match='"1"')
    verbs = {one["action"] for one in listed(town.lead, case=case.code)}
    assert {"case.opened", "case.read"} <= verbs
    assert "membership.added" not in verbs
    assert listed(town.lead, case=str(case.id)) == listed(town.lead, case=case.code)
    assert {one["actor"] for one in listed(town.lead, actor=str(town.nurse.id))} == {str(town.nurse.id)}
    [denied] = listed(town.lead, outcome="denied")
    assert (denied["actor"], denied["object"], denied["action"]) == (
        str(town.nurse.id), str(case.id), "case.edit",
    )  # fmt: skip
    assert {one["object"] for one in listed(town.lead, object=str(case.id))} == {str(case.id)}
    assert listed(town.lead, until="2020-01-01T00:00:00Z") == []
    assert listed(town.lead, since="2020-01-01T00:00:00+01:00", action="case.read") != []
    assert listed(town.lead, actor=str(uuid4())) == listed(town.lead, case="ZZ-0000-0000-0") == []


@pytest.mark.parametrize(
    "query",
    [
        {"since": "yesterday"}, {"since": "2026-11-22T09:30:00"}, {"outcome": "lost"}, {"actor": "x"},
        {"action": "a b"}, {"action": "x" * 65}, {"case": "' OR 1=1"}, {"object": "и"}, {"body": "x"},
        {"since": "2026-11-22 09:30:00+00:00"}, {"since": "2026-11-22T09:30:00.0101990710123Z"},
        {"object": "Petar.Petrovic"}, {"object": "0101990710123"}, {"action": "Milica.Jovanovic"},
        {"q": "x"}, {"page_size": "101"}, {"cursor": "AAAA"}, {"ordering": "mac"},
    ],
    ids=str,
)  # fmt: skip
def test_hostile_parameters_are_refused(town: Town, query: dict[str, str]) -> None:
    assert browser_for(town.lead).get(ENTRIES, query=query).status == 400


def test_pages_hold_every_entry_once(town: Town, case: Case) -> None:
    lead, seen = browser_for(town.lead), []
    page = lead.get(ENTRIES, query={"page_size": "3", "until": ago(seconds=0).isoformat(), "count": "true"})
    total = page.json["count"]
    while True:
        seen += [one["id"] for one in page.json["results"]]
        if page.json["next"] is None:
            break
        page = lead.get(page.json["next"].partition("testserver")[2])
    assert len(seen) == len(set(seen)) == total


def test_an_entry_that_somebody_changed_is_shown_as_false_and_counted(
    town: Town, case: Case, admin: psycopg.Connection[Any], audit: Audit
) -> None:
    columns = ", ".join(Entry.SHOWN[2:])
    admin.execute(
        f"INSERT INTO audit_entry (id, log, {columns}, body, mac)"
        f" SELECT %s, log, {columns.replace('actor_id', '%s')}, body, mac FROM audit_entry"
        " WHERE log = %s AND verb = 'case.read'",
        [uuid4(), town.nurse.id, town.team.id],
    )
    [false] = listed(town.lead, action="case.read", actor=str(town.nurse.id))
    assert (false["genuine"], false["facts"], false["case_code"]) == (False, {}, None)
    assert false["object"] == str(case.id)
    assert audit.entries(verb="audit.listed")[-1]["said"]["facts"]["not_genuine"] == 1


def test_reading_the_audit_is_itself_an_entry(town: Town, case: Case, audit: Audit) -> None:
    [read] = listed(town.lead, action="case.read")
    assert listed(town.lead, actor=str(uuid4())) == []
    first, empty = audit.entries(verb="audit.listed", actor_id=town.lead.id)
    assert first["said"]["object_ids"] == [read["id"]]
    assert first["said"]["facts"] == {"filters": ["action"], "not_genuine": 0}
    assert (empty["log"], empty["said"]["object_ids"]) == (town.team.id, [])
    browser_for(town.lead).get(f"{ENTRIES}/{read['id']}")
    [one] = audit.entries(verb="audit.read")
    assert (one["log"], one["object_id"]) == (town.team.id, read["id"])


def exported(api: Api, **query: Any) -> Answer:
    return api.post(EXPORT, {}, query=query)


def test_at_most_twenty_rows_leave_as_a_file(town: Town, audit: Audit) -> None:
    lead = browser_for(town.lead)
    for _ in range(20):
        noted(town, town.nurse, "case.closed", at=ago(hours=1))
    answer = exported(lead, action="case.closed")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    head, *rows = csv.reader(io.StringIO(answer.raw.decode()))
    assert len(rows) == 20
    assert {row[head.index("actor_id")] for row in rows} == {str(town.nurse.id)}
    [entry] = audit.entries(verb="audit.exported")
    assert (entry["log"], len(entry["said"]["object_ids"])) == (town.team.id, 20)
    noted(town, town.nurse, "case.closed", at=ago(hours=1))
    refused = exported(lead, action="case.closed")
    assert (refused.status, refused.code) == (409, "export_too_large")
    assert len(audit.entries(verb="audit.exported")) == 1


def test_an_export_asks_for_a_fresh_second_factor(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert exported(client_for(town.lead), action="case.closed").code == "not_for_machines"
    monkeypatch.setattr(factor_marks, "FRESH", timedelta())
    assert exported(browser_for(town.lead), action="case.closed").code == "step_up_required"
    assert browser_for(town.lead).post(EXPORT, {"rows": 100}).status in {403, 422}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"), ("+381", "'+381"), ("-x", "'-x"), ("@SUM", "'@SUM"), ("\t=1", "'\t=1"),
        ("case.read", "case.read"), (None, ""), (True, "True"), (UUID(int=0), str(UUID(int=0))),
    ],
    ids=str,
)  # fmt: skip
def test_nothing_in_the_file_is_calculated(value: Any, text: str) -> None:
    assert cell(value) == text


def test_the_denied_reading_of_an_entry_stands_in_the_log_of_the_entry(
    town: Town, case: Case, audit: Audit
) -> None:
    [read] = listed(town.lead, action="case.read")
    stranger = Town().lead
    assert browser_for(stranger).get(f"{ENTRIES}/{read['id']}").status == 404
    [denied] = audit.denied(actor_id=stranger.id)
    assert (denied["log"], denied["object_id"]) == (town.team.id, read["id"])


@pytest.mark.parametrize("word", ["history", "not_found", "forbidden", "FORBIDDEN"])
def test_the_code_of_a_refusal_names_no_entry(town: Town, word: str) -> None:
    assert browser_for(town.lead).get(f"{ENTRIES}/{word}").status == 404
