"""What would become of a referral, before anybody fills in the form: who has one already, and what would be shared.

It asks what sending asks, with a referral that is never saved, so that the two cannot disagree. Nothing of the case is
answered: classes of data, the basis, and referrals that the one who asks sees anyway.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from audit import recorder
from backend.cases.classes import NARRATIVE
from backend.cases.models import Case
from backend.errors import Conflict
from backend.referrals import agreement, basis, sending
from backend.referrals.basis import Basis
from backend.referrals.creating import unwritten
from backend.referrals.drafting import Terms, fill
from backend.referrals.models import Referral
from backend.referrals.tries import Tries, tries_of
from permissions.actor import Actor

READ: Final = "referral.looked_ahead"
NOT_COVERED: Final = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """`refused` says why it could not be sent now, as sending would; empty where it could."""

    recipient: UUID | None
    needed: tuple[str, ...]
    data_classes: tuple[str, ...] = ()
    consent: UUID | None = None
    safeguarding_basis: UUID | None = None
    until: datetime | None = None
    refused: str = ""
    live: tuple[Referral, ...] = ()


def look_ahead(
    by: Actor, case: Case, *, terms: Terms, requester_id: UUID | None = None, with_note: bool = False
) -> Ahead:
    """Return what a referral of `case` with these terms would rest on and share, in one recorded reading.

    Raises Forbidden, and Invalid where creating would: a recipient without agreement, a service that it does not give.
    """
    tries = tries_of(case.pk, by=by)
    referral = unwritten(by, case, requester_id=requester_id, number=tries.next_number)
    by.require("referral.create", referral)
    fill(referral, terms, tries=tries)
    agreement.check_recipient(referral)
    needed = sending.wanted(referral) | ({NARRATIVE} if with_note else frozenset())
    found, refused = _judged(referral, tries, needed=needed, terms=terms)
    recorder.record(by, READ, team=case.team_id, kind="case", object_id=str(case.pk))
    shared = found.data_classes | needed if found else frozenset()
    return Ahead(
        recipient=referral.recipient_organisation_id,
        needed=tuple(sorted(needed)),
        data_classes=tuple(sorted(shared)),
        consent=found.consent.pk if found and found.consent else None,
        safeguarding_basis=found.exception.pk if found and found.exception else None,
        until=found.until if found else None,
        refused=refused,
        live=tries.alike(referral),
    )


def _judged(
    referral: Referral, tries: Tries, *, needed: frozenset[str], terms: Terms
) -> tuple[Basis | None, str]:
    """Return the basis, and the code with which sending would refuse."""
    if referral.case.status != "active":
        return None, "case_not_active"
    try:
        found = basis.find(
            referral,
            wanted=needed,
            consent_id=terms.consent_id,
            exception_id=terms.safeguarding_basis_id,
        )
        if found is None:
            return None, NOT_COVERED
        sending.check_turn(referral, found, tries=tries)
    except Conflict as refused:
        return None, refused.code
    return found, ""
