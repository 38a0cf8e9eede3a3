"""What a solver gets out of one table, by the method that protects it: `python -m benchmarks.statistics_methods`.

Tables are quarters of seven towns by eight service groups with all totals. Small cells count 1 to 4. Printed for each
method: small cells, those recovered exactly, and those of which it is proven that somebody is there.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Final

from backend.statistics.disclosure.attacker import Attacker
from backend.statistics.disclosure.known import Number
from backend.statistics.disclosure.masks import Tier
from backend.statistics.disclosure.system import system
from benchmarks.simulated_years import A_QUARTER, SERVICES, Fact, Plan, atom, counted, facts_of_a_year

HIDE_BELOW: Final = 5
QUARTER: Final = 1
Table = dict[str, int]
Protect = Callable[[list[Fact]], list[Number]]


def table_of(facts: list[Fact]) -> Table:
    """The true cells of the quarter."""
    counts = counted(facts)
    names = (atom("service", QUARTER, town, service) for town in A_QUARTER for service in SERVICES)
    return {name: counts[name] for name in names}


def lines() -> list[list[str]]:
    """The cells of each row, each column, and of all."""
    rows = [[atom("service", QUARTER, town, service) for service in SERVICES] for town in A_QUARTER]
    columns = [list(column) for column in zip(*rows, strict=True)]
    return [*rows, *columns, [name for row in rows for name in row]]


def suppressed(facts: list[Fact], *, further: bool) -> list[Number]:
    """Cells below 5 hidden, the rest and all totals as they are; `further`, so that no line hides one cell alone.

    Nobody can tell further hidden cells from the others, so each may then hold anything.
    """
    table = table_of(facts)
    hidden = {name for name, count in table.items() if count < HIDE_BELOW}
    while further and (more := set(_alone(table, hidden))):
        hidden |= more
    most = inf if further else HIDE_BELOW - 1
    cells = [
        Number({name: 1}, 0, most) if name in hidden else Number({name: 1}, count, count)
        for name, count in table.items()
    ]
    totals = [sum(table[name] for name in line) for line in lines()]
    return cells + [
        Number(dict.fromkeys(line, 1), total, total) for line, total in zip(lines(), totals, strict=True)
    ]


def _alone(table: Table, hidden: set[str]) -> Iterator[str]:
    """For each row or column with one hidden cell, the smallest other one."""
    for line in lines()[:-1]:
        others = [name for name in line if name not in hidden]
        if len(hidden & set(line)) == 1 and others:
            yield min(others, key=lambda name: (table[name], name))


def ours(facts: list[Fact], tier: Tier) -> list[Number]:
    """Noise by cell key and the mask of a tier."""
    towns = tuple((town,) for town in A_QUARTER)
    return list(Plan("one", tier, (QUARTER,), towns, ("service",)).numbers(facts))


METHODS: Final[dict[str, Protect]] = {
    "cells below 5 hidden": lambda facts: suppressed(facts, further=False),
    "and further cells, so that none is alone": lambda facts: suppressed(facts, further=True),
    "tier B: noise by cell key, 0-4 masked": lambda facts: ours(facts, "B"),
    "tier C: the same, 10-5 rule": lambda facts: ours(facts, "C"),
}


def learnt(facts: list[Fact], protect: Protect) -> Counter[str]:
    """How many small cells there are, are recovered, and are proven not to be empty."""
    attacked = system(protect(facts))
    attacker, found = Attacker(attacked), Counter[str]()
    for name, count in table_of(facts).items():
        if 0 < count < HIDE_BELOW:
            target = {attacked.position[name]: 1}
            low, high = attacker.least(target), attacker.greatest(target)
            found.update(small=1, recovered=low == high, present=low > 0)
    return found


def compared(seeds: Sequence[int]) -> dict[str, Counter[str]]:
    """Each method over the same tables."""
    sums = {name: Counter[str]() for name in METHODS}
    for seed in seeds:
        facts = [fact for fact in facts_of_a_year(random.Random(seed)) if fact.quarter == QUARTER]
        for name, protect in METHODS.items():
            sums[name].update(learnt(facts, protect))
    return sums


def main() -> None:
    """Compare over as many tables as asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--tables", type=int, default=100)
    for name, found in compared(range(asked.parse_args().tables)).items():
        shares = (f"{what} {100 * found[what] / found['small']:.1f} %" for what in ("recovered", "present"))
        print(f"{name}: {found['small']} small cells, {', '.join(shares)}")


if __name__ == "__main__":
    main()
