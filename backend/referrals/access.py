"""How much of a referral somebody sees, computed from its state, its basis and the clock at every request. Pure.

full: what was written and, for the recipient, what the consent covers. preview: the need and what is offered.
coordination: the coordinator, of neither side. stub: that it was, and how it ended. plain: the second person of a
correction. none: as if it did not exist.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backend.reference.lists import entry
from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE

FULL, PREVIEW, COORDINATION, STUB, PLAIN, NONE = "full", "preview", "coordination", "stub", "plain", "none"
OTHER: Final = "other-coded"
CONFIDENTIAL: Final = "confidential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What decides about the recipient's access. `held_by_lapse`: the system holds it, its basis ran out."""

    status: str
    now: datetime
    basis_until: datetime | None
    sent: bool
    ended_at: datetime | None = None
    acknowledged_at: datetime | None = None
    held_by_lapse: bool = False

    @property
    def basis_holds(self) -> bool:
        return self.basis_until is not None and self.basis_until > self.now


def of_recipient(at: Moment) -> str:
    """Return what the recipient sees: the column `grants_access` of the statuses, as far as the basis holds."""
    status = entry("referral_statuses", at.status).attributes
    column = "grants_access_after_ack" if at.acknowledged_at is not None else "grants_access"
    granted = status[column] or NONE
    if granted == PREVIEW:
        return PREVIEW if at.basis_holds else NONE
    if granted == FULL and (at.held_by_lapse or not at.basis_holds):
        return STUB
    if granted == STUB:
        return STUB if at.sent and not _stub_is_over(at, status["stub_days"]) else NONE
    return granted


def _stub_is_over(at: Moment, days: str) -> bool:
    """Say whether the days of a stub have run, from the ending; for completed from its acknowledgement."""
    since = at.acknowledged_at if at.status == "completed" else at.ended_at
    return since is None or at.now - since >= timedelta(days=int(days))


def requester_has_reason(status: str, *, acknowledged: bool) -> bool:
    """Say whether the requester still follows the referral: until it acknowledges, or calls it off."""
    return not acknowledged and status in {"draft", *OPEN, *TO_ACKNOWLEDGE}


def shown_reason(code: str, *, classes: frozenset[str]) -> str:
    """Return a reason as it shows to somebody for whom `classes` are open: one that reveals more reads other."""
    if not code:
        return ""
    reveals = entry("referral_reasons", code).attributes["data_class"]
    return OTHER if reveals and reveals not in classes else code
