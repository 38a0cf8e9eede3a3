"""Closing a case asks about its referrals, so the act lives on the floor that knows them."""

from django.db.models import QuerySet

from audit.acts import act
from backend.cases.models import Case
from backend.cases.steps import put_closed
from backend.referrals import reasons
from backend.referrals.lifecycle import OPEN, TO_ACKNOWLEDGE
from backend.referrals.models import Referral
from permissions.actor import Actor


def close_case(by: Actor, case: Case, *, closure_reason: str, version: int | None = None) -> None:
    """Close a case, to the recipients of what has ended but is not acknowledged as well.

    Raises Conflict `open_referrals` while a referral is a draft or open; what `put_closed` says.
    """
    with act(by, "case.closed", case, needs="case.close", closure_reason=closure_reason[:24]):
        put_closed(
            case,
            closure_reason=closure_reason,
            has_open_referral=open_referrals(case).exists(),
            version=version,
        )
        for referral in could_come_back(case):
            reasons.end_basis(referral)


def open_referrals(case: Case) -> QuerySet[Referral]:
    """Return what stands in the way of closing: sent and not ended, or begun and neither sent nor cancelled."""
    return Referral.objects.filter(case_id=case.pk, status__in={"draft", *OPEN})


def could_come_back(case: Case) -> QuerySet[Referral]:
    """Return what its recipient still sees or could undo."""
    ended = Referral.objects.filter(case_id=case.pk, status__in=TO_ACKNOWLEDGE, acknowledged_at=None)
    return ended.select_related("case").order_by("number")
