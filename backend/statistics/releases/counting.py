"""Counts facts as `spona_stats`, one statement for each table: how many, and the sum of their record keys.

Sums and totals are added up from these: a total's key is the sum of the keys of all its own facts, so it is
perturbed by itself. What a statement costs goes by the facts of the quarters asked for.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from backend import asker
from backend.statistics.indicators.kaplan_meier import Wait
from backend.statistics.releases import periods
from backend.statistics.releases.cells import Atom
from backend.statistics.releases.counts import KEYS, Count, Counts
from backend.statistics.releases.tables import DIMENSIONS, NATION, UNSTATED, Table
from backend.statistics.roles import reading

_WITH_TEAM, _NATIONAL = "f.team_id = ANY(%(teams)s)", "f.team_id IS NULL"
_FACTS: Final = """
    FROM statistics.fact f CROSS JOIN LATERAL unnest(f.marks) AS m(mark) {more}
    WHERE f.kind = ANY(%(kinds)s) AND f.quarter = ANY(%(quarters)s) AND m.mark = ANY(%(marks)s) AND {whose}
"""
_COUNT: Final = "SELECT f.quarter, f.team_id, {row}, {column}, m.mark, {what}" + _FACTS + "GROUP BY {by}"
_SUMS: Final = f"sum(f.amount)::bigint, (sum(f.record_key) %% {KEYS})::int"
_BY_SIDE: Final = "o.side, sum(f.amount)::bigint"
_WAITS: Final = "ARRAY[f.days, f.censored::int], count(*)"
_SIDES: Final = """
    CROSS JOIN LATERAL (SELECT DISTINCT side FROM unnest(ARRAY[f.organisation_from, f.organisation_to]) AS side
        WHERE side IS NOT NULL) AS o
"""


@contextmanager
def as_counter() -> Iterator[Any]:
    """Be `spona_stats` in the job `releases`, who reads facts and nothing else; yields a cursor."""
    with asker.working_as(asker.RELEASES), reading() as cursor:
        yield cursor


def count(
    counts: Counts, table: Table, *, kind: str, quarters: Collection[str], teams: Mapping[UUID, str]
) -> None:
    """Add to `counts` what the table counts for a release of this kind of period in these quarters.

    `teams` names those in scope by id. A code that the dimension does not have counts as unstated.
    """
    marks = table.marks_of(kind)
    if not marks:
        return

    def atom(at: Sequence[Any]) -> Atom:
        return _atom(table, kind, at, teams)

    ended = [one for one in table.medians.values() if one in marks]
    waits = [*ended, *(table.still[one] for one in ended if one in table.still)]
    given = {"kinds": table.fact_kinds(kind), "quarters": quarters, "marks": marks, "teams": teams}
    with as_counter() as cursor:
        for *at, n, key in _rows(cursor, table, given, what=_SUMS):
            counts.add(atom(at), Count(int(n), int(key)))
        for *at, side, n in _rows(cursor, table, given, what=_BY_SIDE, more=_SIDES) if table.of_teams else ():
            counts.add_own(str(side), atom(at), int(n))
        for *at, wait, n in _rows(cursor, table, {**given, "marks": waits}, what=_WAITS) if waits else ():
            counts.add_waits(atom(at), Wait(wait[0], bool(wait[1])), int(n))


def _rows(
    cursor: Any, table: Table, given: Mapping[str, Any], *, what: str, more: str = ""
) -> Iterator[tuple[Any, ...]]:
    text = _COUNT.format(
        row=_column(table.rows),
        column=_column(table.columns),
        what=what,
        more=more,
        whose=_WITH_TEAM if table.of_teams else _NATIONAL,
        by="1, 2, 3, 4, 5" if what == _SUMS else "1, 2, 3, 4, 5, 6",
    )
    cursor.execute(text, {name: list(values) for name, values in given.items()})
    yield from cursor


def _column(dimension: str) -> str:
    return f"f.{dimension}" if dimension in DIMENSIONS else "''"


def _atom(table: Table, kind: str, at: Sequence[Any], teams: Mapping[UUID, str]) -> Atom:
    quarter, team_id, row, column, mark = at
    when = str(periods.parse(quarter).within(table.grain(kind)))
    place = teams[team_id] if table.of_teams else NATION
    return Atom(table.id, when, place, _known(row, table.row_codes), _known(column, table.column_codes), mark)


def _known(code: str, codes: Collection[str]) -> str:
    return code if code in codes else UNSTATED
