"""How a referral ends: with an outcome, without one, or called off."""

from datetime import datetime

from django.utils import timezone

from backend.referrals import choices, needs, services
from backend.referrals.models import Referral
from backend.referrals.progress import meet
from backend.referrals.reporting import Report
from backend.referrals.stepping import taking
from permissions.actor import Actor


def complete(
    by: Actor,
    referral: Referral,
    *,
    outcome_code: str = "",
    first_contact_at: datetime | None = None,
    suggested_service_code: str = "",
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """End with a coded outcome. Help given needs a first contact, `referred-on` the service suggested.

    A confidential service is refused (`confidential_service`): the recipient suggests it by phone.
    """
    inputs = {
        "outcome_code": outcome_code,
        "first_contact_at": first_contact_at,
        "suggested_service_code": suggested_service_code,
    }
    given = [name for name, value in inputs.items() if value]
    if outcome_code:
        choices.listed("referral_outcomes", outcome_code, at="/outcome_code")
    with taking(
        by, referral, verb="complete", version=version, report=report, given=given, outcome_code=outcome_code
    ):
        if suggested_service_code:
            services.check_suggested(suggested_service_code)
        if first_contact_at is not None:
            meet(referral, first_contact_at)
        referral.outcome_code, referral.suggested_service_code = outcome_code, suggested_service_code
        end(referral)
    return referral


def fail(
    by: Actor,
    referral: Referral,
    *,
    reason_code: str = "",
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """End without an outcome, with a reason."""
    given = ("reason_code",) if reason_code else ()
    with taking(by, referral, verb="fail", version=version, report=report, given=given):
        referral.reason_code = choices.reason(reason_code, status="failed")
        end(referral)
    return referral


def cancel(by: Actor, referral: Referral, *, reason_code: str = "", version: int | None = None) -> Referral:
    """Call the referral off, from either side, with a reason."""
    given = ("reason_code",) if reason_code else ()
    with taking(by, referral, verb="cancel", version=version, given=given):
        referral.reason_code = choices.reason(reason_code, status="cancelled")
        end(referral)
        needs.left(referral)
    return referral


def end(referral: Referral) -> None:
    """Set what every ending sets: the moment, and no finer state, pause or hold any more."""
    referral.ended_at = timezone.now()
    referral.business_status = ""
    referral.paused_at = referral.held_at = None
    if referral.outcome_code:
        referral.reason_code = ""
