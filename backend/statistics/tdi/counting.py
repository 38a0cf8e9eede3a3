"""Counts the facts of the TDI-shaped tables of a year as the role that reads facts, and has them protected."""

from collections.abc import Collection
from typing import Any, Final

from backend.statistics.disclosure.masks import Tier
from backend.statistics.facts.model import TDI
from backend.statistics.releases.counting import as_counter
from backend.statistics.releases.counts import KEYS
from backend.statistics.tdi.protecting import Counted, protected
from backend.statistics.tdi.rows import Cell

_COUNT: Final = f"""
    SELECT table_code, row_code, column_code, sum(amount)::int, (sum(record_key) %% {KEYS})::int
    FROM statistics.fact WHERE kind = %s AND quarter = ANY (%s) GROUP BY 1, 2, 3
"""  # noqa: S608 - a number of ours


def counted(quarters: Collection[str]) -> dict[Cell, Counted]:
    """Return the exact count and key of every cell in which anybody stands. Never to be shown."""
    with as_counter() as cursor:
        cursor.execute(_COUNT, [TDI, list(quarters)])
        return {Cell(*at): Counted(n, key) for *at, n, key in cursor}


def tables(quarters: Collection[str], tier: Tier) -> dict[str, Any] | None:
    """Return the part of a document for these quarters, protected and attacked; None where nobody stands."""
    found = counted(quarters)
    return protected(found, tier) if found else None
