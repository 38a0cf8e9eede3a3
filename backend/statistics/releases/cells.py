"""Which cells a table has at a level, and of which finest counts each is the sum. Pure.

Both sides go by this page: what builds a release adds the counts up, and what attacks it says which unknowns a
published number is the sum of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, NamedTuple

from backend.statistics.releases import periods
from backend.statistics.releases.periods import Period
from backend.statistics.releases.tables import (
    DIMENSIONS,
    GROUP,
    NATION,
    NATIONAL,
    TEAM,
    TOTAL,
    UNSTATED,
    Table,
)

SEPARATOR: Final = "|"


class Atom(NamedTuple):
    """One of the finest counts: `place` is a team's short name or `nation`; row and column are empty where unstated."""

    table: str
    period: str
    place: str
    row: str
    column: str
    mark: str

    @property
    def name(self) -> str:
        return SEPARATOR.join(self)


class Cell(NamedTuple):
    """One cell of a table as it is published, and the counts whose sum it is."""

    row: str
    column: str
    mark: str
    atoms: tuple[Atom, ...]


@dataclass(frozen=True)
class Scope:
    """Of which period and teams a release is; all by short name. `complete`: nobody's quarter is missing."""

    period: Period
    teams: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    not_included: tuple[str, ...] = ()
    complete: bool = True

    def places(self, geography: str) -> Mapping[str, tuple[str, ...]]:
        """Return the places at a level, each with its teams; none at the level of the nation."""
        if geography == TEAM:
            return {team: (team,) for team in self.teams}
        return self.groups if geography == GROUP else {}

    def as_json(self) -> dict[str, Any]:
        groups = {name: list(teams) for name, teams in self.groups.items()}
        return {
            "teams": list(self.teams),
            "groups": groups,
            "not_included": list(self.not_included),
            "complete": self.complete,
        }


def scope_of(document: Mapping[str, Any]) -> Scope:
    """Return the scope that a release says of itself."""
    said = document["scope"]
    groups = {name: tuple(teams) for name, teams in said["groups"].items()}
    return Scope(
        periods.parse(document["period"]),
        tuple(said["teams"]),
        groups,
        tuple(said["not_included"]),
        said["complete"],
    )


def cells_of(table: Table, scope: Scope, geography: str) -> Iterator[Cell]:
    """Yield every cell of the table, totals included, whether anybody is counted there or not."""
    kind = scope.period.kind
    when = tuple(str(one) for one in scope.period.parts(table.grain(kind)))
    marks = table.marks_of(kind)
    for (row, places, rows), (column, columns), mark in product(
        _rows(table, scope, geography), _columns(table), marks
    ):
        atoms = (Atom(table.id, *at, mark) for at in product(when, places, rows, columns))
        yield Cell(row, column, mark, tuple(atoms))


def name_of(tier: str, period: str, table: str, cell: Cell) -> str:
    """Return the name of a published number, which no other number of any release has."""
    return SEPARATOR.join((tier, period, table, cell.row, cell.column, cell.mark))


def _rows(
    table: Table, scope: Scope, geography: str
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield each row: its name, the places it covers, and the codes of its own dimension."""
    everywhere = scope.teams if table.of_teams else (NATION,)
    if table.rows in DIMENSIONS:
        yield from ((code, everywhere, (code,)) for code in table.row_codes)
        yield TOTAL, everywhere, (*table.row_codes, UNSTATED)
        return
    if table.rows == TEAM and geography != NATIONAL:
        yield from ((name, teams, (UNSTATED,)) for name, teams in scope.places(geography).items())
    yield TOTAL, everywhere, (UNSTATED,)


def _columns(table: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((code, (code,)) for code in table.column_codes)
    yield TOTAL, (*table.column_codes, UNSTATED)
