"""POST /cases/{id}/break-glass: what it answers to whom, what it asks for, and where its text never appears."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.cases.models import BreakGlass, Case
from backend.teams import factor_marks
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body
from tests.api.client import Answer, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.cases.looks import over
from tests.world import Town, national

WHY = "Osoba ne diše, potrebno je znati šta je uzela."
SAID = {"reason": "danger_to_life", "text": WHY}
BREAK_GLASS = "/api/v1/break-glass"


@pytest.fixture
def case(town: Town) -> Case:
    answer = browser_for(town.outreach).post(CASES, case_body(town, needs=["housing"], items={"sex": "1"}))
    return Case.objects.get(pk=answer.json["id"])


def ask(user: Any, case: Case | str, **more: Any) -> Answer:
    key = case if isinstance(case, str) else case.id
    return browser_for(user).post(f"{CASES}/{key}/break-glass", {**SAID, **more})


def test_a_worker_of_the_team_opens_a_case_that_was_absent(town: Town, case: Case, counted: Counted) -> None:
    nurse = browser_for(town.nurse)
    assert nurse.get(f"{CASES}/{case.id}").status == 404
    with counted("break_glass_create"):
        asked = nurse.post(f"{CASES}/{case.id}/break-glass", SAID)
    assert asked.status == 201, asked.raw
    assert asked.headers["Location"] == f"{BREAK_GLASS}/{asked.json['id']}"
    assert asked.headers["ETag"] == '"1"'
    said = asked.json
    assert (said["case"], said["person"], said["reason"]) == (
        str(case.id), str(town.nurse.id), "danger_to_life",
    )  # fmt: skip
    assert (said["state"], said["needs_second"], said["overdue"]) == ("open", False, False)
    read = nurse.get(f"{CASES}/{case.id}")
    assert (read.status, read.json["purpose"], read.json["items"]) == (200, "break_glass", {"sex": "1"})
    assert read.json["allowed_actions"] == ["reveal"]
    assert [one["id"] for one in nurse.get(CASES).json["results"]] == [str(case.id)]


def test_the_code_of_the_case_names_it_too(town: Town, case: Case) -> None:
    assert ask(town.nurse, case.code).status == 201


def test_list_and_detail_agree_when_the_hour_is_over(
    town: Town, case: Case, admin: psycopg.Connection[Any]
) -> None:
    asked = ask(town.nurse, case)
    over(admin, BreakGlass.objects.get(pk=asked.json["id"]))
    nurse = browser_for(town.nurse)
    assert nurse.get(f"{CASES}/{case.id}").status == 404
    assert nurse.get(CASES).json["results"] == []
    assert nurse.get(f"{BREAK_GLASS}/{asked.json['id']}").json["state"] == "ended"


def bare(answer: Answer) -> tuple[int, bytes, list[tuple[str, str]]]:
    varying = {"X-Request-Id", "Date", "RateLimit", "RateLimit-Policy"}
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in varying)
    return answer.status, answer.raw.replace(answer.headers["X-Request-Id"].encode(), b"-"), headers


@pytest.mark.parametrize("said", [SAID, {}, {"reason": "x"}, {"nonsense": 1}], ids=str)
def test_a_foreign_case_is_answered_as_an_absent_one(town: Town, case: Case, said: dict[str, Any]) -> None:
    for user in (
        Town().nurse,
        Town().coordinator,
        town.partner_worker,
        town.lead,
        national("platform_admin"),
    ):
        api = browser_for(user)
        foreign, absent = (bare(api.post(f"{CASES}/{key}/break-glass", said)) for key in (case.id, uuid4()))
        assert foreign == absent
        assert foreign[0] == 404


def test_a_malformed_address_is_an_absent_case(town: Town) -> None:
    for key in ("x-y", "LO-0000-0000-0", "' OR 1=1"):
        assert ask(town.nurse, key).status == 404


def test_a_machine_never_asks(town: Town, case: Case) -> None:
    assert client_for(town.outreach).post(f"{CASES}/{case.id}/break-glass", SAID).status == 403
    assert client_for(town.nurse).post(f"{CASES}/{case.id}/break-glass", SAID).status == 404


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"text": "prekratko"}, "/text", "min_length"),
        ({"text": "a" * 1001}, "/text", "max_length"),
        ({"text": "JMBG 0101990710006 te osobe je poznat."}, "/text", "identifier_found"),
        ({"text": None}, "/text", "null"),
        ({"text": 20 * "1" + "\u0000"}, "/text", "invalid"),
        ({"reason": "curious"}, "/reason", "unknown_code"),
        ({"reason": ["danger_to_life"]}, "/reason", "invalid"),
        ({"minutes": 600}, "/minutes", "unknown_field"),
        ({"person": str(uuid4())}, "/person", "unknown_field"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_what_is_wrong_is_named_and_opens_nothing(
    town: Town, case: Case, said: dict[str, Any], pointer: str, code: str
) -> None:
    answer = ask(town.nurse, case, **said)
    if "\u0000" in str(said.get("text")):
        assert (answer.status, answer.code) == (400, "nul_character")
    else:
        assert answer.status == 422, answer.raw
        assert (pointer, code) in {(one["pointer"], one["code"]) for one in answer.json["errors"]}
    assert not BreakGlass.objects.filter(case=case).exists()
    assert browser_for(town.nurse).get(f"{CASES}/{case.id}").status == 404


def test_the_same_request_twice_is_one_look(town: Town, case: Case) -> None:
    nurse, key = browser_for(town.nurse), uuid4().hex
    first, again = (nurse.post(f"{CASES}/{case.id}/break-glass", SAID, Idempotency_Key=key) for _ in range(2))
    assert (first.status, again.status) == (201, 201)
    assert first.json["id"] == again.json["id"]
    other = nurse.post(f"{CASES}/{case.id}/break-glass", SAID)
    assert (other.status, other.code) == (409, "look_open")


def test_the_text_is_in_no_audit_entry_no_log_and_no_list(
    town: Town, case: Case, audit: Audit, caplog: pytest.LogCaptureFixture
) -> None:
    ask(town.nurse, case)
    ask(town.nurse, case, text="JMBG 0101990710006 ne diše, treba znati.")
    listed = browser_for(town.lead).get(BREAK_GLASS)
    assert listed.status == 200
    for text in (str(audit.entries()), caplog.text, listed.raw.decode()):
        assert "diše" not in text
    [entry] = audit.entries(verb="breakglass.requested")
    facts = entry["said"]["facts"]
    assert (facts["reason"], facts["case"], facts["started"]) == ("danger_to_life", str(case.id), True)


def test_under_it_nothing_is_written(town: Town, case: Case) -> None:
    ask(town.nurse, case)
    nurse, at = browser_for(town.nurse), f"{CASES}/{case.id}"
    assert nurse.patch(at, {"urgency": "stat"}, If_Match='"1"').status == 403
    for verb, body in (
        ("profile", {"items": {"sex": "2"}}),
        ("flags", {"flags": []}),
        ("needs", {"code": "housing"}),
        ("notes", {"text": "Razgovor dogovoren."}),
        ("close", {"closure_reason": "needs_met"}),
        ("assign", {"user": None}),
        ("safeguarding", {"basis": "child_protection"}),
    ):
        assert nurse.post(f"{at}/{verb}", body).status == 403, verb
    referral = {"case": str(case.id), "recipient": str(town.society.id), "service": "HR-DIC"}
    assert nurse.post("/api/v1/referrals", referral).status in {404, 422}
    assert nurse.get(f"{at}/consents").json["results"] == []
    assert nurse.get(f"{at}/disclosures").json["results"] == []


def test_a_look_at_a_case_one_sees_opens_the_rest(town: Town, case: Case) -> None:
    assert ask(town.coordinator, case).status == 201
    read = browser_for(town.coordinator).get(f"{CASES}/{case.id}").json
    assert read["purpose"] == "break_glass"
    assert {"violence", "family_children", "narrative"} <= set(read["classes_open"])


def test_it_asks_for_a_fresh_second_factor(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = browser_for(town.nurse)
    monkeypatch.setattr(factor_marks, "FRESH", timedelta())
    answer = stale.post(f"{CASES}/{case.id}/break-glass", SAID)
    assert (answer.status, answer.code) == (403, "step_up_required")
    assert stale.post(f"{CASES}/{uuid4()}/break-glass", SAID).status == 404
    assert not BreakGlass.objects.filter(case=case).exists()
