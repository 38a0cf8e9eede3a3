"""What the table of steps must know of a referral at this moment, read from its row and its open questions."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from backend.cases.models import Withdrawal
from backend.prepared import Prepared
from backend.referrals import agreement
from backend.referrals.lifecycle import REQUESTER, TARGET, Standing
from backend.referrals.models import Question, Referral
from backend.referrals.reasons import held_by_lapse

OTHER_SIDE = {REQUESTER: TARGET, TARGET: REQUESTER}


def standing_of(referral: Referral, *, basis_holds: bool | None = None) -> Standing:
    """Return the standing now. `basis_holds` says whether consent and agreement hold, where that is known."""
    if basis_holds is None:
        held = held_by_lapse(referral)
        lapsed = held and agreement.has_lapsed(referral)
        basis_holds = basis_is_live(referral) and not lapsed
    return standing_from(referral, basis_holds=basis_holds, owing=owing(referral))


def standing_from(referral: Referral, *, basis_holds: bool, owing: frozenset[str]) -> Standing:
    """Return the standing of a row whose surroundings are known."""
    return Standing(
        status=referral.status,
        now=timezone.now(),
        ended_at=referral.ended_at,
        lapsed_at=referral.held_at if held_by_lapse(referral) else None,
        acknowledged=referral.acknowledged_at is not None,
        followed_up=referral.followed_up_at is not None,
        first_contact=referral.first_contact_at is not None,
        basis_holds=basis_holds,
        outcome_code=referral.outcome_code,
        owing=owing,
    )


def consent_holds(referral: Referral, now: datetime) -> bool:
    """Say whether the consent or exception behind the referral still runs."""
    return referral.basis_until is not None and referral.basis_until > now


def basis_is_live(referral: Referral) -> bool:
    """Say whether the basis still runs and its consent was not taken back, asked of the ledger itself."""
    if not consent_holds(referral, timezone.now()):
        return False
    consent_id = referral.consent_id
    return consent_id is None or not _WITHDRAWN.rows(consent_id=consent_id)


def owing(referral: Referral) -> frozenset[str]:
    """Return the sides that owe a reply."""
    return frozenset(OTHER_SIDE[side] for (side,) in _ASKED.rows(referral_id=referral.pk))


def _withdrawn(*, consent_id: UUID) -> QuerySet[Withdrawal, Any]:
    return Withdrawal.objects.filter(consent_id=consent_id).values_list("pk")


def _asked(*, referral_id: UUID) -> QuerySet[Question, Any]:
    return Question.objects.filter(referral_id=referral_id, replied_at=None).values_list("asked_by_side")


_WITHDRAWN: Final = Prepared(_withdrawn)
_ASKED: Final = Prepared(_asked)
