"""The work itself: first contact, finer states, pauses; and the tick that somebody phoned."""

from datetime import datetime

from django.utils import timezone

from backend.errors import Fault, Invalid
from backend.referrals import agreement, basis, choices
from backend.referrals.appointments import set_appointment
from backend.referrals.models import Referral
from backend.referrals.reasons import held_by_lapse
from backend.referrals.reporting import Report
from backend.referrals.standing import consent_holds
from backend.referrals.stepping import taking
from permissions.actor import Actor


def start(
    by: Actor,
    referral: Referral,
    *,
    first_contact_at: datetime | None = None,
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Record the first contact (now, unless said) and begin."""
    with taking(by, referral, verb="start", version=version, report=report, given=("first_contact_at",)):
        meet(referral, first_contact_at or timezone.now())
        referral.business_status = "engaged"
    return referral


def meet(referral: Referral, at: datetime) -> None:
    """Set the first contact, once. Raises Invalid for a moment still to come or before the referral was sent."""
    if referral.first_contact_at is not None:
        return
    if at > timezone.now():
        raise Invalid(Fault("/first_contact_at", "in_the_future"))
    if referral.sent_at is not None and at.date() < referral.sent_at.date():
        raise Invalid(Fault("/first_contact_at", "before_it_was_sent"))
    referral.first_contact_at = at


def report_progress(
    by: Actor,
    referral: Referral,
    *,
    business_status: str = "",
    appointment: datetime | None = None,
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Set a finer state inside the status; an appointment makes it `appointment-set` unless another is said."""
    wanted = business_status or ("appointment-set" if appointment else "")
    given = ("business_status",) if wanted else ()
    with taking(by, referral, verb="progress", version=version, report=report, given=given) as taken:
        referral.business_status = choices.business_status(wanted, status=referral.status)
        if appointment is not None:
            set_appointment(referral, appointment)
        taken.detail = wanted
    return referral


def hold(
    by: Actor,
    referral: Referral,
    *,
    reason_code: str = "",
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Pause, with a reason."""
    given = ("reason_code",) if reason_code else ()
    with taking(by, referral, verb="hold", version=version, report=report, given=given):
        referral.reason_code = choices.reason(reason_code, status="on-hold")
        referral.held_at = timezone.now()
        referral.business_status = choices.kept_business_status(referral.business_status, status="on-hold")
    return referral


def resume(
    by: Actor,
    referral: Referral,
    *,
    first_contact_at: datetime | None = None,
    report: Report | None = None,
    version: int | None = None,
) -> Referral:
    """Go on after a pause. After a lapse only once agreement and consent are valid again; a new consent that
    covers the same recipient and classes takes the old one's place."""
    renewed = _renewed(referral)
    with taking(
        by,
        referral,
        verb="resume",
        version=version,
        report=report,
        given=("first_contact_at",),
        basis_holds=renewed is not None,
    ):
        if renewed is not None:
            stand_on(referral, renewed)
        meet(referral, first_contact_at or timezone.now())
        referral.reason_code, referral.held_at = "", None
        referral.business_status = "engaged"
    return referral


def _renewed(referral: Referral) -> basis.Basis | None:
    """Return the basis on which a referral held by a lapse can go on, None while there is none."""
    if held_by_lapse(referral) and agreement.has_lapsed(referral):
        return None
    exception = referral.safeguarding_basis_id if referral.consent_id is None else None
    return basis.find(referral, wanted=referral.data_classes, exception_id=exception)


def stand_on(referral: Referral, found: basis.Basis) -> None:
    """Put a new basis, where the one that the referral has is over."""
    if not consent_holds(referral, timezone.now()):
        referral.consent, referral.safeguarding_basis = found.consent, found.exception
        referral.basis_until = found.until


def phoned(by: Actor, referral: Referral, *, version: int | None = None) -> Referral:
    """Tick that the recipient was called. It changes nothing else: the service is no emergency channel."""
    with taking(by, referral, verb="phoned", version=version):
        referral.phoned_at = timezone.now()
    return referral
