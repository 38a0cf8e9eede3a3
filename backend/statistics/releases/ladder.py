"""Finds the finest level that passes the gate: what fails is shown more coarsely, and at last not at all. Pure.

First single numbers are withheld. Where that does not help, a table goes from towns to groups of towns to the country.
What fails there too is left out: it may pass in the release of the half-year or of the year, which counts more people.
A public release has one geography, so all its tables of towns go together.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.statistics.releases.building import WITHHELD, Tier
from backend.statistics.releases.cells import Scope
from backend.statistics.releases.tables import GROUP, NATIONAL, TEAM, Plan

Levels = Mapping[str, str]


@dataclass(frozen=True)
class Failed:
    """One cell that was narrowed down too far, of this or an earlier release; `insider` is an organisation's id."""

    tier: str
    period: str
    table: str
    row: str
    column: str
    mark: str
    insider: str | None = None

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class Step:
    """One try: the level of each table, which numbers were withheld, and what failed all the same."""

    levels: Levels
    failed: tuple[Failed, ...] = ()
    withheld: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {
            "levels": dict(self.levels),
            "passed": not self.failed,
            "withheld": sorted(self.withheld),
            "failed": [one.as_json() for one in self.failed],
        }


def first_levels(plan: Plan, scope: Scope, tier: Tier) -> dict[str, str]:
    """Return the finest level of each table that this release may hold; a public one begins with groups of towns."""
    levels = {}
    for table in plan.tables:
        if tier in table.tiers and table.marks_of(scope.period.kind) and (table.of_teams or scope.complete):
            finest = GROUP if tier == "C" and table.geography == TEAM else table.geography
            levels[table.id] = finest
    return levels


def climb(
    levels: Levels, *, attempt: Callable[[Levels], Step], plan: Plan, scope: Scope, tier: Tier
) -> tuple[Step, ...]:
    """Return every try, the last of which passed, unless nothing is left of the release."""
    steps = [attempt(levels)]
    while steps[-1].failed and any(steps[-1].levels.values()):
        coarser = _coarser(steps[-1], plan=plan, scope=scope, tier=tier)
        steps.append(attempt(coarser) if any(coarser.values()) else Step(coarser))
    return tuple(steps)


def passed(steps: Iterable[Step]) -> bool:
    """Say whether the last try passed and holds anything."""
    last = list(steps)[-1]
    return not last.failed and any(last.levels.values())


def _coarser(step: Step, *, plan: Plan, scope: Scope, tier: Tier) -> Levels:
    shown = {name for name, level in step.levels.items() if level != WITHHELD}
    tables = _touched({one.table for one in step.failed}, shown, plan)
    if tier == "C":
        places = {name for name in shown if step.levels[name] != NATIONAL}
        tables = tables | places if tables & places else tables
    return {
        name: _next(level, scope) if name in tables and name in shown else level
        for name, level in step.levels.items()
    }


def _touched(failed: Collection[str], shown: Collection[str], plan: Plan) -> set[str]:
    """Return which tables to coarsen: those that fail; for one of an earlier release those that count the same."""
    if named := {*failed} & {*shown}:
        return named
    tied = {table for group in plan.same if {one for one, _ in group} & {*failed} for table, _ in group}
    return tied & {*shown} or {*shown}


def _next(level: str, scope: Scope) -> str:
    merged = any(len(teams) > 1 for teams in scope.groups.values())
    return {TEAM: GROUP if merged else NATIONAL, GROUP: NATIONAL}.get(level, WITHHELD)
