"""The grants that follow from a referral's state. They come and go with the state and with nothing else."""

from uuid import UUID

from django.utils import timezone

from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE, UNDER_WAY
from backend.referrals.models import Referral
from permissions import grants

SENT, RECEIVED = "referral_sent", "referral_received"
LAPSES = frozenset({"agreement-lapsed", "consent-lapsed"})


def held_by_lapse(referral: Referral) -> bool:
    """Say whether the system holds the referral because its agreement or consent ran out."""
    return referral.status == "on-hold" and referral.reason_code in LAPSES


def live_reasons(referral: Referral) -> frozenset[str]:
    """Return the reasons that this referral is for somebody to see the case, as it stands."""
    if referral.acknowledged_at is not None:
        return frozenset()
    sent = referral.status in OPEN | TO_ACKNOWLEDGE
    under_way = referral.status in UNDER_WAY and not held_by_lapse(referral)
    received = under_way or referral.status == "completed"
    return frozenset(({SENT} if sent else set()) | ({RECEIVED} if received else set()))


def settle(referral: Referral, *, before: frozenset[str]) -> None:
    """Give and take what the step from `before` has changed."""
    after = live_reasons(referral)
    for reason in sorted(after - before):
        give(referral, reason)
    for reason in sorted(before - after):
        grants.take(referral.case, source_id=referral.id, reason=reason)


def end_basis(referral: Referral) -> None:
    """End now what an ended referral stands on: nothing of it is open to its recipient, nor comes back."""
    now = timezone.now()
    referral.basis_until = min(referral.basis_until or now, now)
    referral.save()
    grants.take(referral.case, source_id=referral.id, reason=RECEIVED)


def give(referral: Referral, reason: str) -> None:
    """Grant the case for one reason; what the recipient gets ends with the consent behind it."""
    holder = _holder(referral, reason)
    if holder is None:
        return
    grants.give(
        referral.case,
        group=grants.group_for(organisation_id=holder, team_id=referral.team_id),
        codename=grants.SEES_CASE,
        reason=reason,
        source_id=referral.id,
        until=referral.basis_until if reason == RECEIVED else None,
    )


def _holder(referral: Referral, reason: str) -> UUID | None:
    return referral.requester_organisation_id if reason == SENT else referral.recipient_organisation_id
