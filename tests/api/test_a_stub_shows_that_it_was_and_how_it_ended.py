"""The answer's names for each degree of access: what a stub keeps, and that nothing else slips through."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from api.resources.referral_shapes import ReferralOut
from api.resources.referral_view import ALWAYS, OPEN, shown
from backend.cases.content import Need
from backend.cases.models import Case
from backend.referrals.content import Facts
from backend.referrals.lifecycle import REQUESTER, TARGET
from backend.referrals.models import Referral
from backend.referrals.reading import Reading

pytestmark = pytest.mark.pure

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
CASE = Case(id=uuid4(), code="LO-7K3M-9QXF-C", spoken_name="tihi javor", team_id=uuid4())
EVENT = {
    "kind": "status_change", "verb": "send", "side": "requester", "from_status": "new", "to_status": "requested",
    "reason_code": "", "outcome_code": "", "detail": "", "channel": "", "reporter": "", "by_organisation": None,
    "happened_on": None, "at": "2026-06-10T12:00:00Z",
}  # fmt: skip
# What may stand in the answer of a stub besides empty values.
OF_A_STUB = {
    "id", "code", "status", "version", "created_at", "sent_at", "answered_at", "ended_at", "acknowledged_at",
    "access", "side", "allowed_actions", "service_code", "redisclosure_notice",
}  # fmt: skip
FULL_ROW: dict[str, Any] = {
    "urgency": "stat",
    "handover_mode": "accompanied",
    "business_status": "engaged",
    "outcome_code": "service-started",
    "suggested_service_code": "TX-DET",
    "due_at": NOW,
    "paused_at": NOW,
    "phoned_at": NOW,
    "first_contact_at": NOW,
    "acknowledgement_answer": "wait",
    "look_again_on": date(2026, 7, 1),
    "still_engaged": "yes",
    "basis_until": NOW,
    "data_classes": ["basic_profile"],
}


def reading(access: str, *, side: str, **values: Any) -> Reading:
    """Return a reading in which everything is filled, as if a service had forgotten to leave it out."""
    referral = Referral(
        id=uuid4(),
        case=CASE,
        team_id=CASE.team_id,
        code="LO-7K3M-9QXF-C-R01",
        number=1,
        requester_organisation_id=uuid4(),
        recipient_organisation_id=uuid4(),
        service_id=uuid4(),
        replaces_id=uuid4(),
        status="rejected",
        created_at=NOW,
        sent_at=NOW,
        narrative_revision=1,
        **FULL_ROW,
    )
    given: dict[str, Any] = {
        "referral": referral,
        "access": access,
        "side": side,
        "allowed_actions": ("undo",),
        "service_code": "TX-OPC",
        "reason_code": "detained",
        "facts": Facts(),
        "appointment": None,
        "events": (),
        "questions": (),
        "needs_rerouting": False,
        "overdue": True,
        "asked_to_confirm": False,
        **values,
    }
    return Reading(**given)


def answer(access: str, *, side: str = TARGET, **values: Any) -> dict[str, Any]:
    said = shown(reading(access, side=side, **values), similar=[])
    return dict(ReferralOut(said).data)


def empty(value: object) -> bool:
    return value in (None, "", [], {}, False)


@pytest.mark.parametrize("access", ["stub", "plain"])
def test_a_stub_keeps_code_service_status_and_dates_and_nothing_else(access: str) -> None:
    said = answer(access)
    assert {name for name, value in said.items() if not empty(value)} <= OF_A_STUB
    assert (said["code"], said["status"], said["service_code"]) == (
        "LO-7K3M-9QXF-C-R01",
        "rejected",
        "TX-OPC",
    )


@pytest.mark.parametrize("name", OPEN)
def test_each_open_column_is_empty_in_a_stub_and_said_otherwise(name: str) -> None:
    assert empty(answer("stub")[name])
    assert not empty(answer("full")[name])
    assert not empty(answer("preview")[name])


@pytest.mark.parametrize("access", ["full", "preview", "coordination", "stub", "plain"])
@pytest.mark.parametrize("name", ALWAYS)
def test_the_columns_of_a_stub_are_always_there(access: str, name: str) -> None:
    assert name in answer(access)


@pytest.mark.parametrize(
    ("access", "side", "shows"),
    [
        ("full", TARGET, True),
        ("full", REQUESTER, True),
        ("preview", TARGET, False),
        ("coordination", REQUESTER, True),
        ("stub", TARGET, False),
        ("plain", TARGET, False),
    ],
)
def test_the_case_is_absent_until_the_recipient_has_accepted(access: str, side: str, *, shows: bool) -> None:
    assert (answer(access, side=side)["case"] is not None) == shows


def test_the_try_before_is_the_requesters_knowledge() -> None:
    assert answer("full", side=REQUESTER)["replaces"] is not None
    assert answer("full", side=TARGET)["replaces"] is None


def test_facts_go_to_the_recipient_who_accepted_only() -> None:
    facts = Facts(items={"sex": "1"}, needs=(Need(uuid4(), "housing", "open"),), flags=("suicide",))
    assert answer("full", facts=facts)["facts"]["items"] == {"sex": "1"}
    assert answer("full", facts=facts, side=REQUESTER)["facts"] is None
    assert answer("preview", facts=facts)["facts"] is None


def test_a_need_shows_with_its_state() -> None:
    need = Need(uuid4(), "housing", "being_met")
    said = answer("preview", facts=Facts(need=need, age_band="25-29"))
    assert said["need"] == {"id": need.id, "code": "housing", "status": "being_met"}
    assert said["age_band"] == "25-29"


def test_a_note_shows_as_sealed_and_only_where_the_content_is_open() -> None:
    full = reading("full", side=TARGET)
    full.referral.__dict__["narrative"] = b"an envelope"
    assert shown(full, similar=[])["narrative"] == {"sealed": True, "revision": 1}
    preview = reading("preview", side=TARGET)
    preview.referral.__dict__["narrative"] = b"an envelope"
    assert shown(preview, similar=[])["narrative"] is None


def test_events_and_hints_are_passed_on() -> None:
    said = shown(reading("full", side=REQUESTER, events=(EVENT,)), similar=["LO-7K3M-9QXF-C-R02"])
    out = ReferralOut(said).data
    assert out["events"][0]["verb"] == "send"
    assert out["similar"] == ["LO-7K3M-9QXF-C-R02"]


@pytest.mark.parametrize("access", ["full", "preview", "coordination", "stub", "plain"])
def test_the_notice_stands_in_every_answer(access: str) -> None:
    assert set(answer(access)["redisclosure_notice"]) == {"en", "sr-Latn", "sr-Cyrl"}
