"""What one who attacks a release has: every number of it and of the earlier ones, and the rules that all know. Pure.

Releases of other years count other facts, so only those of the same year are needed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from backend.statistics.disclosure.known import Number, equal, part, published
from backend.statistics.disclosure.masks import Shown
from backend.statistics.facts.marks import PARTS
from backend.statistics.releases import periods
from backend.statistics.releases.cells import Atom, cells_of, name_of, scope_of
from backend.statistics.releases.tables import CASE, Plan, Table

_WHOLES: Final[Mapping[str, tuple[str, ...]]] = {
    small: tuple(whole for one, whole in PARTS if one == small) for small, _ in PARTS
}


def numbers_of(document: Mapping[str, Any], plan: Plan) -> Iterator[tuple[Number, tuple[Atom, ...]]]:
    """Yield every published count of a release, with the finest counts whose sum it is."""
    scope, tier = scope_of(document), document["tier"]
    for said in document["tables"]:
        shown = {
            (one["row"], one["column"], one["mark"]): Shown(one["n"], one["mask"]) for one in said["cells"]
        }
        for cell in cells_of(plan.table(said["id"]), scope, said["level"]["geography"]):
            name = name_of(tier, document["period"], said["id"], cell)
            names = (atom.name for atom in cell.atoms)
            yield published(name, names, shown[cell.row, cell.column, cell.mark], tier), cell.atoms


def rules(atoms: Collection[Atom], plan: Plan) -> Iterator[Number]:
    """Yield what everybody knows of these counts before any is published."""
    there = frozenset(atoms)
    for atom in sorted(there):
        yield from _parts(atom, there)
        table = plan.table(atom.table)
        yield from _sums(atom, table, there)
        yield from _within(atom, table, there)
        if CASE in table.kinds and atom.mark in table.grows:
            yield from _grows(atom, there)
    for group in plan.same:
        yield from _same(group, there, plan)


def _parts(atom: Atom, there: Collection[Atom]) -> Iterator[Number]:
    for whole in (atom._replace(mark=mark) for mark in _WHOLES.get(atom.mark, ())):
        if whole in there:
            yield part([atom.name], [whole.name])


def rests(atoms: Collection[Atom]) -> Iterator[tuple[Atom, Atom, Atom]]:
    """Yield each count with one that it is a part of, and with the rest: a count that nobody publishes, and that is
    attacked like the others. Who was referred without a consent is such a rest.
    """
    there = frozenset(atoms)
    for small in sorted(there):
        for whole in (small._replace(mark=mark) for mark in _WHOLES.get(small.mark, ())):
            if whole in there:
                yield small, whole, whole._replace(mark=f"{whole.mark}-{small.mark}")


def additions(atoms: Collection[Atom], plan: Plan) -> Iterator[Number]:
    """Yield that a longer period counts what its parts count, and nobody twice: as a rule, so somebody may know it
    where it holds.
    """
    there = frozenset(atoms)
    for atom in sorted(one for one in there if one.mark in plan.table(one.table).adds):
        period = periods.parse(atom.period)
        for kind in periods.KINDS[: periods.KINDS.index(period.kind)]:
            shorter = [atom._replace(period=str(one)) for one in period.parts(kind)]
            if all(one in there for one in shorter):
                yield equal([atom.name], [one.name for one in shorter])


def _within(atom: Atom, table: Table, there: Collection[Atom]) -> Iterator[Number]:
    for row in table.within.get(atom.mark, ()):
        apart = [atom._replace(mark=mark) for mark in row]
        if all(one in there for one in apart):
            yield part([one.name for one in apart], [atom.name])


def _sums(atom: Atom, table: Table, there: Collection[Atom]) -> Iterator[Number]:
    for row in table.sums.get(atom.mark, ()):
        made = [atom._replace(mark=mark) for mark in row]
        if all(one in there for one in made):
            yield equal([atom.name], [one.name for one in made])


def _grows(atom: Atom, there: Collection[Atom]) -> Iterator[Number]:
    """Yield that whoever counts in a quarter counts in the year, and that nobody else does."""
    period = periods.parse(atom.period)
    at = periods.KINDS.index(period.kind)
    for kind in periods.KINDS[at + 1 :]:
        longer = atom._replace(period=str(period.within(kind)))
        if longer in there:
            yield part([atom.name], [longer.name])
    for kind in periods.KINDS[:at]:
        shorter = [atom._replace(period=str(one)) for one in period.parts(kind)]
        if all(one in there for one in shorter):
            yield part([atom.name], [one.name for one in shorter])


def _same(group: Iterable[tuple[str, str]], there: Iterable[Atom], plan: Plan) -> Iterator[Number]:
    """Yield that these marks count the same facts: in each team, or in the country where a table knows no teams."""
    by_place: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = set(group)
    everywhere = not all(plan.table(table).of_teams for table, _ in wanted)
    for atom in sorted(one for one in there if (one.table, one.mark) in wanted):
        place = "" if everywhere else atom.place
        by_place[atom.period, place][atom.table].append(atom.name)
    for tables in by_place.values():
        for one, other in pairwise(tables.values()):
            yield equal(one, other)
