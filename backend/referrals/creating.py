"""A new referral: as a draft, or sent at once."""

from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from audit.acts import Act, act
from backend.cases.models import Case
from backend.errors import Conflict, Fault, Invalid
from backend.referrals import notices, reasons, sending, stepping
from backend.referrals.drafting import NEW_TERMS, Terms, fill
from backend.referrals.lifecycle import REQUESTER, Standing
from backend.referrals.models import Referral
from backend.referrals.sides import person
from backend.referrals.stepping import Taking
from permissions.actor import Actor


def create(
    by: Actor, case: Case, *, terms: Terms, requester_id: UUID | None = None, send: bool = False
) -> Referral:
    """Write a referral of `case` for the caller's own organisation (`requester_id` where there are several).

    Raises NotFound for a case that is not visible, Forbidden, Conflict case_not_active, not_next_in_order or
    second_person_missing, and Invalid with the place that is wrong.
    """
    verb = "send" if send else "draft"
    with act(by, f"referral.{stepping.DONE[verb]}", case, needs="case.view_coded") as current:
        referral = _new(by, case, requester_id)
        by.require("referral.create", referral)
        _check_case(case)
        fill(referral, terms)
        sending.keep_basis(referral, terms)
        taken = _taken(by, verb, current, referral)
        if send:
            sending.prepare(referral, consent_id=terms.consent_id, exception_id=terms.safeguarding_basis_id)
        _save(referral, taken)
    return referral


def _new(by: Actor, case: Case, requester_id: UUID | None) -> Referral:
    number = (case.referral_set.aggregate(last=Max("number"))["last"] or 0) + 1
    return Referral(
        case=case,
        team_id=case.team_id,
        code=f"{case.code}-R{number:02}",
        number=number,
        requester_organisation_id=_requester(by, case, requester_id),
        created_by=person(by),
        **NEW_TERMS,
    )


def _requester(by: Actor, case: Case, requester_id: UUID | None) -> UUID:
    mine = by.organisations(team_id=case.team_id)
    if requester_id is None and case.holder_organisation_id in mine:
        return case.holder_organisation_id
    if requester_id is None and len(mine) == 1:
        return next(iter(mine))
    if requester_id is None or requester_id not in mine:
        raise Invalid(Fault("/requester", "not_your_organisation"))
    return requester_id


def _check_case(case: Case) -> None:
    if case.status != "active":
        raise Conflict("case_not_active")


def _taken(by: Actor, verb: str, current: Act, referral: Referral) -> Taking:
    standing = Standing(status="new", now=timezone.now())
    step = stepping.find(standing, verb, REQUESTER)
    stepping.check_input(step, standing, tuple(sending.named(referral)), None)
    return Taking(by=by, verb=verb, side=REQUESTER, step=step, standing=standing, act=current)


def _save(referral: Referral, taken: Taking) -> None:
    referral.status = taken.step.to
    referral.save()
    taken.act.on(referral)
    taken.act.note(case=referral.case_id)
    stepping.record(referral, taken, source="new")
    if taken.verb == "send":
        reasons.settle(referral, before=frozenset())
        notices.tell_others(referral, kind="referral.sent", side=REQUESTER)
        notices.disclosed(referral, notices.PREVIEW)
