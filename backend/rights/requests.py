"""Recording a request of the person, and every step until it is answered. Whoever answers never has to see the case."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from audit.acts import Act, act
from backend import asker
from backend.cases.changing import author, refuse
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case, Disclosure
from backend.cases.notify import tell_coordinator, tell_officer, tell_organisation
from backend.errors import Conflict, Fault, Invalid
from backend.reference.working_days import BELGRADE
from backend.rights import terms
from backend.rights.models import RightsRequest
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to

RECORD: Final = "rights_request.record"
ANSWER: Final = "rights_request.answer"


def case_of(by: Actor, named: Q) -> Case:
    """Return the case for which `by` may record a request. Raises NotFound.

    The officer sees no case. Here the officer names one, by what the person or the log says, and is shown nothing.
    """
    with asker.working_as(asker.RIGHTS):
        found = visible_to(by, Case.objects.filter(named), RECORD).first()
    if found is None:
        raise NotFound
    return found


def recorded_for(by: Actor, said: UUID | None, *, team_id: UUID) -> UUID | None:
    """Return for which organisation a request is recorded: the one named, or the only one of the caller.

    None for the officer, who works for none. Raises Invalid when it has to be said.
    """
    own = by.organisations(team_id=team_id)
    _refuse_foreign(by, said, team_id=team_id)
    if said is None and len(own) > 1:
        raise Invalid(Fault("/organisation", "required"))
    return said if said is not None else next(iter(own), None)


def _refuse_foreign(by: Actor, said: UUID | None, *, team_id: UUID) -> None:
    if said is not None and said not in by.organisations(team_id=team_id):
        raise Invalid(Fault("/organisation", "unknown_id"))


def record_request(
    by: Actor, case: Case, *, kind: str, channel: str, received_on: date, organisation_id: UUID | None
) -> RightsRequest:
    """Write a request down; coordinator and officer are told. Raises Forbidden (for a machine, too), Invalid."""
    today = timezone.localdate(timezone=BELGRADE)
    request = RightsRequest(
        case=case,
        team_id=case.team_id,
        kind=kind,
        channel=channel,
        received_on=received_on,
        due_on=received_on,
        recorded_by=author(by),
        recorded_for_id=organisation_id,
    )
    with act(by, "rights_request.recorded", request, needs=RECORD) as current:
        # Whoever records it may be the second person of an export: a machine in somebody's name is none.
        if by.kind == "token":
            raise Forbidden
        refuse(terms.record_faults(kind=kind, channel=channel, received_on=received_on, today=today))
        request.due_on = terms.due_on(received_on)
        _refuse_foreign(by, organisation_id, team_id=case.team_id)
        request.save()
        current.note(case=case.id, kind=kind, channel=channel)
        tell_coordinator(case, "rights_request.recorded", about=request)
        tell_officer(case, "rights_request.recorded", about=request)
    return request


def confirm_request(by: Actor, request: RightsRequest) -> None:
    """Confirm, as another person than the one who recorded it, that the person has asked for this.

    Raises NotFound, Forbidden for a machine and for who recorded it, Conflict `already_confirmed`, `already_answered`.
    """
    with _answering(by, request, "rights_request.confirmed"):
        if request.recorded_by == by.id:
            raise Forbidden
        if request.confirmed_by is not None:
            raise Conflict("already_confirmed")
        request.confirmed_by, request.confirmed_at = by.id, timezone.now()
        request.save()


def prolong_request(by: Actor, request: RightsRequest, *, reason: str) -> None:
    """Take sixty days more, once. Raises NotFound, Forbidden, Conflict `already_prolonged`, `already_answered`."""
    with _answering(by, request, "rights_request.prolonged") as current:
        if reason not in terms.PROLONG_REASONS:
            raise Invalid(Fault("/reason", "unknown_code"))
        if request.prolong_reason:
            raise Conflict("already_prolonged")
        request.prolong_reason, request.prolonged_at = reason, timezone.now()
        request.due_on = terms.due_on(request.received_on, prolonged=True)
        request.overdue_told_at = None
        request.save()
        current.note(reason=reason)


def answer_request(by: Actor, request: RightsRequest, *, answer: str, reason: str = "") -> None:
    """Write the answer down. A granted rectification is told to everybody to whom something was disclosed, by ids.

    Raises NotFound, Forbidden for a machine, Invalid, Conflict: `already_answered`, and `not_erased_yet` where an
    erasure is granted that was not carried out: the person is told what happened, not what is planned.
    """
    with _answering(by, request, "rights_request.answered") as current:
        refuse(terms.answer_faults(answer, reason=reason))
        if request.kind == terms.ERASURE and answer == terms.GRANTED:
            _check_erased(request)
        request.answer, request.answer_reason = answer, reason
        request.answered_by, request.answered_at = by.id, timezone.now()
        request.save()
        current.note(answer=answer, reason=reason)
        if request.kind == terms.RECTIFICATION and answer != terms.REFUSED:
            current.note(told=_tell_recipients(request))


def _check_erased(request: RightsRequest) -> None:
    with asker.working_as(asker.RIGHTS):
        status = Case.objects.values_list("status", flat=True).get(pk=request.case_id)
    if status != ERASED:
        raise Conflict("not_erased_yet")


@contextmanager
def _answering(by: Actor, request: RightsRequest, verb: str) -> Iterator[Act]:
    """Open a step of somebody who may answer, a person, on a request that waits for its answer."""
    with act(by, verb, request, needs=ANSWER) as current:
        if by.kind != "user":
            raise Forbidden
        if request.answer:
            raise Conflict("already_answered")
        current.note(case=request.case_id, kind=request.kind)
        yield current


def _tell_recipients(request: RightsRequest) -> int:
    """Tell each organisation that was given anything of the case, under the referral by which it was given."""
    with asker.working_as(asker.RIGHTS):
        rows = Disclosure.objects.filter(case_id=request.case_id, organisation_id__isnull=False)
        found = dict(rows.order_by("at").values_list("organisation_id", "referral_id"))
        for organisation_id, referral_id in found.items():
            tell_organisation(
                organisation_id,
                team_id=request.team_id,
                kind="rights_request.rectified",
                object_kind="referral" if referral_id else "case",
                object_id=referral_id or request.case_id,
            )
    return len(found)
