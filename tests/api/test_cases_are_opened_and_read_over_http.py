"""Cases over HTTP: opened, listed without a fact, read with what is allowed, and absent for everybody else."""

from typing import Any
from uuid import uuid4

import pytest

from backend.cases.models import Case
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.world import Town


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def case(town: Town, worker: Api) -> Any:
    body = case_body(town, items={"sex": "1", "primary_drug": "11"}, needs=["housing"])
    answer = worker.post(CASES, body)
    assert answer.status == 201, answer.raw
    return answer.json


def test_a_new_case_is_answered_with_its_address_and_read_there(town: Town, worker: Api) -> None:
    answer = worker.post(CASES, case_body(town, items={"sex": "1"}, flags=["overdose"]))
    assert answer.status == 201, answer.raw
    assert answer.headers["Location"] == f"{CASES}/{answer.json['id']}"
    assert answer.headers["ETag"] == '"1"'
    assert not {"items", "needs", "flags"} & set(answer.json)
    said = worker.get(answer.headers["Location"]).json
    assert (said["status"], said["items"], said["flags"]) == ("active", {"sex": "1"}, ["overdose"])
    assert said["purpose"] == "holding_case"
    assert set(said["redisclosure_notice"]) == {"en", "sr-Latn", "sr-Cyrl"}
    assert {"hold", "edit", "refer", "reveal"} <= set(said["allowed_actions"])
    assert "triage" not in said["allowed_actions"]


def test_the_very_first_case_of_an_organisation_is_answered_too(town: Town) -> None:
    """The group of organisation and team is made by this request, after the caller was worked out."""
    body = case_body(town, organisation=str(town.clinic.id), consent=consent_body(town.clinic))
    answer = browser_for(town.nurse).post(CASES, body)
    assert answer.status == 201
    assert browser_for(town.nurse).get(answer.headers["Location"]).status == 200


def test_with_one_team_and_one_organisation_they_need_not_be_named(town: Town, worker: Api) -> None:
    body = {name: value for name, value in case_body(town).items() if name not in {"team", "organisation"}}
    said = worker.post(CASES, body).json
    assert (said["team"], said["holder"]) == (str(town.team.id), str(town.society.id))


def test_a_partner_s_case_is_a_proposal_and_its_coordinator_finds_it(town: Town) -> None:
    body = case_body(town, organisation=str(town.partner.id), consent=consent_body(town.partner))
    answer = client_for(town.partner_worker, team=town.team).post(CASES, body)
    assert (answer.status, answer.json["status"]) == (201, "proposed")
    found = browser_for(town.coordinator).get(f"{CASES}?status=proposed&team={town.team.id}").json
    assert [row["code"] for row in found["results"]] == [answer.json["code"]]


def test_the_list_names_nothing_about_the_person(worker: Api, case: Any, audit: Audit) -> None:
    answer = worker.get(CASES)
    assert answer.status == 200
    [row] = answer.json["results"]
    assert set(row) == {
        "id", "code", "spoken_name", "status", "urgency", "team", "holder", "assigned_to", "opened_on",
        "review_due", "triage_due_at",
    }  # fmt: skip
    assert row["code"] == case["code"]
    [entry] = audit.entries(verb="case.listed")
    assert entry["said"]["object_ids"] == [case["id"]]


def test_a_case_is_found_by_id_and_by_code(worker: Api, case: Any) -> None:
    for key in (case["id"], case["code"]):
        answer = worker.get(f"{CASES}/{key}")
        assert answer.status == 200
        assert answer.json["items"] == {"sex": "1", "primary_drug": "11"}
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_machine_reads_coded_facts_by_consent_like_its_holder(town: Town, case: Any) -> None:
    said = client_for(town.outreach).get(f"{CASES}/{case['id']}").json
    assert said["items"] == {"sex": "1", "primary_drug": "11"}
    assert [need["code"] for need in said["needs"]] == ["housing"]
    assert "reveal" not in said["allowed_actions"]


def test_the_coordinator_reads_only_the_coded_part_unless_named(town: Town, worker: Api) -> None:
    body = case_body(
        town, consent=consent_body(town.society), items={"sex": "1", "hiv_test": "1"}, needs=["housing"]
    )
    code = worker.post(CASES, body).json["code"]
    said = browser_for(town.coordinator).get(f"{CASES}/{code}").json
    assert (said["items"], said["needs"]) == ({"sex": "1"}, [])
    assert said["classes_open"] == ["basic_profile", "needs"]
    assert said["purpose"] == "coordination"


@pytest.mark.parametrize("who", ["nurse", "social_worker", "deputy", "partner_worker"])
def test_for_whoever_has_no_reason_a_case_is_absent_byte_for_byte(town: Town, case: Any, who: str) -> None:
    client = browser_for(getattr(town, who))
    foreign, absent = client.get(f"{CASES}/{case['id']}"), client.get(f"{CASES}/{uuid4()}")
    assert (foreign.status, absent.status) == (404, 404)
    drop = {"request_id"}
    assert {k: v for k, v in foreign.json.items() if k not in drop} == {
        k: v for k, v in absent.json.items() if k not in drop
    }
    assert client.get(f"{CASES}/{case['code']}").status == 404
    assert client.get(CASES).json["results"] == []


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_roles_without_cases_get_none(town: Town, case: Any, who: str) -> None:
    client = browser_for(getattr(town, who))
    assert client.get(CASES).status == 403
    assert client.get(f"{CASES}/{case['id']}").status == 404


def test_another_town_s_coordinator_is_denied_and_the_victim_s_log_says_so(
    town: Town, case: Any, audit: Audit
) -> None:
    assert browser_for(Town().coordinator).get(f"{CASES}/{case['id']}").status == 404
    [entry] = audit.denied(object_id=case["id"])
    assert entry["log"] == town.team.id


