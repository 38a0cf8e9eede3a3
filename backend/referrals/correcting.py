"""Taking back: a mis-tapped answer by its own side within a day, and an entry that should never have been made."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.acts import act
from backend import asker
from backend.cases.notify import tell_second_roles
from backend.errors import Conflict, Fault, Invalid, Stale
from backend.referrals import asking, choices, lifecycle, needs, reasons, stepping
from backend.referrals.lifecycle import REQUESTER
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from backend.referrals.reporting import Report
from backend.referrals.sides import person
from backend.referrals.standing import standing_of
from backend.referrals.stepping import Taking, taking
from permissions.actor import Actor
from permissions.roles import rule
from permissions.scope import Forbidden, may

LINE: Final = "referral.correct"


def undo(
    by: Actor, referral: Referral, *, report: Report | None = None, version: int | None = None
) -> Referral:
    """Take the own answer or outcome back, within 24 hours, before it is acknowledged and before the next try.

    Raises Conflict case_not_active, or not_next_in_order once another referral answers the need instead.
    """
    with taking(by, referral, verb="undo", version=version, report=report) as taken:
        with asker.working_as(asker.STEPS):
            begun = _next_tries(referral).exists()
        if begun:
            raise Conflict("not_next_in_order")
        referral.ended_at = None
        referral.paused_at = asking.paused_since(referral)
        referral.reason_code = referral.outcome_code = referral.suggested_service_code = ""
        if taken.step.to == "requested":
            referral.answered_at = None
        else:
            referral.business_status = "engaged"
    return referral


def _next_tries(referral: Referral) -> QuerySet[Referral]:
    """Return what was begun in place of an ended referral, and what was sent for its need since it ended."""
    instead = Q(replaces=referral) & ~Q(status="cancelled")
    if referral.need_id is not None:
        instead |= Q(need_id=referral.need_id, sent_at__gte=referral.ended_at)
    others = Referral.objects.filter(instead, case_id=referral.case_id)
    return others.exclude(pk=referral.pk).exclude(status="entered-in-error")


def correct(by: Actor, referral: Referral, *, reason_code: str = "", version: int | None = None) -> Referral:
    """Mark as entered in error. While it is open the requester does; once it has ended, two people do.

    For an ended referral the first call (`referral.correct`) asks, the second, by another person in one of the
    second roles, confirms. The status changes with the second.
    """
    if referral.status in lifecycle.ENDED:
        return _with_second_person(by, referral, reason_code=reason_code, version=version)
    given = ("reason_code",) if reason_code else ()
    with taking(by, referral, verb="correct", version=version, given=given):
        referral.reason_code = choices.reason(reason_code, status="entered-in-error")
        referral.ended_at = timezone.now()
        referral.business_status = ""
        needs.left(referral)
    return referral


def may_confirm(by: Actor, referral: Referral) -> bool:
    """Say whether `by` can be the second person: in a second role of this team, and not the one who asked."""
    seated = any(seat.team_id == referral.team_id and seat.role in second_roles() for seat in by.seats)
    return seated and by.kind == "user" and referral.correction_asked_by not in {None, by.id}


def second_roles() -> tuple[str, ...]:
    """Return the roles that confirm a correction."""
    return rule(LINE).second_role


def _with_second_person(by: Actor, referral: Referral, *, reason_code: str, version: int | None) -> Referral:
    confirming = may_confirm(by, referral)
    verb = "referral.corrected" if confirming else "referral.correction_asked"
    with stepping.case_locked(referral.case_id) as case, act(by, verb, referral) as current:
        referral.case = case
        if not confirming:
            _require(by, referral)
        if version not in {None, referral.version} or confirming != may_confirm(by, referral):
            raise Stale
        standing = standing_of(referral)
        step = stepping.find_for(by, referral, standing=standing, verb="correct", side=REQUESTER)
        taken = Taking(by=by, verb="correct", side=REQUESTER, step=step, standing=standing, act=current)
        if confirming:
            with asker.working_as(asker.CORRECTIONS):
                _confirm(referral, taken)
        else:
            _ask(referral, taken, reason_code=reason_code)
    return referral


def _require(by: Actor, referral: Referral) -> None:
    """Raise NotFound or Forbidden unless `by` may ask for the correction of an ended referral."""
    by.require(REACH.view, referral)
    if not may(by, LINE, referral):
        raise Forbidden


def _ask(referral: Referral, taken: Taking, *, reason_code: str) -> None:
    if referral.correction_asked_by is not None:
        raise Conflict("second_person_missing")
    if not reason_code:
        raise Invalid(Fault("/reason_code", "required"))
    referral.correction_reason = choices.reason(reason_code, status="entered-in-error")
    referral.correction_asked_by = person(taken.by)
    referral.save()
    taken.detail = "asked"
    _record_request(referral, taken)
    tell_second_roles(referral.case, "referral.correction_asked", about=referral, line=LINE)


def _record_request(referral: Referral, taken: Taking) -> None:
    """Write the event of a request: nothing has changed yet but that it was asked."""
    taken.step = stepping.unchanged(taken.step)
    stepping.record(referral, taken, source=referral.status)


def _confirm(referral: Referral, taken: Taking) -> None:
    source, before = referral.status, reasons.live_reasons(referral)
    referral.reason_code = referral.correction_reason
    referral.status = taken.step.to
    referral.correction_asked_by, referral.correction_reason = None, ""
    referral.save()
    taken.detail = "confirmed"
    stepping.record(referral, taken, source=source)
    reasons.settle(referral, before=before)
