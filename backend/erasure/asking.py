"""Asking for an erasure, confirming it as another person, declining it. Nothing is erased here.

Three steps and at least two people: whoever confirms has neither asked nor will execute.
"""

from typing import Final

from django.db.models import Q, QuerySet

from audit.acts import act
from backend import asker
from backend.cases import lifecycle
from backend.cases.break_glass import database_now
from backend.cases.changing import author, check_not_erased
from backend.cases.models import Case
from backend.cases.models.notifications import COORDINATOR, REVIEWERS
from backend.erasure.cases import locked_for_erasure
from backend.erasure.models import (
    BY_PEOPLE,
    CONFIRM,
    EXECUTE,
    REQUEST,
    RIGHTS_REQUEST,
    Erasure,
    waiting_for_confirmation,
    waiting_for_execution,
)
from backend.erasure.telling import tell_roles
from backend.errors import Conflict, Fault, Invalid
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound, visible_to

KIND: Final = "erasure"


def case_to_erase(by: Actor, named: Q) -> Case:
    """Return the case that `named` finds and `by` may ask to erase; the officer without ever seeing it otherwise.

    Raises NotFound for one out of reach as for none at all.
    """
    seen = visible_to(by, Case.objects.filter(named), REQUEST).first()
    if seen is not None:
        return seen
    teams = {seat.team_id for seat in by.seats_for(REQUEST) if seat.word(REQUEST) == "yes" and seat.team_id}
    with asker.working_as(asker.ERASURES):
        case = Case.objects.filter(named, team_id__in=teams).first()
    if case is None:
        raise NotFound
    return case


def seen(by: Actor) -> QuerySet[Erasure]:
    """Return the erasures that `by` may ask for, confirm or execute: what a line of the policy shows."""
    lines = [
        visible_to(by, Erasure.objects.all(), line)
        for line in (REQUEST, CONFIRM, EXECUTE)
        if by.seats_for(line)
    ]
    shown = Q(pk__in=())
    for rows in lines:
        shown |= Q(pk__in=rows.values("pk"))
    return Erasure.objects.filter(shown)


def request(by: Actor, case: Case, *, reason: str) -> Erasure:
    """Ask for the erasure of `case` (from `case_to_erase`): in any state at the person's wish, else once it is closed.

    Raises Forbidden for a machine, Gone, Invalid unknown_code, Conflict `erasure_waiting`, `rights_request_missing`.
    """
    if by.kind != "user":
        raise Forbidden
    if reason not in BY_PEOPLE:
        raise Invalid(Fault("/reason", "unknown_code"))
    with locked_for_erasure(case.pk) as locked, act(by, "erasure.requested", team=locked.team_id) as current:
        check_step(locked, reason=reason)
        if Erasure.objects.filter(
            waiting_for_confirmation() | waiting_for_execution(), case_id=locked.pk
        ).exists():
            raise Conflict("erasure_waiting")
        row = Erasure(case=locked, team_id=locked.team_id, reason=reason, requested_by=author(by))
        row.requested_at = database_now()
        row.save()
        current.on(row)
        current.note(case=locked.pk, reason=reason)
        tell(row, "erasure.requested", audiences=REVIEWERS)
    return row


def check_step(case: Case, *, reason: str) -> None:
    """Raise Gone or Conflict unless the table of steps lets `case` be erased for `reason` by two people."""
    check_not_erased(case)
    step = lifecycle.step_for("erase", status=case.status)
    given = {"second_person"} | ({RIGHTS_REQUEST} if reason == RIGHTS_REQUEST else set())
    lifecycle.check(step, given=frozenset(given))


def confirm(by: Actor, row: Erasure) -> None:
    """Confirm as the second person, without content.

    Raises NotFound, Forbidden for a machine and for who asked, Conflict `already_confirmed`, `declined`, `lapsed`.
    """
    with act(by, "erasure.confirmed", row, needs=CONFIRM) as current:
        if by.kind != "user" or row.requested_by == by.id:
            raise Forbidden
        if row.confirmed_at is not None:
            raise Conflict("already_confirmed")
        refuse_over(row, waiting=waiting_for_confirmation())
        row.confirmed_by, row.confirmed_at = author(by), database_now()
        row.save()
        current.note(case=row.case_id, reason=row.reason)
        tell(row, "erasure.confirmed", audiences=(COORDINATOR,))


def decline(by: Actor, row: Erasure) -> None:
    """Say no for good, or take back what one asked for oneself. Raises Conflict once it was executed."""
    with act(by, "erasure.declined", row) as current:
        if by.kind != "user" or by.id is None:
            raise Forbidden
        if row.requested_by != by.id:
            by.require(CONFIRM, row)
        refuse_over(row, waiting=waiting_for_confirmation() | waiting_for_execution())
        row.declined_by, row.declined_at = by.id, database_now()
        row.save()
        current.note(case=row.case_id, reason=row.reason)
        tell(row, "erasure.declined", audiences=(COORDINATOR, *REVIEWERS))


def refuse_over(row: Erasure, *, waiting: Q) -> None:
    """Raise Conflict that says why a locked erasure waits for nobody any more."""
    if row.executed_at is not None:
        raise Conflict("already_executed")
    if row.declined_at is not None:
        raise Conflict("declined")
    if not Erasure.objects.filter(waiting, pk=row.pk).exists():
        raise Conflict("lapsed")


def tell(row: Erasure, kind: str, *, audiences: tuple[str, ...]) -> None:
    """Leave a notification about an erasure for each role."""
    tell_roles(*audiences, team_id=row.team_id, kind=kind, object_kind=KIND, object_id=row.pk)
