"""Writes down what the clock has already done: an agreement or a consent has run out.

Access ended by itself at that moment. These steps only make the state say so: held at once, cancelled after
thirty days. A referral for which a new consent was given meanwhile goes on under that one.
"""

from typing import Final
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import act
from backend.referrals import agreement, basis, needs
from backend.referrals.ending import end
from backend.referrals.lifecycle import LAPSE_HOLDS
from backend.referrals.models import Referral
from backend.referrals.progress import stand_on
from backend.referrals.reasons import LAPSES as REASONS
from backend.referrals.reasons import RECEIVED, give
from backend.referrals.stepping import case_locked
from backend.referrals.system import LAPSES, system_step
from permissions.actor import Actor

RUNNING: Final = ("accepted", "in-progress")


def record_lapses(by: Actor = LAPSES) -> int:
    """Renew, hold or cancel every referral that is due, each in a transaction of its own; returns how many.

    A second run changes nothing.
    """
    over = Q(basis_until__lte=Now())
    running = Referral.objects.filter(over | agreement.lapsed(), status__in=RUNNING)
    done = [_hold(by, pk) for pk in list(running.values_list("pk", flat=True))]
    held = Referral.objects.filter(
        status="on-hold", reason_code__in=REASONS, held_at__lte=Now() - LAPSE_HOLDS
    )
    cancelled = [_cancel(by, pk) for pk in list(held.values_list("pk", flat=True))]
    return sum(done) + sum(cancelled)


def _locked(pk: UUID) -> Referral:
    return Referral.objects.select_related("case", "recipient_organisation").get(pk=pk)


def _hold(by: Actor, pk: UUID) -> bool:
    referral = _locked(pk)
    with case_locked(referral.case_id):
        referral.refresh_from_db()
        reason = _reason(referral)
        if referral.status not in RUNNING or not reason:
            return False
        if reason == "consent-lapsed" and _renewed(by, referral):
            return True
        with system_step(by, referral, verb="lapse"):
            referral.reason_code, referral.held_at = reason, timezone.now()
    return True


def _reason(referral: Referral) -> str:
    if agreement.has_lapsed(referral):
        return "agreement-lapsed"
    over = referral.basis_until is None or referral.basis_until <= timezone.now()
    return "consent-lapsed" if over else ""


def _renewed(by: Actor, referral: Referral) -> bool:
    """Let the referral stand on a newer consent for the same recipient and classes, where there is one."""
    found = basis.find(referral, wanted=referral.data_classes)
    if found is None:
        return False
    with act(by, "referral.basis_renewed", referral):
        stand_on(referral, found)
        referral.save()
        give(referral, RECEIVED)
    return True


def _cancel(by: Actor, pk: UUID) -> bool:
    referral = _locked(pk)
    with case_locked(referral.case_id):
        referral.refresh_from_db()
        if referral.status != "on-hold" or referral.reason_code not in REASONS:
            return False
        with system_step(by, referral, verb="lapse"):
            reason = referral.reason_code
            end(referral)
            referral.reason_code = reason
            needs.left(referral)
    return True