def test_each_reading_writes_one_entry_with_its_purpose(worker: Api, case: Any, audit: Audit) -> None:
    worker.get(f"{CASES}/{case['id']}")
    read = audit.entries(verb="case.read", object_id=case["id"])
    assert [one["said"]["facts"]["purpose"] for one in read] == ["holding_case"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=active", True),
        ("status=closed", False),
        ("status=active,closed", True),
        ("urgency=routine", True),
        ("urgency=stat", False),
        ("opened_from=2020-01-01", True),
        ("opened_to=2020-01-01", False),
        ("holder=00000000-0000-4000-8000-000000000001", False),
        ("assigned_to=00000000-0000-4000-8000-000000000001", False),
        ("team=00000000-0000-4000-8000-000000000001", False),
    ],
)
def test_declared_filters_narrow_the_list(worker: Api, case: Any, query: str, found: bool) -> None:
    rows = worker.get(f"{CASES}?{query}").json["results"]
    assert [row["id"] for row in rows] == ([case["id"]] if found else [])


@pytest.mark.parametrize(
    "query", ["status=dead", "team=x", "opened_from=yesterday", "q=a", "name=Ana", "needs=housing"]
)
def test_anything_else_is_a_bad_request(worker: Api, query: str) -> None:
    assert worker.get(f"{CASES}?{query}").status == 400


def test_a_case_is_found_by_its_code_as_typed_and_its_name_in_either_script(
    town: Town, worker: Api, case: Any
) -> None:
    first, second = case["spoken_name"].split(" ")
    for text in (
        case["code"],
        case["code"].lower().replace("-", ""),
        case["spoken_name"],
        second,
        first.upper(),
    ):
        rows = worker.get(CASES, query={"q": text}).json["results"]
        assert case["id"] in [row["id"] for row in rows], text
    cyrillic = case["spoken_name"].translate(
        str.maketrans("abvgdežzijklmnoprstufhcčš", "абвгдежзијклмнопрстуфхцчш")
    )
    if not {"lj", "nj", "dz"} & {case["spoken_name"][i : i + 2] for i in range(len(case["spoken_name"]))}:
        assert worker.get(CASES, query={"q": cyrillic}).json["results"]
    assert browser_for(Town().coordinator).get(CASES, query={"q": case["code"]}).json["results"] == []


def test_what_was_searched_for_is_not_written_down(worker: Api, case: Any, audit: Audit) -> None:
    worker.get(CASES, query={"q": "Ana Anić kanarinac", "status": "active"})
    [entry] = audit.entries(verb="case.listed")
    assert entry["said"]["facts"]["filters"] == ["status=active", "q"]
    assert b"kanarinac" not in bytes(entry["body"])


def test_the_same_request_twice_opens_one_case(town: Town, worker: Api) -> None:
    body, key = case_body(town), {"Idempotency_Key": uuid4().hex}
    first, second = worker.post(CASES, body, **key), worker.post(CASES, body, **key)
    assert (first.status, second.status) == (201, 201)
    assert first.json["id"] == second.json["id"]
    assert Case.objects.filter(team=town.team).count() == 1
    assert worker.post(CASES, {**body, "urgency": "urgent"}, **key).status == 422


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"consent": None}, "/consent", "null"),
        ({"eligibility": False}, "/eligibility", "required"),
        ({"urgency": "soon"}, "/urgency", "unknown_code"),
        ({"items": {"sex": "9"}}, "/items/sex", "unknown_code"),
        ({"items": {"violence": "1"}}, "/items/violence", "unknown_field"),
        ({"needs": ["violence"]}, "/needs/0", "class_not_open"),
        ({"jmbg": "0101990710006"}, "/jmbg", "unknown_field"),
        ({"team": "00000000-0000-4000-8000-000000000001"}, "/team", "unknown_id"),
        ({"items": [1]}, "/items", "not_a_dict"),
    ],
)
def test_bad_input_is_named_by_its_place(
    town: Town, worker: Api, change: dict[str, Any], pointer: str, code: str
) -> None:
    answer = worker.post(CASES, case_body(town, **change))
    assert answer.status == 422, answer.raw
    assert (pointer, code) in [(one["pointer"], one["code"]) for one in answer.json["errors"]]
    assert Case.objects.filter(team=town.team).count() == 0


def test_a_fault_inside_the_consent_points_into_it(town: Town, worker: Api) -> None:
    four = [{"organisation": str(uuid4())} for _ in range(4)]
    answer = worker.post(CASES, case_body(town, consent=consent_body(purposes=["referral"], recipients=four)))
    assert answer.status == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/consent/recipients"]


def test_an_identifier_in_a_remark_is_refused_by_kind_and_never_repeated(town: Town, worker: Api) -> None:
    given = consent_body(town.society, town.centre, remark="JMBG 0101990710006")
    answer = worker.post(CASES, case_body(town, consent=given))
    assert (answer.status, answer.code) == (422, "identifier_found")
    [fault] = answer.json["errors"]
    assert (fault["pointer"], fault["values"]) == ("/consent/remark", ["jmbg"])
    assert b"0101990710006" not in answer.raw


def test_an_organisation_of_others_opens_nothing(town: Town, worker: Api) -> None:
    assert worker.post(CASES, case_body(town, organisation=str(town.clinic.id))).status == 403


def test_queries_stay_within_their_budget(town: Town, case: Any, counted: Counted) -> None:
    machine = client_for(town.outreach)
    with counted("cases_create"):
        assert machine.post(CASES, case_body(town, items={"sex": "1"})).status == 201
    with counted("cases_list"):
        machine.get(CASES)
    with counted("cases_retrieve"):
        machine.get(f"{CASES}/{case['id']}")
