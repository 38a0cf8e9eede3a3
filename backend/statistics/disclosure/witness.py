"""Other tables that fit all published numbers, found without a solver.

The true table fits. From it the target is moved by one, and whatever no longer fits is repaired by moving another
count by one, and so on, a few times. Each table found this way is a proof that the attacker cannot tell it from the
true one. Finding none proves nothing: then the solver is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from backend.statistics.disclosure.system import System, Term

Changes = Mapping[int, int]  # by position, the values in which a table differs from the true one
DEPTH: Final = 5  # how many repairs follow one move
WIDTH: Final = 4  # how many ways are tried for each repair
LOOKED_AT: Final = 24  # atoms of a row, about
TRIES: Final = 30  # for one move in all


class Tables:
    """A table that fits, and its neighbours. `values` must fit; ValueError if they do not."""

    def __init__(self, system: System, values: Sequence[int]) -> None:
        self.system = system
        self.values = list(values)
        self.sums = [sum(times * values[atom] for atom, times in terms) for terms in system.rows]
        if min(values, default=0) < 0 or any(self._off(row) for row in range(len(self.sums))):
            raise ValueError("the true counts do not fit the published numbers")
        self.left = 0

    def moved(self, target: Collection[int], step: int, wanted: int) -> tuple[int, Changes]:
        """How far the target's sum could be moved in steps of 1 or -1, up to `wanted`, and to which table.

        Afterwards the table is put back.
        """
        before = list(self.values), list(self.sums)
        far = 0
        while far < wanted and self._moved_once(target, step):
            far += 1
        found = {at: now for at, now in enumerate(self.values) if now != before[0][at]} if far else {}
        self.values, self.sums = before
        return far, found

    def _moved_once(self, target: Collection[int], step: int) -> bool:
        for atom in target:
            if self.values[atom] + step < 0:
                continue
            self.left = TRIES
            self._move(atom, step)
            if self._repaired(self._broken(atom), set(target), DEPTH):
                return True
            self._move(atom, -step)
        return False

    def _repaired(self, broken: list[int], fixed: set[int], depth: int) -> bool:
        """Whether other atoms can be moved so that every row fits again; they stay moved if so."""
        if not broken:
            return True
        if depth == 0 or self.left <= 0:
            return False
        row = broken[0]
        for atom, step in self._repairs(row, fixed):
            self.left -= 1
            self._move(atom, step)
            still = [other for other in broken if self._off(other)]
            still += [other for other in self._broken(atom) if other not in still]
            if self._repaired(still, fixed | {atom}, depth - 1):
                return True
            self._move(atom, -step)
        return False

    def _repairs(self, row: int, fixed: set[int]) -> list[Term]:
        """A few moves that bring a row nearer, those first that break least elsewhere.

        A row over the whole country has hundreds of atoms: some of them are looked at, each time others.
        """
        toward = 1 if self._off(row) < 0 else -1
        terms = self.system.rows[row]
        apart = 1 + len(terms) // LOOKED_AT
        moves = [
            (self._harm(atom, toward * times), atom, toward * times)
            for atom, times in terms[self.left % apart :: apart]
            if atom not in fixed and self.values[atom] + toward * times >= 0
        ]
        return [(atom, step) for _, atom, step in sorted(moves)[:WIDTH]]

    def _harm(self, atom: int, step: int) -> float:
        """By how much more the rows of an atom would be off after a move: below 0 when it helps."""
        harm: float = 0
        low, high, sums = self.system.low, self.system.high, self.sums
        for row, times in self.system.columns[atom]:
            now = sums[row]
            after = now + times * step
            harm += max(after - high[row], low[row] - after, 0) - max(now - high[row], low[row] - now, 0)
        return harm

    def _move(self, atom: int, step: int) -> None:
        self.values[atom] += step
        for row, times in self.system.columns[atom]:
            self.sums[row] += times * step

    def _broken(self, atom: int) -> list[int]:
        return [row for row, _ in self.system.columns[atom] if self._off(row)]

    def _off(self, row: int) -> float:
        """How far a row lies above its interval, or below it as a negative number."""
        total, low, high = self.sums[row], self.system.low[row], self.system.high[row]
        return total - high if total > high else min(total - low, 0)
