"""Reads what was published of each quarter. Open to everybody, so it touches no other table."""

from collections.abc import Mapping
from typing import Any

from backend.statistics.models import TransparencyReport
from backend.statistics.transparency import words

notes = words.notes


def published_quarters() -> list[Mapping[str, Any]]:
    """Return what was published of each counted quarter, the newest first, with its name as `quarter`."""
    rows = TransparencyReport.objects.order_by("-quarter").values_list("quarter", "said")
    return [{"quarter": quarter, **said} for quarter, said in rows]


def pages() -> list[words.Page]:
    """Return the page about them in three languages."""
    return words.pages([(str(said["quarter"]), said) for said in published_quarters()])
