"""Notes, reveals, consents, exceptions, disclosures, access and notifications over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.cases.models import Case, Notification, SafeguardingBasis
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for, client_for
from tests.api.conftest import Counted
from tests.backend.cases.papers import received
from tests.world import Town, saved

WAITING = "/api/v1/safeguarding"
TEXT = "Dogovoren razgovor o smeštaju; kanarinac-9931."


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.fixture
def coordinator(town: Town) -> Api:
    return browser_for(town.coordinator)


@pytest.fixture
def address(town: Town, worker: Api) -> str:
    return str(worker.post(CASES, case_body(town)).headers["Location"])


def case_at(address: str) -> Case:
    return Case.objects.get(pk=address.rsplit("/", 1)[1])


def test_a_note_is_a_sealed_stub_until_it_is_revealed(worker: Api, address: str, audit: Audit) -> None:
    made = worker.post(f"{address}/notes", {"text": TEXT})
    assert made.status == 201, made.raw
    assert made.json["text"] == {"sealed": True, "revision": 1}
    assert made.headers["Location"] == f"{address}/notes/{made.json['id']}"
    for answer in (worker.get(f"{address}/notes"), worker.get(made.headers["Location"]), worker.get(address)):
        assert answer.status == 200
        assert b"kanarinac" not in answer.raw
    [stub] = worker.get(address).json["notes"]
    assert stub["field"] == made.json["field"]
    opened = worker.post(f"{address}/reveal", {"fields": [stub["field"]], "purpose": "direct_work"})
    assert opened.status == 200, opened.raw
    assert opened.json["revealed"] == [{"field": stub["field"], "revision": 1, "text": TEXT}]
    [entry] = audit.entries(verb="case.revealed")
    assert entry["said"]["facts"] == {"purpose": "direct_work", "fields": [stub["field"]]}


def test_a_note_is_written_anew_under_its_version(worker: Api, address: str) -> None:
    at = worker.post(f"{address}/notes", {"text": TEXT}).headers["Location"]
    changed = worker.patch(at, {"text": "Novi tekst."}, If_Match='"1"')
    assert (changed.status, changed.json["text"]["revision"]) == (200, 2)
    assert worker.patch(at, {"text": "Opet."}, If_Match='"1"').status == 412
    assert worker.patch(at, {"text": "Opet."}).status == 428


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Zvati na 064/123-4567.", "identifier_found"),
        ("Позвати на 064/123-4567.", "identifier_found"),
        ("", "blank"),
        ("a" * 1001, "max_length"),
    ],
)
def test_a_note_that_may_not_be_kept_is_refused(worker: Api, address: str, text: str, code: str) -> None:
    answer = worker.post(f"{address}/notes", {"text": text})
    assert answer.status == 422
    [fault] = answer.json["errors"]
    assert (fault["pointer"], fault["code"]) == ("/text", code)
    assert b"064/123" not in answer.raw
    assert worker.get(f"{address}/notes").json["results"] == []


def test_the_coordinator_neither_sees_nor_opens_another_s_note(
    worker: Api, coordinator: Api, address: str
) -> None:
    note = worker.post(f"{address}/notes", {"text": TEXT}).json
    assert coordinator.get(f"{address}/notes").json["results"] == []
    assert coordinator.get(f"{address}/notes/{note['id']}").status == 404
    foreign = coordinator.post(f"{address}/reveal", {"fields": [note["field"]], "purpose": "direct_work"})
    absent = coordinator.post(f"{address}/reveal", {"fields": [f"note:{uuid4()}"], "purpose": "direct_work"})
    assert (foreign.status, foreign.json["errors"]) == (absent.status, absent.json["errors"])
    assert foreign.status == 422


@pytest.mark.parametrize("purpose", ["coordination", "break_glass", "curiosity"])
def test_a_purpose_that_is_not_for_asking_opens_nothing(worker: Api, address: str, purpose: str) -> None:
    field = worker.post(f"{address}/notes", {"text": TEXT}).json["field"]
    answer = worker.post(f"{address}/reveal", {"fields": [field], "purpose": purpose})
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/purpose")


def test_a_machine_does_not_reveal(town: Town, worker: Api, address: str) -> None:
    field = worker.post(f"{address}/notes", {"text": TEXT}).json["field"]
    answer = client_for(town.outreach).post(
        f"{address}/reveal", {"fields": [field], "purpose": "direct_work"}
    )
    assert answer.status == 403


def test_a_consent_is_recorded_listed_and_withdrawn(town: Town, worker: Api, address: str) -> None:
    body = consent_body(
        town.clinic, town.partner, purposes=["referral"], data_classes=["basic_profile", "needs"]
    )
    made = worker.post(f"{address}/consents", body)
    assert made.status == 201, made.raw
    assert [one["organisation"] for one in made.json["recipients"]] == [
        str(town.clinic.id),
        str(town.partner.id),
    ]
    assert made.headers["Location"] == f"/api/v1/consents/{made.json['id']}"
    assert len(worker.get(f"{address}/consents").json["results"]) == 2
    gone = worker.post(f"{made.headers['Location']}/withdraw", {})
    assert gone.status == 200, gone.raw
    assert gone.json["withdrawn_at"] is not None
    again = worker.post(f"{made.headers['Location']}/withdraw", {})
    assert (again.status, again.code) == (409, "already_withdrawn")


def test_withdrawing_the_only_consent_closes_its_classes_at_once(
    town: Town, worker: Api, address: str
) -> None:
    worker.post(f"{address}/profile", {"items": {"sex": "1", "hiv_test": "1"}})
    [consent] = worker.get(f"{address}/consents").json["results"]
    worker.post(f"/api/v1/consents/{consent['id']}/withdraw", {})
    assert worker.get(address).json["items"] == {"sex": "1"}


def test_a_recipient_sees_its_own_name_in_a_consent_and_no_other(
    town: Town, worker: Api, address: str
) -> None:
    worker.post(f"{address}/consents", consent_body(town.clinic, town.partner, purposes=["referral"]))
    received(case_at(address), town.clinic)
    [seen] = browser_for(town.nurse).get(f"{address}/consents").json["results"]
    assert [one["organisation"] for one in seen["recipients"]] == [str(town.clinic.id)]


def test_a_consent_of_a_case_that_is_not_seen_is_not_withdrawn(town: Town, worker: Api, address: str) -> None:
    [consent] = worker.get(f"{address}/consents").json["results"]
    for user in (town.nurse, town.lead, Town().coordinator):
        assert browser_for(user).post(f"/api/v1/consents/{consent['id']}/withdraw", {}).status == 404
        assert browser_for(user).get(f"/api/v1/consents/{consent['id']}").status == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"purposes": []}, "/purposes"),
        ({"purposes": ["profit"]}, "/purposes/0"),
        ({"how": "imported"}, "/how"),
        ({"recipients": [{"organisation": "x"}]}, "/recipients/0/organisation"),
        (
            {"recipients": [{"organisation": "00000000-0000-4000-8000-000000000001"}]},
            "/recipients/0/organisation",
        ),
        ({"valid_until": "2020-01-01T00:00:00Z"}, "/valid_until"),
        ({"need": "00000000-0000-4000-8000-000000000001"}, "/need_id"),
        ({"person": "Ana"}, "/person"),
    ],
)
def test_wrong_terms_are_named_by_their_place(
    town: Town, worker: Api, address: str, change: dict[str, Any], pointer: str
) -> None:
    answer = worker.post(f"{address}/consents", consent_body(town.clinic, **change))
    assert answer.status == 422, answer.raw
    assert pointer in [one["pointer"] for one in answer.json["errors"]]


def test_an_exception_is_decided_by_one_and_confirmed_by_another(
    town: Town, worker: Api, coordinator: Api, address: str
) -> None:
    made = worker.post(
        f"{address}/safeguarding", {"basis": "child_protection", "recipient": str(town.centre.id)}
    )
    assert made.status == 201, made.raw
    at = made.headers["Location"]
    assert at == f"/api/v1/safeguarding/{made.json['id']}"
    assert worker.post(f"{at}/confirm", {}).status == 404
    assert browser_for(town.nurse).get(at).status == 404
    deputy = browser_for(town.deputy)
    assert deputy.get(at).json["basis"] == "child_protection"
    assert deputy.get(address).status == 404
    confirmed = deputy.post(f"{at}/confirm", {})
    assert (confirmed.status, confirmed.json["confirmed_by"]) == (200, str(town.deputy.id))
    assert coordinator.post(f"{at}/confirm", {}).code == "already_confirmed"
    assert len(worker.get(f"{address}/safeguarding").json["results"]) == 1


def test_what_waits_is_found_by_whoever_may_confirm_it(
    town: Town, worker: Api, coordinator: Api, address: str, audit: Audit
) -> None:
    made = worker.post(f"{address}/safeguarding", {"basis": "child_protection"}).json
    deputy = browser_for(town.deputy)
    [listed] = deputy.get(WAITING).json["results"]
    assert (listed["id"], listed["case"]) == (made["id"], made["case"])
    assert audit.entries(verb="safeguardingbasis.listed")
    assert [row["id"] for row in coordinator.get(WAITING).json["results"]] == [made["id"]]
    assert deputy.get(WAITING, query={"team": str(Town().team.id)}).json["results"] == []
    others = (town.outreach, town.nurse, town.social_worker, town.lead, town.partner_worker, Town().deputy)
    assert all(browser_for(user).get(WAITING).json["results"] == [] for user in others)
    assert client_for(town.deputy).get(WAITING).json["results"] == []
    deputy.post(f"/api/v1/safeguarding/{made['id']}/confirm", {})
    assert coordinator.get(WAITING).json["results"] == []


def test_what_one_decided_or_was_too_late_for_does_not_wait(
    town: Town, coordinator: Api, address: str
) -> None:
    made = coordinator.post(f"{address}/safeguarding", {"basis": "child_protection"}).json
    assert coordinator.get(WAITING).json["results"] == []
    basis = SafeguardingBasis.objects.get(pk=made["id"])
    basis.valid_until = timezone.now()
    saved(basis)
    assert browser_for(town.deputy).get(WAITING).json["results"] == []


def test_access_says_why_and_until_when(town: Town, worker: Api, address: str, audit: Audit) -> None:
    said = worker.get(f"{address}/access").json
    assert [one["reason"] for one in said["reasons"]] == ["holds", "opened"]
    assert said["purpose"] == "holding_case"
    assert "basic_profile" in said["classes_open"]
    assert audit.entries(verb="case.access_read")


def test_disclosures_are_listed(worker: Api, coordinator: Api, address: str) -> None:
    for client in (worker, coordinator):
        answer = client.get(f"{address}/disclosures")
        assert (answer.status, answer.json["results"]) == (200, [])


def test_the_coordinator_is_notified_by_id_and_marks_it_read(
    town: Town, coordinator: Api, worker: Api, address: str
) -> None:
    [row] = coordinator.get("/api/v1/notifications?unread=true").json["results"]
    assert (row["kind"], row["object_id"]) == ("case.opened", str(case_at(address).id))
    read = coordinator.post(f"/api/v1/notifications/{row['id']}/read", {})
    assert (read.status, read.json["read_at"] is not None) == (200, True)
    assert coordinator.get("/api/v1/notifications?unread=true").json["results"] == []
    assert worker.post(f"/api/v1/notifications/{row['id']}/read", {}).status == 404
    assert worker.get("/api/v1/notifications").json["results"] == []
    assert Notification.objects.get(pk=row["id"]).read_at is not None


def test_these_stay_within_their_budget(town: Town, worker: Api, address: str, counted: Counted) -> None:
    worker.post(f"{address}/notes", {"text": TEXT})
    machine, chair = client_for(town.outreach), client_for(town.coordinator)
    consent = consent_body(town.clinic)
    with counted("notes_list"):
        machine.get(f"{address}/notes")
    with counted("notes_create"):
        assert machine.post(f"{address}/notes", {"text": TEXT}).status == 201
    with counted("consents_list"):
        machine.get(f"{address}/consents")
    with counted("consents_create"):
        assert machine.post(f"{address}/consents", consent).status == 201
    with counted("disclosures_list"):
        machine.get(f"{address}/disclosures")
    with counted("notifications_list"):
        chair.get("/api/v1/notifications")
    with counted("safeguarding_create"):
        assert worker.post(f"{address}/safeguarding", {"basis": "child_protection"}).status == 201
    deputy = browser_for(town.deputy)
    with counted("safeguarding_waiting_list"):
        assert len(deputy.get(WAITING).json["results"]) == 1
