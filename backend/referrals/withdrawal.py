"""The person takes a consent back. Everything that stood on it ends in the same transaction."""

from uuid import UUID

from audit.acts import act
from backend import asker
from backend.cases.models import Case, Consent, Withdrawal
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
        found = _withdrawn(consent, by=person(by))
        with asker.working_as(asker.WITHDRAWALS):
            copies = _copies(consent)
            for copy in copies:
                _withdrawn(copy, by=person(by))
            every = [consent, *copies]
            ended = [_cancel(one) for each in every for one in _standing_on(each, {"draft", *OPEN})]
            closed = [_close(one) for each in every for one in _standing_on(each, set(TO_ACKNOWLEDGE))]
        current.on(consent)
        current.note(case=consent.case_id, cancelled=ended, closed=closed)
    return found


def _withdrawn(consent: Consent, *, by: UUID) -> Withdrawal:
    return Withdrawal.objects.create(
        case_id=consent.case_id, team_id=consent.team_id, consent=consent, recorded_by=by
    )


def _copies(consent: Consent) -> list[Consent]:
    """Return what cases that took this one's place have of it, their copies too: the person's word ends them all."""
    found: list[Consent] = []
    asked = [consent.pk]
    while asked:
        rows = Consent.objects.filter(copied_from__in=asked, withdrawal__isnull=True).order_by("pk")
        more = list(rows)
        found += more
        asked = [one.pk for one in more]
    return found


def end_of_case(case: Case) -> list[Referral]:
    """Cancel every referral of a case that is being erased, inside that act; returns those a recipient had seen.

    The need behind each is erased with the rest, so it is left as it is.
    """
    rows = Referral.objects.filter(case_id=case.pk, status__in={"draft", *OPEN}).select_related("case")
    with asker.working_as(asker.WITHDRAWALS):
        found = list(rows.order_by("number"))
        for referral in found:
            with system_step(WITHDRAWALS, referral, verb="withdraw"):
                referral.reason_code = "consent-withdrawn"
                end(referral)
    return [one for one in found if one.sent_at is not None and one.recipient_organisation_id is not None]


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
