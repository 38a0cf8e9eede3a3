"""The frame of every step: lock, ask for the right, check version, state and input, change, write it all down."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import transaction

from audit.acts import Act, act
from backend.cases.models import Case
from backend.errors import Conflict, Fault, Invalid, Stale
from backend.reference.steps import ReferralStep
from backend.referrals import lifecycle, reasons, sides
from backend.referrals.lifecycle import ON_BEHALF, IllegalStep, Standing, WrongSide
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.notices import tell_others
from backend.referrals.reporting import Report
from backend.referrals.standing import standing_of
from permissions.actor import Actor
from permissions.scope import Forbidden

# How the audit names what was done.
DONE: Final[Mapping[str, str]] = {
    "draft": "drafted",
    "send": "sent",
    "edit": "edited",
    "accept": "accepted",
    "reject": "rejected",
    "start": "started",
    "progress": "progressed",
    "hold": "held",
    "resume": "resumed",
    "complete": "completed",
    "fail": "failed",
    "cancel": "cancelled",
    "acknowledge": "acknowledged",
    "ask": "asked",
    "reply": "replied",
    "follow-up": "followed_up",
    "undo": "undone",
    "correct": "corrected",
    "phoned": "phoned",
    "withdraw": "cancelled",
    "lapse": "lapsed",
}
# Steps of which the other side hears nothing.
QUIET: Final = frozenset({"draft", "edit", "phoned"})
# Steps that open content or bring an ended referral back: never on a case that rests or is closed.
OF_AN_ACTIVE_CASE: Final = frozenset({"accept", "undo"})
# A recipient locks a case that it does not see: the request is still unanswered, or only a stub is left.
_LOCKED: Final = "SELECT * FROM spona.locked_case(%s)"
# Where the API's body has the input that a step lacks.
_POINTERS: Final = {"consent_or_basis": "/consent"}


@dataclass(kw_only=True)
class Taking:
    """A step being taken. `detail` goes into the event, whatever else changed into the referral."""

    by: Actor
    verb: str
    side: str
    step: ReferralStep
    standing: Standing
    act: Act
    report: Report | None = None
    detail: str = ""


@contextmanager
def case_locked(case_id: UUID) -> Iterator[Case]:
    """Take steps of one case one after the other: grants, needs and numbers belong to the case, not to a row."""
    with transaction.atomic(using="default", savepoint=False):
        yield Case.objects.raw(_LOCKED, [case_id])[0]


@contextmanager
def taking(
    by: Actor,
    referral: Referral,
    *,
    verb: str,
    version: int | None = None,
    report: Report | None = None,
    given: Collection[str] = (),
    outcome_code: str = "",
    basis_holds: bool | None = None,
) -> Iterator[Taking]:
    """Open the act of one verb on a referral; change the referral inside, and it is saved at the end.

    `given` are the names of the inputs at hand, `version` what the caller believes to change. Refuses in this
    order: NotFound, Forbidden, Stale, Conflict (with the legal verbs), Invalid.
    """
    with case_locked(referral.case_id) as case, act(by, f"referral.{DONE[verb]}", referral) as current:
        referral.case = case
        standing = standing_of(referral, basis_holds=basis_holds)
        side = sides.side_for(by, referral, verb=verb, standing=standing)
        if version is not None and version != referral.version:
            raise Stale
        step = find_for(by, referral, standing=standing, verb=verb, side=side)
        if verb in OF_AN_ACTIVE_CASE and referral.case.status != "active":
            raise Conflict("case_not_active")
        said = replace(standing, outcome_code=outcome_code or standing.outcome_code)
        check_input(step, said, given=given, report=report)
        step_taken = Taking(
            by=by, verb=verb, side=side, step=step, standing=standing, act=current, report=report
        )
        before = reasons.live_reasons(referral)
        yield step_taken
        _write(referral, step_taken, before=before)


def find_for(by: Actor, referral: Referral, *, standing: Standing, verb: str, side: str) -> ReferralStep:
    """Return the step that `by` takes on `side`. Raises Conflict with the verbs that are legal for `by` now."""
    try:
        return find(standing, verb, side=side)
    except Conflict as conflict:
        legal = sides.verbs_for(by, referral, standing=standing, who=sides.sides_of(by, referral))
        raise Conflict(conflict.code, legal=legal) from conflict


def find(standing: Standing, verb: str, *, side: str) -> ReferralStep:
    """Return the step, in the words that the API knows. Raises Forbidden or Conflict."""
    try:
        return lifecycle.find(standing, verb, side=side)
    except WrongSide as wrong:
        raise Forbidden from wrong
    except IllegalStep as illegal:
        raise Conflict("illegal_transition", legal=illegal.legal) from illegal


def check_input(
    step: ReferralStep, standing: Standing, *, given: Collection[str], report: Report | None
) -> None:
    """Raise Invalid with one fault for each input that the step requires and nobody gave."""
    names = {*given, *(("channel_and_reporter",) if report is not None else ())}
    if lacking := lifecycle.missing(step, standing, given=names):
        raise Invalid(*(Fault(_pointer(name), "required") for name in lacking))
    if report is not None and ON_BEHALF not in step.who:
        raise Invalid(Fault("/on_behalf", "not_on_behalf"))


def unchanged(step: ReferralStep) -> ReferralStep:
    """Return the step as one that leaves the status as it is: for what was asked and not yet done."""
    return replace(step, to=step.source)


def _pointer(name: str) -> str:
    return "/on_behalf" if name == "channel_and_reporter" else _POINTERS.get(name, f"/{name}")


def _write(referral: Referral, taken: Taking, *, before: frozenset[str]) -> None:
    source = referral.status
    referral.status = taken.step.to
    referral.save()
    record(referral, taken, source=source)
    reasons.settle(referral, before=before)
    if taken.verb not in QUIET:
        tell_others(referral, kind=f"referral.{DONE[taken.verb]}", side=taken.side)


def record(referral: Referral, taken: Taking, *, source: str) -> ReferralEvent:
    """Add the event, and the codes to the audit entry."""
    report = taken.report
    taken.act.note(side=taken.side, from_status=source, to_status=taken.step.to)
    return ReferralEvent.objects.create(
        case_id=referral.case_id,
        team_id=referral.team_id,
        referral=referral,
        kind=taken.step.kind,
        verb=taken.verb,
        side=taken.side,
        from_status=source,
        to_status=taken.step.to,
        reason_code=referral.reason_code,
        outcome_code=referral.outcome_code,
        detail=taken.detail,
        channel=report.channel if report else "",
        reporter=report.reporter if report else "",
        by_user=sides.person(taken.by),
        by_organisation_id=sides.organisation_of(taken.by, referral, side=taken.side),
    )
