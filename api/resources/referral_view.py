"""Turns a reading of a referral into the answer's names. A stub says that it was and how it ended, no more."""

from typing import Any, Final

from backend.cases.redisclosure import NOTICE
from backend.referrals.access import FULL, PLAIN, STUB
from backend.referrals.lifecycle import TARGET
from backend.referrals.reading import Reading
from backend.referrals.services import shown_suggestion

ALWAYS: Final = (
    "id",
    "code",
    "status",
    "version",
    "created_at",
    "sent_at",
    "answered_at",
    "ended_at",
    "acknowledged_at",
)
OPEN: Final = (
    "urgency",
    "handover_mode",
    "business_status",
    "outcome_code",
    "due_at",
    "paused_at",
    "phoned_at",
    "first_contact_at",
    "acknowledgement_answer",
    "look_again_on",
    "still_engaged",
    "basis_until",
    "data_classes",
)
_TEXTS: Final = frozenset(
    {
        "urgency",
        "handover_mode",
        "business_status",
        "outcome_code",
        "acknowledgement_answer",
        "still_engaged",
    }
)


def shown(read: Reading, *, similar: list[str]) -> dict[str, Any]:
    """Return the referral as the API shows it."""
    closed = read.access in {STUB, PLAIN}
    said = {name: getattr(read.referral, name) for name in ALWAYS}
    said |= {name: _nothing(name) if closed else getattr(read.referral, name) for name in OPEN}
    return {
        **said,
        "suggested_service_code": "" if closed else shown_suggestion(read.referral.suggested_service_code),
        **_places(read, closed=closed),
        **_opened(read),
        "access": read.access,
        "side": read.side,
        "allowed_actions": read.allowed_actions,
        "service_code": read.service_code,
        "reason_code": "" if closed else read.reason_code,
        "overdue": read.overdue and not closed,
        "needs_rerouting": read.needs_rerouting,
        "asked_to_confirm": read.asked_to_confirm,
        "similar": similar,
        "redisclosure_notice": NOTICE,
    }


def _nothing(name: str) -> Any:
    if name == "data_classes":
        return []
    return "" if name in _TEXTS else None


def _places(read: Reading, *, closed: bool) -> dict[str, Any]:
    """Return who and where. The case stays absent for a recipient until it has accepted."""
    row = read.referral
    sees_case = not closed and (read.access == FULL or read.side != TARGET)
    return {
        "case": row.case_id if sees_case else None,
        "spoken_name": "" if closed else row.spoken_name,
        "team": None if closed else row.team_id,
        "requester": None if closed else row.requester_organisation_id,
        "recipient": None if closed else row.recipient_organisation_id,
        "service": None if closed else row.service_id,
        "replaces": row.replaces_id if sees_case and read.side != TARGET else None,
    }


def _opened(read: Reading) -> dict[str, Any]:
    full = read.access == FULL
    facts = {"items": read.facts.items, "needs": read.facts.needs, "flags": read.facts.flags}
    noted = full and read.referral.narrative is not None
    return {
        "need": read.facts.need,
        "age_band": read.facts.age_band,
        "facts": facts if full and read.side == TARGET else None,
        "appointment": read.appointment,
        "narrative": {"sealed": True, "revision": read.referral.narrative_revision} if noted else None,
        "events": read.events,
        "questions": read.questions,
    }
