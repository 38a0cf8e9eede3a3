"""Entries as a file for a spreadsheet: plain columns, at most 20 rows, nothing that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from backend.errors import Conflict

# More need a second person, and there is no way to ask one yet.
MOST: Final = 20
COLUMNS: Final = (
    "id", "log", "at", "actor_id", "actor_kind", "acting_for", "verb", "object_kind", "object_id", "case_code",
    "outcome", "code", "request_id", "genuine",
)  # fmt: skip
_CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def check_size(rows: Sequence[object]) -> None:
    """Raise Conflict `export_too_large` for more rows than one person takes out alone."""
    if len(rows) > MOST:
        raise Conflict("export_too_large")


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the rows with a head, as RFC 4180 says."""
    out = io.StringIO()
    lines = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    lines.writerows([cell(row[name]) for name in COLUMNS] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    """Return a value as text. What a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    text = str(value)
    return f"'{text}" if text.startswith(_CALCULATES) else text
