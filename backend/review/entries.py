"""Reading the audit: entries of the teams one reviews, each held against its own bytes, and each reading recorded."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

import orjson
from django.conf import settings
from django.db.models import Q, QuerySet

from audit import recorder
from audit.models import Entry
from audit.reading import as_reviewer
from backend.review.models import AuditEntry
from backend.review.objects import codes_of, named_in
from permissions.actor import Actor
from permissions.scope import visible_to

VIEW: Final = "audit.view"
CASE: Final = "case"
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)
T = TypeVar("T")


def entries(by: Actor) -> QuerySet[AuditEntry]:
    """Return the entries of the teams that `by` reviews; to be asked inside `as_reviewer` only."""
    return visible_to(by, AuditEntry.objects.all(), VIEW)


def reviewing(ask: Callable[[], T]) -> T:
    """Return what `ask` finds as the reviewer."""
    with as_reviewer():
        return ask()


def about_case(by: Actor, named: Q) -> Q:
    """Return the condition that an entry tells of one case of the teams that `by` reviews, or of what hangs on it."""
    teams = {seat.team_id for seat in by.seats_for(VIEW) if seat.team_id}
    return Q(object_id__in=named_in(named, teams=teams))


def shown(rows: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return entries as they are shown: `genuine` says whether columns, bytes and MAC agree; if not, no facts."""
    opened = [(row, row.is_genuine(settings.SPONA_AUDIT_KEY)) for row in rows]
    cases = [row.object_id for row, genuine in opened if genuine and row.object_kind == CASE]
    codes = codes_of(cases, teams={row.log for row in rows})
    return [_shown(row, genuine=genuine, codes=codes) for row, genuine in opened]


def _shown(row: Entry, *, genuine: bool, codes: Mapping[str, str]) -> dict[str, Any]:
    said = orjson.loads(bytes(row.body)) if genuine else {}
    columns = {name: getattr(row, name) for name in Entry.SHOWN}
    extra = {name: said.get(name) for name in ("route", "method")}
    return {
        **columns,
        **extra,
        "object_ids": said.get("object_ids", []),
        "facts": said.get("facts", {}),
        "case_code": codes.get(row.object_id) if genuine else None,
        "genuine": genuine,
    }


def record_list(by: Actor, verb: str, rows: Iterable[Mapping[str, Any]], *, given: Sequence[str]) -> None:
    """Write down which entries were shown, in the log of each team that is reviewed, and how many were false."""
    said = list(rows)
    ids: dict[UUID | None, list[UUID]] = {seat.team_id: [] for seat in by.seats_for(VIEW) if seat.team_id}
    for row in said:
        ids.setdefault(row["log"], []).append(row["id"])
    false = sum(not row["genuine"] for row in said)
    recorder.record_list(by, verb, kind="auditentry", ids_by_team=ids, filters=list(given), not_genuine=false)


def moment(text: str) -> datetime:
    """Return a moment with its offset. Raises ValueError for anything else."""
    if not _MOMENT.fullmatch(text):
        raise ValueError("A moment reads 2026-11-22T09:30:00Z, or ends with how far it is from UTC.")
    return datetime.fromisoformat(text)
