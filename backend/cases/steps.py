"""The steps of a case from one state to the next, and the plain fields that change without one."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from audit.acts import act
from backend.cases import lifecycle
from backend.cases.changing import check_not_erased, check_open, check_version, refuse
from backend.cases.consents import has_live_consent
from backend.cases.models import Case
from backend.cases.notify import CASE, tell_coordinator, tell_holder, tell_organisation
from backend.cases.safeguarding import has_live_basis
from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import code_exists, entry
from backend.reference.steps import CaseStep
from backend.reference.working_days import BELGRADE
from permissions.actor import Actor

# A case is looked at again within ninety days at the latest.
LATEST_REVIEW: Final = timedelta(days=90)
# Set by the act that is their cause, never given by hand.
MERGED: Final = "merged"
OF_ANOTHER_ACT: Final = frozenset({MERGED, "transferred"})


def edit(
    by: Actor,
    case: Case,
    *,
    urgency: str | None = None,
    review_due: date | None = None,
    version: int | None = None,
) -> None:
    """Change urgency or review date. Raises Stale, Conflict for a closed case, Invalid."""
    with act(by, "case.changed", case, needs="case.edit") as current:
        check_version(case, version)
        check_open(case)
        if urgency is not None:
            _refuse_unknown("urgencies", urgency, at="/urgency")
            case.urgency = urgency
            current.note(urgency=urgency)
        if review_due is not None:
            _refuse_review(review_due)
            case.review_due = review_due
            current.note(review_due=review_due.isoformat())
        case.save()


def triage(
    by: Actor, case: Case, *, outcome: str, eligible: bool = False, version: int | None = None
) -> None:
    """Decide on a proposed case. The outcome says whether it becomes active or is closed, and with which
    reason.
    """
    _refuse_unknown("triage_outcomes", outcome, at="/triage_outcome")
    result = entry("triage_outcomes", outcome).attributes
    with act(by, "case.triaged", case, needs="case.triage", outcome=outcome):
        step = _step(case, "triage", version, to=result["case_status"])
        given = {"triage_outcome", "closure_reason"} | ({"eligibility"} if eligible else set())
        lifecycle.check(step, given=frozenset(given) | _basis(case))
        case.triage_outcome = outcome
        _move(case, step.to, closure_reason=result["closure_reason"])
        tell_holder(case, "case.triaged")


def hold(by: Actor, case: Case, *, review_due: date, version: int | None = None) -> None:
    """Put an active case on hold until `review_due`."""
    with act(by, "case.held", case, needs="case.edit", review_due=review_due.isoformat()):
        step = _step(case, "hold", version)
        _refuse_review(review_due)
        lifecycle.check(step, given=frozenset({"review_due"}))
        case.review_due = review_due
        _move(case, step.to)


def resume(by: Actor, case: Case, *, version: int | None = None) -> None:
    """Take a case up again. Raises Conflict `consent_missing` when no consent and no exception holds."""
    with act(by, "case.resumed", case, needs="case.edit"):
        step = _step(case, "resume", version)
        lifecycle.check(step, given=_basis(case))
        _move(case, step.to)


def reopen(by: Actor, case: Case, *, version: int | None = None) -> None:
    """Open a closed case again; the consent must have been renewed before."""
    with act(by, "case.reopened", case, needs="case.reopen"):
        step = _step(case, "reopen", version)
        if case.closure_reason == MERGED:
            raise Conflict("case_merged", legal=())
        given = frozenset({"consent"}) if has_live_consent(case) else frozenset[str]()
        lifecycle.check(step, given=given)
        _move(case, step.to)
        tell_holder(case, "case.reopened")


def put_closed(
    case: Case, *, closure_reason: str, has_open_referral: bool, version: int | None = None
) -> None:
    """Close a case inside a running act that has locked it and asked for `case.close`.

    The referrals are known a floor above: `backend.referrals.closing` says whether one is open. Raises
    Conflict `illegal_transition` or `open_referrals`, Invalid for a reason that does not fit.
    """
    step = _step(case, "close", version)
    given = {"closure_reason"} | (set() if has_open_referral else {"no_open_referral"})
    lifecycle.check(step, given=frozenset(given))
    refuse(_reason_faults(closure_reason, status=case.status))
    _move(case, step.to, closure_reason=closure_reason)
    tell_holder(case, "case.closed")
    tell_coordinator(case, "case.closed")


def put_merged(case: Case, *, into: Case) -> None:
    """Close the case that goes, inside the act that joins it to the one that stays, and tell who worked on it."""
    case.merged_into = into.pk
    _move(case, lifecycle.CLOSED, closure_reason=MERGED)
    for organisation_id in sorted({case.holder_organisation_id, case.opened_by_organisation_id}):
        tell_organisation(
            organisation_id, team_id=case.team_id, kind="case.merged", object_kind=CASE, object_id=case.id
        )


def _reason_faults(reason: str, *, status: str) -> list[Fault]:
    if not code_exists("closure_reasons", reason):
        return [Fault("/closure_reason", "unknown_code")]
    fits = status in entry("closure_reasons", reason).values("allowed_from") and reason not in OF_ANOTHER_ACT
    return [] if fits else [Fault("/closure_reason", "not_from_this_status")]


def _step(case: Case, verb: str, version: int | None, *, to: str | None = None) -> CaseStep:
    check_not_erased(case)
    check_version(case, version)
    return lifecycle.step_for(verb, status=case.status, to=to)


def _basis(case: Case) -> frozenset[str]:
    """Return what carries the case now: `consent`, `consent_or_basis`, or nothing."""
    if has_live_consent(case):
        return frozenset({"consent"})
    return frozenset({"consent_or_basis"}) if has_live_basis(case) else frozenset()


def _move(case: Case, status: str, *, closure_reason: str = "") -> None:
    case.status = status
    case.closure_reason = closure_reason
    case.closed_on = _today() if status == lifecycle.CLOSED else None
    case.save()


def _today() -> date:
    return timezone.localdate(timezone=BELGRADE)


def _refuse_review(day: date) -> None:
    if day < _today():
        raise Invalid(Fault("/review_due", "in_the_past"))
    if day > _today() + LATEST_REVIEW:
        raise Invalid(Fault("/review_due", "too_late"))


def _refuse_unknown(name: str, code: str, *, at: str) -> None:
    if not code_exists(name, code):
        raise Invalid(Fault(at, "unknown_code"))
