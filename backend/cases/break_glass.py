"""Break-glass: asking to look at a case of the own team, its second person, and its early end.

A look opens every class of one case for an hour, to be read and never to be changed. It goes with one person, not
with an organisation; `permissions.scope` lets it through for reading alone, by the database's clock.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now

from audit.acts import act
from backend import asker
from backend.cases.changing import author, check_not_erased, refuse
from backend.cases.lifecycle import ERASED
from backend.cases.models import BreakGlass, Case, LookText
from backend.cases.models.looks import LASTS, live_look, waiting
from backend.cases.notify import tell_watchers
from backend.cases.texts import screened
from backend.encryption import vault
from backend.errors import Conflict, Fault
from backend.reference.lists import code_exists
from backend.teams.models import User
from permissions import roles
from permissions.actor import Actor
from permissions.scope import BREAK_GLASS, Forbidden, NotFound, spared, visible_to

LABEL: Final = "breakglass.text"
SHORTEST: Final = 20
LONGEST: Final = 1000
FLOOR: Final = 1024
# So many without a second person, in so long a time, over all teams.
ALONE: Final = 3
MONTH: Final = timedelta(days=30)
REVIEW_WITHIN: Final = timedelta(hours=72)


def case_to_open(by: Actor, named: Q) -> Case:
    """Return the case of the own team that `named` finds, whether `by` sees it or not: the one place that looks so far.

    Raises NotFound for one of another team as for none at all, Forbidden to who sees it and may not ask.
    """
    teams = {seat.team_id for seat in by.seats_for(BREAK_GLASS) if seat.team_id}
    with asker.working_as(asker.BREAK_GLASS):
        rows = spared(by, Case.objects.filter(named, team_id__in=teams))
        case = rows.first() if by.kind == "user" else None
    if case is not None and case.status != ERASED:
        return case
    seen = visible_to(by, Case.objects.filter(named), "case.view_coded").first()
    if seen is None:
        raise NotFound
    check_not_erased(seen)
    raise Forbidden


def request(by: Actor, case: Case, *, reason: str, text: str) -> BreakGlass:
    """Start a look at `case` (from `case_to_open`), or from the fourth in a month on leave it to a second person.

    Coordinator, lead and officer are told in the same transaction. Raises Invalid (unknown_code, required,
    min_length, max_length, identifier_found), Conflict `look_open` or `look_waiting`.
    """
    person = User.objects.get(pk=author(by))
    with act(by, "breakglass.requested", person, team=case.team_id, case=case.id, reason=reason) as current:
        refuse(_faults(reason, text))
        made = _made(case, person.pk)
        _refuse_again(made)
        now = database_now()
        row = _new(case, person, reason=reason, now=now)
        row.needs_second = made["alone"] >= ALONE
        written = screened(text, at="/text", limit=LONGEST)
        if not row.needs_second:
            _start(row, now)
        row.save()
        _write(row, written)
        _say_who_looks(row, person)
        current.on(row)
        current.note(started=not row.needs_second)
        _tell(case, row)
        return row


def _faults(reason: str, text: str) -> Iterator[Fault]:
    if not code_exists("breakglass_reasons", reason):
        yield Fault("/reason", "unknown_code")
    if len(text.strip()) < SHORTEST:
        yield Fault("/text", "min_length")


def _refuse_again(made: Mapping[str, int]) -> None:
    """Raise Conflict when the person looks at the case already, or waits to."""
    if made["open"]:
        raise Conflict("look_open")
    if made["waiting"]:
        raise Conflict("look_waiting")


def _made(case: Case, person_id: UUID) -> dict[str, int]:
    """Count the looks of a person, whose row is locked: those at this case, and those of a month on their own word."""
    here = Q(case_id=case.id)
    lately = Q(needs_second=False, requested_at__gt=Now() - MONTH)
    return BreakGlass.objects.filter(person_id=person_id).aggregate(
        open=Count("pk", filter=here & live_look()),
        waiting=Count("pk", filter=here & waiting()),
        alone=Count("pk", filter=lately),
    )


def _new(case: Case, person: User, *, reason: str, now: datetime) -> BreakGlass:
    return BreakGlass(case=case, team_id=case.team_id, person_id=person.pk, reason=reason, requested_at=now)


def _write(row: BreakGlass, text: str) -> None:
    kept = LookText(look=row, case=row.case, team_id=row.team_id, person_id=row.person_id)
    kept.envelope = vault.seal_for(
        owner_id=row.case_id, record_id=kept.id, label=LABEL, revision=1, value=text, floor=FLOOR
    )
    kept.save()


def _start(row: BreakGlass, now: datetime) -> None:
    row.starts_at, row.ends_at, row.review_due_at = now, now + LASTS, now + REVIEW_WITHIN


def _say_who_looks(row: BreakGlass, person: User) -> None:
    """Leave the hint with the account by which its requests know that there may be a look."""
    if row.ends_at is not None:
        person.looks_until = max(filter(None, (person.looks_until, row.ends_at)))
        person.save()


def _tell(case: Case, row: BreakGlass) -> None:
    kind = "breakglass.requested" if row.starts_at is None else "breakglass.started"
    tell_watchers(case, kind, about=row)


def database_now() -> datetime:
    """Return the moment of the running statement, by the clock that ends the look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone() or (None,)
    if not isinstance(now, datetime):
        raise TypeError("The database did not say what time it is.")
    return now


def to_confirm(by: Actor) -> QuerySet[BreakGlass]:
    """Return the requests of others which `by` may confirm, in the teams where the table makes them second person."""
    second = roles.rule(BREAK_GLASS).second_role
    teams = {seat.team_id for seat in by.seats if seat.role in second and seat.team_id}
    rows = BreakGlass.objects.filter(team_id__in=teams, needs_second=True).exclude(person_id=author(by))
    return spared(by, rows)


def confirm(by: Actor, row: BreakGlass) -> None:
    """Let a waiting look start now, as its second person.

    Raises NotFound unless the caller may be asked (see `to_confirm`), Conflict `already_confirmed` or `lapsed`.
    """
    with act(by, "breakglass.confirmed", row) as current:
        if by.kind != "user" or not to_confirm(by).filter(pk=row.pk).exists():
            raise NotFound
        if row.confirmed_by is not None:
            raise Conflict("already_confirmed")
        if not BreakGlass.objects.filter(waiting(), pk=row.pk).exists():
            raise Conflict("lapsed")
        row.confirmed_by, row.confirmed_at = by.id, database_now()
        _start(row, row.confirmed_at)
        row.save()
        _say_who_looks(row, User.objects.select_for_update().get(pk=row.person_id))
        current.note(case=row.case_id, reason=row.reason)
        with asker.working_as(asker.BREAK_GLASS):
            _tell(row.case, row)


def end(by: Actor, row: BreakGlass) -> None:
    """End the own look, or take back the own request, before its time. Raises NotFound, Conflict `look_over`."""
    with act(by, "breakglass.ended", row) as current:
        if by.id is None or row.person_id != by.id:
            raise NotFound
        if not BreakGlass.objects.filter(live_look() | waiting(), pk=row.pk).exists():
            raise Conflict("look_over")
        row.ended_at = database_now()
        row.save()
        current.note(case=row.case_id)
