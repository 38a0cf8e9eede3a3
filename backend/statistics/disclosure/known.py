"""What an attacker knows: intervals for sums of counts that nobody published by themselves.

An atom is the finest unknown count, a name such as "referrals|2026-Q3|bor|HR|requested". Every published number is an
interval for a sum of atoms; so is each rule that everybody knows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from backend.statistics.disclosure.masks import Shown, Tier, bounds

Atom = str


@dataclass(frozen=True, slots=True)
class Number:
    """A sum of atoms, each with its coefficient, that lies between `low` and `high`.

    `name` is its place in the tables, for the report; without a name it is a rule, and no target of the attack.
    """

    atoms: Mapping[Atom, int]
    low: float
    high: float
    name: str = ""

    def value(self, truth: Mapping[Atom, int]) -> int:
        """The sum for given counts; an atom that is not among them counts 0."""
        return sum(times * truth.get(atom, 0) for atom, times in self.atoms.items())


def published(name: str, atoms: Iterable[Atom], what: Shown, tier: Tier) -> Number:
    """A published count of all facts of some atoms."""
    low, high = bounds(what, tier)
    return Number(dict.fromkeys(atoms, 1), low, high, name)


def equal(one: Iterable[Atom], other: Iterable[Atom]) -> Number:
    """Two tables count the same facts: their totals are the same, though each has noise of its own."""
    return Number(_difference(one, other), 0, 0)


def part(small: Iterable[Atom], whole: Iterable[Atom]) -> Number:
    """Everything counted in `small` is counted in `whole`, too."""
    return Number(_difference(whole, small), 0, inf)


def _difference(plus: Iterable[Atom], minus: Iterable[Atom]) -> dict[Atom, int]:
    return dict.fromkeys(plus, 1) | dict.fromkeys(minus, -1)
