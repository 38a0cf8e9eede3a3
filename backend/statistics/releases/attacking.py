"""Attacks a release before it is shown to anybody: with all numbers of the year, for everybody and for each insider.

The Office reads both tiers, everybody else the public one. So a public release is attacked twice: as everybody, who
has the public numbers, and as the Office, who has all.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from typing import Any, Final

from backend.statistics.disclosure.known import equal
from backend.statistics.disclosure.withholding import Outcome, withhold
from backend.statistics.releases.attacked import additions, numbers_of, rests, rules
from backend.statistics.releases.building import Tier
from backend.statistics.releases.cells import SEPARATOR, Atom
from backend.statistics.releases.counts import Counts
from backend.statistics.releases.ladder import Failed
from backend.statistics.releases.tables import TIERS, TOTAL, Plan

Document = Mapping[str, Any]
# Of a table that loses more than this share of its numbers nobody has much.
MOST_WITHHELD: Final = Fraction(1, 2)
# Which tiers a reader of each tier has.
_READS: Mapping[str, tuple[str, ...]] = {"B": TIERS, "C": ("C",)}


class Contradiction(Exception):
    """The facts break a rule that everybody is told, so no attack means anything: they are to be looked at first."""


@dataclass(frozen=True)
class Attacked:
    """Which numbers of the release have to be withheld, by name, and which cells fail all the same."""

    withheld: frozenset[str]
    failed: tuple[Failed, ...]


def attack(document: Document, *, earlier: Sequence[Document], counts: Counts, plan: Plan) -> Attacked:
    """Attack a release as every reader who is to have it, withholding what says too much. Raises Contradiction.

    Withholding leaves each reader with less, so what the first one withheld cannot make the second one fail.
    """
    readers: tuple[Tier, ...] = ("C", "B") if document["tier"] == "C" else ("B",)
    withheld: frozenset[str] = frozenset()
    failed: dict[Failed, None] = {}
    for reader in readers:
        found = _attack(reader, document, withheld=withheld, earlier=earlier, counts=counts, plan=plan)
        withheld |= found.withheld
        failed |= {_failed(cell.name, reader, cell.organisation): None for cell in found.report.cells}
    failed |= {_failed(name, document["tier"]): None for name in _too_many(document, withheld)}
    return Attacked(withheld, tuple(failed))


def _too_many(document: Document, withheld: Collection[str]) -> Iterator[str]:
    """Yield what was withheld of tables that are left with too little: they are to be shown more coarsely."""
    cells = Counter({table["id"]: len(table["cells"]) for table in document["tables"]})
    lost = Counter(_failed(name, document["tier"]).table for name in withheld)
    for name in sorted(withheld):
        table = _failed(name, document["tier"]).table
        if lost[table] > MOST_WITHHELD * cells[table]:
            yield name


def _attack(
    reader: Tier,
    document: Document,
    *,
    withheld: Collection[str],
    earlier: Sequence[Document],
    counts: Counts,
    plan: Plan,
) -> Outcome:
    read = [one for one in earlier if one["tier"] in _READS[reader]]
    numbers = [pair for one in (document, *read) for pair in numbers_of(one, plan)]
    free = {number.name for number, _ in numbers_of(document, plan)} - {*withheld}
    silent = [
        replace(number, low=0, high=inf) if number.name in withheld else number for number, _ in numbers
    ]
    atoms = {atom for _, parts in numbers for atom in parts}
    apart = list(rests(atoms))
    truth = _with_rests({atom.name: counts.sum([atom]).n for atom in atoms}, apart)
    own = {
        side: _with_rests({atom.name: n for atom, n in known.items() if atom in atoms}, apart)
        for side, known in sorted(counts.own.items())
    }
    known = [
        *rules(atoms, plan),
        *(equal([whole.name], [small.name, rest.name]) for small, whole, rest in apart),
        *(one for one in additions(atoms, plan) if one.low <= one.value(truth) <= one.high),
    ]
    try:
        return withhold([*silent, *known], truth, own, reader, free=free)
    except ValueError as error:
        raise Contradiction from error


def _with_rests(counts: Mapping[str, int], apart: Sequence[tuple[Atom, Atom, Atom]]) -> dict[str, int]:
    left = {rest.name: counts.get(whole.name, 0) - counts.get(small.name, 0) for small, whole, rest in apart}
    return {**counts, **left}


def _failed(name: str, reader: Tier, insider: str | None = None) -> Failed:
    """Return which cell a name of the gate's report is: a published number, or one of the finest counts."""
    tier, period, table, row, column, mark = parts = name.split(SEPARATOR)
    if tier in TIERS:
        return Failed(tier, period, table, row, column, mark, insider)
    atom = Atom(*parts)
    place = atom.row or atom.place
    return Failed(reader, atom.period, atom.table, place, atom.column or TOTAL, atom.mark, insider)
