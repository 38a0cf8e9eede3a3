"""A release as CSV: RFC 4180, UTF-8, one number in each line with everything that is needed to cite it."""

import csv
import io
from typing import Final

from backend.spreadsheets import harmless
from backend.statistics.exports.edition import Edition, Line, lines

MEDIA_TYPE: Final = "text/csv; charset=utf-8"


def written(edition: Edition) -> bytes:
    """Return the file. Comments are no part of CSV, so what is said about the release stands in columns."""
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(Line._fields)
    rows.writerows([_cell(value) for value in line] for line in lines(edition))
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
