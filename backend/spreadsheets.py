"""What every file for a spreadsheet needs: texts that it does not calculate, and few rows. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from backend.errors import Conflict

# More need a second person, and there is no way to ask one yet.
MOST: Final = 20
_CALCULATES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a text as a cell may hold it: what a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_CALCULATES) else text


def check_size(rows: Sequence[object]) -> None:
    """Raise Conflict `export_too_large` for more rows than one person takes out alone."""
    if len(rows) > MOST:
        raise Conflict("export_too_large")


def as_csv(rows: Iterable[Mapping[str, Any]], *, columns: Sequence[str], last: str = "") -> str:
    """Return the rows with a head, as RFC 4180 says; `last` is a line of its own below them."""
    out = io.StringIO()
    lines = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    lines.writerow(columns)
    lines.writerows([cell(row[name]) for name in columns] for row in rows)
    if last:
        lines.writerow([last, *[""] * (len(columns) - 1)])
    return out.getvalue()


def cell(value: object) -> str:
    """Return a value as text. What a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return harmless(str(value))
