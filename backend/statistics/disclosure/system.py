"""The published numbers as inequalities over whole numbers, in parts that have nothing to do with each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.statistics.disclosure.known import Atom, Number

Term = tuple[int, int]  # a position and a coefficient


@dataclass(frozen=True)
class System:
    """`rows[r]` says that the sum of its terms lies in `low[r]..high[r]`; every atom is a whole number from 0.

    `names` are those of the published numbers; a rule has none.
    """

    atoms: Sequence[Atom]
    rows: Sequence[Sequence[Term]]
    low: Sequence[float]
    high: Sequence[float]
    names: Sequence[str]

    @cached_property
    def columns(self) -> list[list[Term]]:
        """For each atom the rows in which it stands, with its coefficient."""
        columns: list[list[Term]] = [[] for _ in self.atoms]
        for row, terms in enumerate(self.rows):
            for atom, times in terms:
                columns[atom].append((row, times))
        return columns

    @cached_property
    def position(self) -> Mapping[Atom, int]:
        return {atom: at for at, atom in enumerate(self.atoms)}

    def without(self, own: Mapping[Atom, int]) -> "System":
        """The same system for somebody who knows a part of each atom: what remains unknown is the others' part."""
        known = [own.get(atom, 0) for atom in self.atoms]
        shifts = [sum(times * known[atom] for atom, times in terms) for terms in self.rows]
        low = [low - shift for low, shift in zip(self.low, shifts, strict=True)]
        high = [high - shift for high, shift in zip(self.high, shifts, strict=True)]
        shifted = System(self.atoms, self.rows, low, high, self.names)
        shifted.__dict__.update(columns=self.columns, position=self.position, component=self.component)
        return shifted

    @cached_property
    def component(self) -> list[int]:
        """For each atom the number of its part of the system."""
        head = list(range(len(self.atoms)))
        for terms in self.rows:
            for atom, _ in terms[1:]:
                head[_top(head, atom)] = _top(head, terms[0][0])
        return [_top(head, atom) for atom in range(len(self.atoms))]

    def parts(self, atoms: Iterable[Atom]) -> frozenset[int]:
        """The parts in which some atoms stand; those that no row names stand in none."""
        return frozenset(self.component[self.position[atom]] for atom in atoms if atom in self.position)

    def restricted(self, component: int) -> tuple["System", Mapping[int, int]]:
        """One part by itself, and where in it each of its atoms stands."""
        kept = [at for at, mine in enumerate(self.component) if mine == component]
        place = {at: new for new, at in enumerate(kept)}
        rows = [row for row, terms in enumerate(self.rows) if terms and terms[0][0] in place]
        part = System(
            [self.atoms[at] for at in kept],
            [[(place[atom], times) for atom, times in self.rows[row]] for row in rows],
            [self.low[row] for row in rows],
            [self.high[row] for row in rows],
            [self.names[row] for row in rows],
        )
        return part, place


def system(numbers: Sequence[Number]) -> System:
    """All numbers over the atoms that any of them names."""
    atoms = list(dict.fromkeys(atom for number in numbers for atom in number.atoms))
    position = {atom: at for at, atom in enumerate(atoms)}
    rows = [[(position[atom], times) for atom, times in number.atoms.items()] for number in numbers]
    low, high = [number.low for number in numbers], [number.high for number in numbers]
    return System(atoms, rows, low, high, [number.name for number in numbers])


def _top(head: list[int], atom: int) -> int:
    while head[atom] != atom:
        head[atom] = head[head[atom]]
        atom = head[atom]
    return atom
