"""Makes the document of a release out of counts: perturbed, masked, with shares and medians. Pure.

The same counts give the same document, byte for byte (RFC 8785). A share is worked out from two published numbers, so
it tells nothing that they do not; a median stands only where ten or more waited, in whole days.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import rfc8785

from backend.statistics.disclosure import masks, ptable
from backend.statistics.disclosure.masks import Shown
from backend.statistics.indicators import kaplan_meier
from backend.statistics.releases.cells import Atom, Cell, Scope, cells_of, name_of
from backend.statistics.releases.counts import Counts
from backend.statistics.releases.tables import Plan, Table

Tier = Literal["B", "C"]
LEAST_DENOMINATOR: Final[Mapping[str, int]] = {"B": 20, "C": 50}
# From what published number on a median stands: then ten or more waited, and whether it stands tells nothing besides.
LEAST_SHOWN: Final[Mapping[str, int]] = {"B": 13, "C": 10}
# At what level a table stands that is not in the release: it waits for a longer period.
WITHHELD: Final = ""
_RULES: Final = {
    "B": "perturbed by cell key; below 5 shown as 0-4",
    "C": "perturbed by cell key; below 10 hidden, else rounded to 5",
}


@dataclass(frozen=True)
class Made:
    """What other rooms make: exact counts without persons; and TDI-shaped tables, protected and attacked there."""

    counts: tuple[Mapping[str, Any], ...] = ()
    tallies: tuple[Mapping[str, Any], ...] = ()
    tdi: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Draft:
    """All that decides what a release says."""

    plan: Plan
    tier: Tier
    scope: Scope
    levels: Mapping[str, str]
    counts: Counts
    made: Made = field(default_factory=Made)
    # Numbers that say too much, by name.
    withheld: frozenset[str] = frozenset()


def document(draft: Draft) -> dict[str, Any]:
    """Return the document, as it is stored and exported."""
    tables = [one for one in draft.plan.tables if draft.levels.get(one.id, WITHHELD) != WITHHELD]
    shown = {table.id: _shown(draft, table) for table in tables}
    return {
        "tier": draft.tier,
        "period": str(draft.scope.period),
        "plan": draft.plan.version,
        "scope": draft.scope.as_json(),
        "tables": [_table(draft, table, shown[table.id]) for table in tables],
        "rates": [one for table in tables for one in _rates(draft.tier, table, shown[table.id])],
        "medians": [one for table in tables for one in _medians(draft, table, shown[table.id])],
        "counts": [dict(one) for one in draft.made.counts],
        "tallies": [dict(one) for one in draft.made.tallies],
        **({"tdi": dict(draft.made.tdi)} if draft.made.tdi else {}),
        "method": {
            "mask": _RULES[draft.tier],
            "ptable": ptable.ours().sha256,
            "least_denominator": LEAST_DENOMINATOR[draft.tier],
            "least_median": LEAST_SHOWN[draft.tier],
        },
        "notes": list(_notes(draft)),
    }


def canonical(document: Mapping[str, Any]) -> bytes:
    """Return the bytes that are hashed and compared: RFC 8785."""
    return rfc8785.dumps(dict(document))


def _shown(draft: Draft, table: Table) -> list[tuple[Cell, Shown]]:
    cells = cells_of(table, draft.scope, draft.levels[table.id])
    return [(cell, _said(draft, table, cell)) for cell in cells]


def _said(draft: Draft, table: Table, cell: Cell) -> Shown:
    if name_of(draft.tier, str(draft.scope.period), table.id, cell) in draft.withheld:
        return Shown(None, masks.WITHHELD)
    return masks.shown(*draft.counts.sum(cell.atoms), draft.tier)


def _table(draft: Draft, table: Table, shown: Iterable[tuple[Cell, Shown]]) -> dict[str, Any]:
    kind = draft.scope.period.kind
    return {
        "id": table.id,
        "label": dict(table.label),
        "caveat": dict(table.caveat),
        "level": {"geography": draft.levels[table.id], "period": kind},
        "fact": ";".join(table.fact_kinds(kind)),
        "rows": table.rows,
        "columns": table.columns,
        "cells": [
            {"row": cell.row, "column": cell.column, "mark": cell.mark, "n": one.n, "mask": one.mask}
            for cell, one in shown
        ],
    }


def _rates(tier: Tier, table: Table, shown: Iterable[tuple[Cell, Shown]]) -> Iterator[dict[str, Any]]:
    """Yield each share whose both numbers are published, in per cent; noise may carry one over the whole."""
    by_mark = {(cell.row, cell.column, cell.mark): one.n for cell, one in shown}
    for (row, column, mark), whole in by_mark.items():
        for rate in (one for one in table.rates if one.denominator == mark):
            part = by_mark.get((row, column, rate.numerator))
            if part is None or whole is None or whole < LEAST_DENOMINATOR[tier]:
                continue
            value = min(100, (200 * part + whole) // (2 * whole))
            yield {
                "id": rate.id, "table": table.id, "row": row, "column": column,
                "numerator": part, "denominator": whole, "value": value, "unit": "per cent",
            }  # fmt: skip


def _medians(draft: Draft, table: Table, shown: Iterable[tuple[Cell, Shown]]) -> Iterator[dict[str, Any]]:
    by_mark = {mark: name for name, mark in table.medians.items()}
    for cell, one in ((cell, one) for cell, one in shown if cell.mark in by_mark):
        waits = draft.counts.waits_of([*cell.atoms, *_still(draft, table, cell)])
        known = one.n is not None and one.n >= LEAST_SHOWN[draft.tier]
        yield {
            "id": by_mark[cell.mark], "table": table.id, "row": cell.row, "column": cell.column,
            "n": one.n, "mask": one.mask, "unit": "days",
            "value": kaplan_meier.median(waits, least=0) if known else None,
        }  # fmt: skip


def _still(draft: Draft, table: Table, cell: Cell) -> Iterator[Atom]:
    """Yield under what those stand who still waited when the period was over."""
    if cell.mark in table.still:
        last = draft.scope.period.quarters[-1]
        yield from (one._replace(mark=table.still[cell.mark]) for one in cell.atoms if one.period == last)


def _notes(draft: Draft) -> Iterator[dict[str, str]]:
    """Yield which tables of the plan are not here, though their period has come."""
    for table in draft.plan.tables:
        if draft.tier not in table.tiers or not table.marks_of(draft.scope.period.kind):
            continue
        if not table.of_teams and not draft.scope.complete:
            yield {"table": table.id, "note": "incomplete"}
        elif draft.levels.get(table.id, WITHHELD) == WITHHELD:
            yield {"table": table.id, "note": "withheld"}
