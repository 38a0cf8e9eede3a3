"""The person takes a consent back. Everything that stood on it ends in the same transaction."""

from audit.acts import act
from backend import asker
from backend.cases.models import Consent, Withdrawal
from backend.errors import Conflict
from backend.referrals import needs, reasons
from backend.referrals.ending import end
from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE
from backend.referrals.models import Referral
from backend.referrals.notices import tell_others
from backend.referrals.sides import person
from backend.referrals.system import WITHDRAWALS, system_step
from permissions.actor import Actor


def withdraw_consent(by: Actor, consent: Consent) -> Withdrawal:
    """Write the withdrawal down, cancel every referral that stands on the consent, take its grants back and
    tell the recipients. Any worker who sees the consent may record it.

    Raises NotFound, Forbidden, Conflict already_withdrawn.
    """
    with act(by, "consent.withdrawn", consent.case) as current:
        by.require("consent.withdraw", consent)
        if Withdrawal.objects.filter(consent=consent).exists():
            raise Conflict("already_withdrawn")
        found = Withdrawal.objects.create(
            case_id=consent.case_id,
            team_id=consent.team_id,
            consent=consent,
            recorded_by=person(by),
        )
        with asker.working_as(asker.WITHDRAWALS):
            ended = [_cancel(referral) for referral in _standing_on(consent, {"draft", *OPEN})]
            closed = [_close(referral) for referral in _standing_on(consent, set(TO_ACKNOWLEDGE))]
        current.on(consent)
        current.note(case=consent.case_id, cancelled=ended, closed=closed)
    return found


def _standing_on(consent: Consent, statuses: set[str]) -> list[Referral]:
    found = Referral.objects.filter(consent=consent, status__in=statuses, acknowledged_at=None)
    return list(found.select_related("case").order_by("number"))


def _cancel(referral: Referral) -> str:
    with system_step(WITHDRAWALS, referral, verb="withdraw"):
        referral.reason_code = "consent-withdrawn"
        end(referral)
        referral.basis_until = referral.ended_at
        needs.left(referral)
    return referral.code


def _close(referral: Referral) -> str:
    """End what an ended referral opened to its recipient, or would open once it is undone; its outcome stays."""
    with act(WITHDRAWALS, "referral.closed_by_withdrawal", referral):
        reasons.end_basis(referral)
        if referral.status == "completed":
            tell_others(referral, kind="referral.consent_withdrawn", side="requester")
    return referral.code
