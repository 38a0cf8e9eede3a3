"""Years of referrals in seven small towns, as the gate meets them: facts, tables, releases, insiders.

Sizes follow the towns; most cells of a quarter hold fewer than five. Nothing here is a figure of a real town.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from backend.statistics.disclosure.known import Number, equal, published
from backend.statistics.disclosure.masks import Shown, Tier, shown

A_QUARTER: Final = {
    "sabac": 50,
    "novi-pazar": 50,
    "loznica": 36,
    "mitrovica": 36,
    "palanka": 24,
    "bor": 20,
    "majd": 7,
}
SERVICES: Final = dict(
    zip(("HR", "TX", "SO", "LG", "RE", "FA", "PR", "WV"), (30, 25, 12, 10, 8, 7, 5, 3), strict=True)
)
OUTCOMES: Final = {"completed": 45, "rejected": 20, "dropped": 15, "waiting": 12, "unmet": 8}
SECTORS: Final = {"health": 35, "social": 30, "cso": 20, "justice": 8, "education": 5, "police": 2}
DIMENSIONS: Final = {"service": SERVICES, "outcome": OUTCOMES, "sector": SECTORS}
TOGETHER: Final = ("bor", "majd")
ENOUGH: Final = 50  # facts a year, below which the two are published together
QUARTERS: Final = (1, 2, 3, 4)
KNOWN: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Fact:
    """One referral, as a fact counts it."""

    town: str
    quarter: int
    codes: tuple[str, ...]
    record_key: int

    def atoms(self) -> Iterator[str]:
        """The finest counts it is in: one in each table."""
        for dimension, code in zip(DIMENSIONS, self.codes, strict=True):
            yield atom(dimension, self.quarter, self.town, code)


def atom(dimension: str, quarter: int, town: str, code: str) -> str:
    """The name of a finest count."""
    return f"{dimension}|{quarter}|{town}|{code}"


def facts_of_a_year(draws: random.Random) -> list[Fact]:
    """Poisson many for each town and quarter."""
    return [
        Fact(town, quarter, tuple(_code(draws, of) for of in DIMENSIONS.values()), draws.randrange(4096))
        for (town, mean), quarter in product(A_QUARTER.items(), QUARTERS)
        for _ in range(_poisson(draws, mean))
    ]


def _code(draws: random.Random, of: Mapping[str, int]) -> str:
    return draws.choices(list(of), list(of.values()))[0]


def _poisson(draws: random.Random, mean: float) -> int:
    arrived, at = 0, draws.expovariate(1)
    while at < mean:
        arrived, at = arrived + 1, at + draws.expovariate(1)
    return arrived


def counted(facts: Iterable[Fact]) -> Counter[str]:
    """How many facts stand behind each atom."""
    return Counter(name for fact in facts for name in fact.atoms())


def insiders(facts: Iterable[Fact], draws: random.Random) -> dict[str, Counter[str]]:
    """For each k an organisation that knows k facts in as many cells as it can, and more than k in none."""
    mixed = draws.sample(list(facts), len(list(facts)))
    return {f"knows {k}": _known(mixed, k) for k in KNOWN}


def _known(facts: Iterable[Fact], most: int) -> Counter[str]:
    own: Counter[str] = Counter()
    for fact in facts:
        if all(own[name] < most for name in fact.atoms()):
            own.update(fact.atoms())
    return own


@dataclass(frozen=True, slots=True)
class Plan:
    """What one release counts: quarters together, towns in groups, and which tables."""

    name: str
    tier: Tier
    quarters: tuple[int, ...]
    groups: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...]

    def numbers(self, facts: list[Fact]) -> Iterator[Number]:
        """Every cell, the totals of groups and columns, and that of all."""
        everywhere = tuple(town for group in self.groups for town in group)
        for dimension, towns in product(self.tables, (*self.groups, everywhere)):
            for code in (*DIMENSIONS[dimension], None):
                place = f"{self.name}:{dimension}|{'+'.join(towns)}|{code or 'total'}"
                what = self._shown(facts, towns, dimension, code)
                yield published(place, _atoms(dimension, self.quarters, towns, code), what, self.tier)

    def _shown(self, facts: list[Fact], towns: tuple[str, ...], dimension: str, code: str | None) -> Shown:
        at = list(DIMENSIONS).index(dimension)
        keys = [
            fact.record_key
            for fact in facts
            if fact.quarter in self.quarters and fact.town in towns and code in {fact.codes[at], None}
        ]
        return shown(len(keys), sum(keys), self.tier)


def quarterly(facts: list[Fact], quarter: int) -> list[Number]:
    """Tier B of a quarter: each table by town, with all its totals."""
    towns = tuple((town,) for town in A_QUARTER)
    return list(Plan(f"B{quarter}", "B", (quarter,), towns, tuple(DIMENSIONS)).numbers(facts))


def yearly(facts: list[Fact]) -> list[Number]:
    """Tier C of the year: services by town, the two smallest together unless both have enough."""
    size = Counter(fact.town for fact in facts)
    alone = all(size[town] >= ENOUGH for town in TOGETHER)
    single = tuple((town,) for town in A_QUARTER if alone or town not in TOGETHER)
    groups = single if alone else (*single, TOGETHER)
    return list(Plan("C", "C", QUARTERS, groups, ("service",)).numbers(facts))


def rules() -> list[Number]:
    """What everybody knows: the tables of a town and quarter count the same referrals."""
    return [
        equal(_atoms("service", (quarter,), (town,)), _atoms(other, (quarter,), (town,)))
        for quarter, town, other in product(QUARTERS, A_QUARTER, ("outcome", "sector"))
    ]


def _atoms(
    dimension: str, quarters: tuple[int, ...], towns: tuple[str, ...], code: str | None = None
) -> list[str]:
    codes = [code] if code else list(DIMENSIONS[dimension])
    return [atom(dimension, quarter, town, each) for quarter, town, each in product(quarters, towns, codes)]
