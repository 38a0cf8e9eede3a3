"""What changed from one row of a history to the next: pure, from rows as `values()` gives them, never from envelopes.

A sealed field is compared by its counter or by whether it is there, and only said to have changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

Row = Mapping[str, Any]
# The columns of every history row that say who, when and why.
ABOUT: Final = ("history_id", "history_date", "history_user_id", "history_change_reason")
_NOTHING: Final[tuple[object, ...]] = (None, "", [], 0, False)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed. A sealed one says no value."""

    field: str
    was: Any = None
    becomes: Any = None
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a history, with what is different from the row before it. `entry` is the id of its audit entry."""

    id: UUID
    at: datetime
    author: UUID | None
    verb: str
    entry: UUID | None
    kind: str
    fields: tuple[Difference, ...]


def changes(
    rows: Iterable[Row], *, kind: str, plain: Mapping[str, str], sealed: Mapping[str, str] | None = None
) -> Iterator[Change]:
    """Yield what changed in one object; `rows` oldest first. A row in which nothing shown changed is left out.

    `plain` and `sealed` map the name under which a field shows to its column; for a sealed one to the column whose
    value changes with it. The first row is compared with nothing.
    """
    before: Row | None = None
    for row in rows:
        found = (*_plain(before, row, plain), *_sealed(before, row, sealed or {}))
        if found:
            yield change(row, kind=kind, fields=found)
        before = row


def change(row: Row, *, kind: str, fields: tuple[Difference, ...]) -> Change:
    """Return one change, with author, verb and entry as the row tells them."""
    verb, entry = reason(row["history_change_reason"])
    return Change(
        id=row["history_id"],
        at=row["history_date"],
        author=row["history_user_id"],
        verb=verb,
        entry=entry,
        kind=kind,
        fields=fields,
    )


def reason(text: str | None) -> tuple[str, UUID | None]:
    """Read `verb entry-id`, as every history of ours says it; what reads otherwise tells nothing."""
    verb, _, entry = (text or "").partition(" ")
    try:
        return verb, UUID(entry)
    except ValueError:
        return "", None


def _plain(before: Row | None, row: Row, columns: Mapping[str, str]) -> Iterator[Difference]:
    for name, was, becomes in _changed(before, row, columns):
        yield Difference(name, was, becomes)


def _sealed(before: Row | None, row: Row, columns: Mapping[str, str]) -> Iterator[Difference]:
    for name, _was, _becomes in _changed(before, row, columns):
        yield Difference(name, sealed=True)


def _changed(before: Row | None, row: Row, columns: Mapping[str, str]) -> Iterator[tuple[str, Any, Any]]:
    for name, column in columns.items():
        was, becomes = None if before is None else before[column], row[column]
        if was != becomes and not (before is None and becomes in _NOTHING):
            yield name, was, becomes
