"""What was counted, in the finest counts: how many facts, the sum of their keys, and how long they waited. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from backend.statistics.indicators.kaplan_meier import Wait
from backend.statistics.releases.cells import Atom

KEYS: Final = 4096


class Count(NamedTuple):
    """How many facts, and the sum of their record keys modulo 4096."""

    n: int = 0
    key: int = 0

    def __add__(self, other: Any) -> "Count":
        return Count(self.n + other.n, (self.key + other.key) % KEYS)


NOTHING: Final = Count()


@dataclass
class Counts:
    """What was counted, and of that what each organisation has a part in and knows by itself."""

    all: dict[Atom, Count] = field(default_factory=dict)
    own: dict[str, dict[Atom, int]] = field(default_factory=dict)
    waits: dict[Atom, Counter[Wait]] = field(default_factory=dict)

    def sum(self, atoms: Iterable[Atom]) -> Count:
        """Return the count of a cell: a total's key is that of all its own facts."""
        found = NOTHING
        for atom in atoms:
            found += self.all.get(atom, NOTHING)
        return found

    def waits_of(self, atoms: Iterable[Atom]) -> Iterator[Wait]:
        """Yield how long each fact of a cell waited."""
        for atom in atoms:
            yield from self.waits.get(atom, Counter()).elements()

    def add(self, atom: Atom, count: Count) -> None:
        self.all[atom] = self.all.get(atom, NOTHING) + count

    def add_own(self, organisation: str, atom: Atom, n: int) -> None:
        known = self.own.setdefault(organisation, {})
        known[atom] = known.get(atom, 0) + n

    def add_waits(self, atom: Atom, wait: Wait, n: int) -> None:
        self.waits.setdefault(atom, Counter())[wait] += n
