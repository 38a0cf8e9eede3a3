"""Exactly one denied entry for each denied request, past its rollback, in the log of whom it concerned."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from audit import recorder
from audit.models import Entry
from tests.api.audit import NATIONAL, Audit
from tests.api.client import Api, browser_for, client_for
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")


def only(entries: list[dict[str, Any]]) -> dict[str, Any]:
    assert len(entries) == 1, entries
    return entries[0]


def test_an_absent_id_goes_to_the_national_log(town: Town, audit: Audit) -> None:
    key = uuid4()
    client_for(town.coordinator).get(f"/api/v1/boxes/{key}")
    entry = only(audit.denied(actor_id=town.coordinator.id))
    assert (entry["log"], entry["code"], entry["object_kind"], entry["object_id"]) == (
        NATIONAL, "not_found", "case", str(key),
    )  # fmt: skip
    assert (entry["verb"], entry["said"]["route"]) == ("case.view_coded", "/api/v1/boxes/{id}")


def test_a_foreign_id_goes_to_the_log_of_its_team(town: Town, audit: Audit) -> None:
    other = Town()
    box = make_box(other.team, other.centre)
    client_for(town.coordinator).get(f"/api/v1/boxes/{box.id}")
    entry = only(audit.denied(actor_id=town.coordinator.id))
    assert (entry["log"], entry["object_id"]) == (other.team.id, str(box.id))


def test_a_foreign_code_too(town: Town, audit: Audit) -> None:
    other = Town()
    box = make_box(other.team, other.centre)
    client_for(town.coordinator).get(f"/api/v1/boxes/{box.code.lower()}")
    entry = only(audit.denied(actor_id=town.coordinator.id))
    assert (entry["log"], entry["object_id"]) == (other.team.id, box.code)


def test_what_a_stranger_typed_is_not_kept(town: Town, audit: Audit) -> None:
    client_for(town.coordinator).get("/api/v1/boxes/Jovana Jovanović")
    assert only(audit.denied(actor_id=town.coordinator.id))["object_id"] == "malformed"


def test_a_403_on_an_object(town: Town, audit: Audit) -> None:
    box = make_box(town.team, town.centre)
    client_for(town.coordinator, operations=["case.view_coded"]).post(f"/api/v1/boxes/{box.id}/triage")
    entry = only(audit.denied(actor_id=town.coordinator.id))
    assert (entry["log"], entry["verb"], entry["code"]) == (town.team.id, "case.triage", "forbidden")
    assert (entry["object_kind"], entry["object_id"]) == ("case", str(box.id))


def test_a_403_on_a_list(town: Town, audit: Audit) -> None:
    client_for(town.lead).get("/api/v1/boxes")
    entry = only(audit.denied(actor_id=town.lead.id))
    assert (entry["verb"], entry["code"], entry["object_id"]) == ("case.view_coded", "forbidden", "")


def test_a_token_that_does_not_hold(audit: Audit) -> None:
    answer = Api(Authorization="Bearer spona_mt_guessed", X_Request_Id="guess-0001").get("/api/v1/boxes")
    assert answer.status == 401
    entry = only(audit.denied(request_id="guess-0001"))
    assert (entry["actor_kind"], entry["actor_id"], entry["code"]) == (
        "anonymous",
        None,
        "invalid_credentials",
    )


def test_no_credentials_at_all_leave_none(audit: Audit) -> None:
    assert Api(X_Request_Id="nobody-0001").get("/api/v1/boxes").status == 401
    assert audit.entries(request_id="nobody-0001") == []


def test_a_missing_csrf_token(town: Town, audit: Audit) -> None:
    box = make_box(town.team, town.centre)
    api = browser_for(town.coordinator)
    api.headers.clear()
    assert api.post(f"/api/v1/boxes/{box.id}/triage").code == "csrf_failed"
    assert only(audit.denied(actor_id=town.coordinator.id))["code"] == "csrf_failed"


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b'{"x": 1}', 422)])
def test_a_mistake_in_the_body_is_no_denial(town: Town, audit: Audit, body: bytes, status: int) -> None:
    assert client_for(town.coordinator).post("/api/v1/boxes", body).status == status
    assert audit.denied(actor_id=town.coordinator.id) == []


def test_a_conflict_is_no_denial(town: Town, audit: Audit) -> None:
    box = make_box(town.team, town.centre)
    assert client_for(town.coordinator).post(f"/api/v1/boxes/{box.id}/refuse").status == 409
    assert audit.denied(actor_id=town.coordinator.id) == []


def test_an_answered_request_leaves_no_denied_entry(town: Town, audit: Audit) -> None:
    box = make_box(town.team, town.centre)
    client_for(town.coordinator).get(f"/api/v1/boxes/{box.id}")
    assert audit.denied(actor_id=town.coordinator.id) == []
    assert len(audit.entries(actor_id=town.coordinator.id, verb="case.read")) == 1


def test_a_list_is_recorded_with_its_ids_and_filters(town: Town, audit: Audit) -> None:
    boxes = [make_box(town.team, town.centre) for _ in range(2)]
    client_for(town.coordinator).get("/api/v1/boxes", query={"urgency": "routine"})
    entry = only(audit.entries(actor_id=town.coordinator.id, verb="case.listed"))
    assert entry["log"] == town.team.id
    assert set(entry["said"]["object_ids"]) == {str(box.id) for box in boxes}
    assert entry["said"]["facts"] == {"filters": ["urgency=routine"]}


def break_audit(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """Let no entry be written on the alias `broken`."""

    def write(entries: Sequence[Entry], *, using: str) -> None:
        if using == broken:
            raise recorder.AuditUnavailable
        real(entries, using=using)

    real = recorder.write
    monkeypatch.setattr(recorder, "write", write)


def test_a_denial_that_cannot_be_written_is_a_503(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    api = client_for(town.coordinator)
    break_audit(monkeypatch, "outside")
    answer = api.get(f"/api/v1/boxes/{uuid4()}")
    assert (answer.status, answer.code) == (503, "audit_unavailable")
    assert answer.headers["Retry-After"]


def test_a_read_that_cannot_be_recorded_is_a_503(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    box = make_box(town.team, town.centre)
    api = client_for(town.coordinator)
    break_audit(monkeypatch, "default")
    for path in (f"/api/v1/boxes/{box.id}", "/api/v1/boxes"):
        answer = api.get(path)
        assert (answer.status, answer.code) == (503, "audit_unavailable")
        assert str(box.id).encode() not in answer.raw


def test_a_request_id_like_a_personal_number_is_not_kept(town: Town, audit: Audit) -> None:
    for given in ("Petar-0101990710123", "0101990710123"):
        client_for(town.coordinator).get(f"/api/v1/boxes/{uuid4()}", X_Request_Id=given)
    kept = str(uuid4())
    client_for(town.coordinator).get(f"/api/v1/boxes/{uuid4()}", X_Request_Id=kept)
    found = [one["request_id"] for one in audit.denied(actor_id=town.coordinator.id)]
    assert len(found) == 3
    assert found[2] == kept
    assert not any("0101990710123" in one for one in found)
