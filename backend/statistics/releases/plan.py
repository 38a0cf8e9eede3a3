"""The table plan: which tables there are, checked when it is read. Pure; the plan is `data/plan.yaml`.

At the most twelve tables, of marks that facts know and of dimensions that code lists name. A table that is not in the
plan cannot be asked for by anybody.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from backend.reference.translit import latin
from backend.statistics.facts import marks
from backend.statistics.releases import periods
from backend.statistics.releases.tables import (
    DIMENSIONS,
    GEOGRAPHIES,
    NATION,
    NATIONAL,
    TEAM,
    TIERS,
    Plan,
    Rate,
    Table,
)

FILE: Final = Path(__file__).parent.parent / "data" / "plan.yaml"
MOST: Final = 12


class BrokenPlan(Exception):
    """The plan cannot be used; says what is wrong."""


def read(raw: bytes) -> Plan:
    """Read and check a plan. Raises BrokenPlan."""
    try:
        said = yaml.safe_load(raw)
        tables = tuple(_table(one) for one in said["tables"])
        same = tuple(tuple(_named(one) for one in row) for row in said["same"])
        plan = Plan(int(said["version"]), hashlib.sha256(raw).hexdigest(), tables, same)
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BrokenPlan(f"The table plan cannot be read ({type(error).__name__}: {error}).") from error
    _check(plan)
    return plan


@cache
def current() -> Plan:
    """Return the plan that is shipped. Raises BrokenPlan."""
    return read(FILE.read_bytes())


def _table(said: Mapping[str, Any]) -> Table:
    finest = said["finest"]
    return Table(
        id=said["id"],
        label=_texts(said["label"]),
        caveat=_texts(said["caveat"]),
        kinds=tuple(said["kinds"]),
        rows=said["rows"],
        columns=said["columns"],
        marks=tuple(said["marks"]),
        tiers=tuple(said["tiers"]),
        geography=finest["geography"],
        period=finest["period"],
        periods={mark: tuple(kinds) for mark, kinds in said.get("periods", {}).items()},
        sums={whole: tuple(map(tuple, rows)) for whole, rows in said.get("sums", {}).items()},
        within={whole: tuple(map(tuple, rows)) for whole, rows in said.get("within", {}).items()},
        grows=tuple(said.get("grows", ())),
        adds=tuple(said.get("adds", ())),
        rates=tuple(Rate(**one) for one in said.get("rates", ())),
        medians={one["id"]: one["mark"] for one in said.get("medians", ())},
        still={one["mark"]: one["still"] for one in said.get("medians", ()) if "still" in one},
    )


def _texts(said: Mapping[str, str]) -> dict[str, str]:
    return {"en": said["en"], "sr-Cyrl": said["sr"], "sr-Latn": latin(said["sr"])}


def _named(said: str) -> tuple[str, str]:
    table, _, mark = said.partition(".")
    return table, mark


def _check(plan: Plan) -> None:
    if not 0 < len(plan.tables) <= MOST:
        raise BrokenPlan(f"A plan has one to {MOST} tables, this one {len(plan.tables)}.")
    if len({table.id for table in plan.tables}) != len(plan.tables):
        raise BrokenPlan("A table stands in it twice.")
    for table in plan.tables:
        _check_table(table)
    known = {(table.id, mark) for table in plan.tables for mark in table.marks}
    for one in (one for row in plan.same for one in row if one not in known):
        raise BrokenPlan(f"{'.'.join(one)} is in no table.")


def _check_table(table: Table) -> None:
    named = {
        *table.sums, *table.within, *table.periods, *table.grows, *table.adds, *table.medians.values(),
        *(mark for rows in (*table.sums.values(), *table.within.values()) for row in rows for mark in row),
        *(mark for rate in table.rates for mark in (rate.numerator, rate.denominator)),
    }  # fmt: skip
    wrong = [
        *(f"mark {one}" for one in (*table.marks, *table.still.values()) if one not in marks.MARKS),
        *(f"mark {one}" for one in named if one not in table.marks),
        *(f"rows {one}" for one in {table.rows} - {TEAM, NATION, *DIMENSIONS}),
        *(f"columns {one}" for one in {table.columns} - {"", *DIMENSIONS}),
        *(f"tier {one}" for one in {*table.tiers} - {*TIERS}),
        *(f"geography {one}" for one in {table.geography} - {*GEOGRAPHIES}),
        *(f"period {one}" for one in {table.period, *sum(table.periods.values(), ())} - {*periods.KINDS}),
    ]
    if table.rows != TEAM and table.geography != NATIONAL:
        wrong.append("rows that are no teams below the nation")
    if not table.of_teams and table.period != periods.YEAR:
        wrong.append("a national table before the end of the year")
    if wrong or not table.marks:
        raise BrokenPlan(f"{table.id}: not known: {', '.join(sorted(wrong)) or 'marks'}.")
