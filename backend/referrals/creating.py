"""A new referral: as a draft, or sent at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.acts import Act, act
from backend.cases.models import Case
from backend.cases.sealed_rows import Facts
from backend.errors import Conflict, Fault, Invalid
from backend.prepared import Prepared
from backend.referrals import notices, reasons, sending, stepping
from backend.referrals.drafting import NEW_TERMS, Terms, fill
from backend.referrals.lifecycle import REQUESTER, Standing
from backend.referrals.models import Referral, ReferralEvent
from backend.referrals.sides import person
from backend.referrals.stepping import Taking
from backend.referrals.tries import Tries, tries_of
from permissions.actor import Actor
from permissions.scope import NotFound, visible_to


@dataclass(frozen=True, slots=True)
class Created:
    """A new referral with what was at hand when it was made: its event, the facts opened for it, and `similar`:
    codes of other open referrals of the case to the same place or service that the caller sees, as a hint."""

    referral: Referral
    event: ReferralEvent
    facts: Facts
    similar: list[str]


def create(
    by: Actor, case: Case, *, terms: Terms, requester_id: UUID | None = None, send: bool = False
) -> Referral:
    """Write a referral of `case` for the caller's own organisation (`requester_id` where there are several).

    Raises NotFound for a case that is not visible, Forbidden, Conflict case_not_active, not_next_in_order or
    second_person_missing, and Invalid with the place that is wrong.
    """
    return create_with_hints(by, {"pk": case.pk}, terms=terms, requester_id=requester_id, send=send).referral


def create_with_hints(
    by: Actor,
    named: Mapping[str, Any],
    *,
    terms: Terms,
    requester_id: UUID | None = None,
    send: bool = False,
) -> Created:
    """Do as `create` for the case that `named` names (`pk` or `code`); return what the answer is made of."""
    verb = "send" if send else "draft"
    name = f"referral.{stepping.DONE[verb]}"
    with transaction.atomic(using="default", savepoint=False), act(by, name) as current:
        case = _locked(by, named)
        tries = tries_of(case.pk, by=by)
        referral = unwritten(by, case, requester_id=requester_id, number=tries.next_number)
        by.require("referral.create", referral)
        if case.status != "active":
            raise Conflict("case_not_active")
        facts = fill(referral, terms, tries=tries)
        sending.keep_basis(referral, terms)
        taken = _taken(by, verb, current, referral)
        if send:
            _prepare(referral, terms, tries)
        event = _save(referral, taken)
    return Created(referral, event, facts, tries.similar(referral))


def _locked(by: Actor, named: Mapping[str, Any]) -> Case:
    """Return the case, locked, in the one query that asks whether `by` sees it."""
    found: Case | None = _CASE.first(by, **named) if named else None
    if found is None:
        raise NotFound
    return found


def _case_to_lock(by: Actor, **named: Any) -> QuerySet[Case]:
    return visible_to(by, Case.objects.select_for_update(of=("self",)).filter(**named), "case.view_coded")


_CASE: Final = Prepared(_case_to_lock)


def unwritten(by: Actor, case: Case, *, requester_id: UUID | None, number: int) -> Referral:
    """Return a referral that says nothing yet. Raises Invalid for an organisation that is not the caller's."""
    return Referral(
        case=case,
        team_id=case.team_id,
        code=f"{case.code}-R{number:02}",
        number=number,
        spoken_name=case.spoken_name,
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


def _taken(by: Actor, verb: str, current: Act, referral: Referral) -> Taking:
    standing = Standing(status="new", now=timezone.now())
    step = stepping.find(standing, verb, side=REQUESTER)
    stepping.check_input(step, standing, given=tuple(sending.named(referral)), report=None)
    return Taking(by=by, verb=verb, side=REQUESTER, step=step, standing=standing, act=current)


def _prepare(referral: Referral, terms: Terms, tries: Tries) -> None:
    sending.prepare(
        referral, tries=tries, consent_id=terms.consent_id, exception_id=terms.safeguarding_basis_id
    )


def _save(referral: Referral, taken: Taking) -> ReferralEvent:
    referral.status = taken.step.to
    referral.save()
    taken.act.on(referral)
    taken.act.note(case=referral.case_id)
    event = stepping.record(referral, taken, source="new")
    if taken.verb == "send":
        reasons.settle(referral, before=frozenset())
        notices.tell_others(referral, kind="referral.sent", side=REQUESTER)
        notices.disclosed(referral, notices.PREVIEW)
    return event
