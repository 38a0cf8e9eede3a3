"""The export of everything that is held on a case, for the person who asked for access: to read, and for a machine.

The one way by which every sealed class of a case leaves at once. So it stands on an open request that another person
recorded or confirmed, asks for the second factor, is told to the officer, and is itself a disclosure: to the person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from audit.acts import act
from audit.models import Entry
from audit.reading import as_reviewer
from backend.cases.changing import check_not_erased
from backend.cases.models import Case, Disclosure
from backend.cases.notify import tell_officer
from backend.errors import Conflict
from backend.reference.lists import codes
from backend.rights.gathering import Table, everything
from backend.rights.models import RightsRequest
from backend.rights.people import People
from backend.rights.reading_text import texts
from backend.rights.requests import ANSWER
from backend.rights.terms import ACCESS
from permissions.actor import Actor
from permissions.scope import Forbidden

VERB: Final = "case.exported"
WHOLE: Final = "case.access_history"
LOOKED: Final = "looked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Everything held, by table; `text` is the same to read, by language."""

    case: str
    made_at: datetime
    held: Mapping[str, Table]
    text: Mapping[str, str]


def export_everything(by: Actor, request: RightsRequest) -> Exported:
    """Return all that is held on the request's case, in one audited act (`case.exported`).

    For the coordinator, who works with content; never for a machine. Raises NotFound, Forbidden, Gone, KeyGone,
    IntegrityFailure, and Conflict: `not_an_access_request`, `already_answered`, `second_person_missing`.
    """
    with act(by, VERB, request, needs=ANSWER) as current:
        if by.kind != "user" or not _coordinates(by, request):
            raise Forbidden
        _check(by, request)
        case = request.case
        check_not_erased(case)
        held = everything(case)
        held[LOOKED] = _looked(case, held)
        current.note(case=case.id, tables=sorted(held), classes=sorted(codes("data_classes")))
        _write_down(case, request)
    made_at = timezone.now()
    return Exported(case=case.code, made_at=made_at, held=held, text=texts(held, made_at=made_at))


def _coordinates(by: Actor, request: RightsRequest) -> bool:
    """Say whether the caller sees whole cases of the team: the officer, who may answer, does not."""
    seats = by.seats_for(WHOLE)
    return any(seat.word(WHOLE) == "yes" and seat.team_id == request.team_id for seat in seats)


def _check(by: Actor, request: RightsRequest) -> None:
    if request.kind != ACCESS:
        raise Conflict("not_an_access_request")
    if request.answer:
        raise Conflict("already_answered")
    others = {request.recorded_by, request.confirmed_by} - {by.id, None}
    if not others:
        raise Conflict("second_person_missing")


def _write_down(case: Case, request: RightsRequest) -> None:
    request.exported_at = timezone.now()
    request.save()
    Disclosure.objects.create(case=case, team_id=case.team_id, data_classes=list(codes("data_classes")))
    tell_officer(case, VERB, about=request)


def _looked(case: Case, held: Mapping[str, Table]) -> Table:
    """Return who did what with the case, newest first: the verb, the moment, role and organisation."""
    people = People(case.team_id)
    ids = [*_ids(held.values()), case.code]
    with as_reviewer():
        entries = Entry.objects.filter(Q(object_id__in=ids), log=case.team_id, outcome="success")
        rows = list(entries.order_by("-at").values_list("at", "verb", "actor_id", "actor_kind"))
    return [
        {"at": at, "verb": verb, "by": people.who(actor if kind != "system" else None)}
        for at, verb, actor, kind in rows
    ]


def _ids(tables: Iterable[Table]) -> list[str]:
    found: dict[str, Any] = {row["id"]: None for rows in tables for row in rows if "id" in row}
    return list(found)
