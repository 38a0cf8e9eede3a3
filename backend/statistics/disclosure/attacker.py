"""An attacker who has every published number and a solver: the least and the greatest count that each cell can have.

Linear programming first: where its corner is made of whole numbers, it is exact. Else whole numbers are asked for.
The one module that imports SciPy; the service reaches it in the worker and on the command line only.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import inf
from typing import Any, Final, cast

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, vstack

from backend.statistics.disclosure.system import System

NEARLY: Final = 1e-6
BOUNDLESS: Final = 10_000_000  # no table of ours counts so many facts
OPTIMAL: Final = 0
SECONDS: Final = 30.0  # for one question; what takes longer counts as not answered


class Unsolved(Exception):
    """The solver gave no answer. Nothing may be published on no answer."""


class Attacker:
    """Solves one system for any number of targets."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.tables: list[np.ndarray] = []
        """Every table of whole numbers that a question came upon: each of them fits."""

    @cached_property
    def _matrix(self) -> csr_array:
        terms = [(row, atom, times) for row, all_of in enumerate(self.system.rows) for atom, times in all_of]
        rows, atoms, times = np.array(terms, dtype=np.int64).T
        return csr_array(
            (times.astype(float), (rows, atoms)), shape=(len(self.system.rows), len(self.system.atoms))
        )

    @cached_property
    def _constraints(self) -> LinearConstraint:
        return LinearConstraint(self._matrix, self.system.low, self.system.high)

    def least(self, target: Mapping[int, int]) -> int:
        """The least whole value of a sum of atoms (by position, with coefficients) that the system allows.

        `Unsolved` when the system contradicts itself.
        """
        return self._least(self._cost(target))

    def greatest(self, target: Mapping[int, int]) -> float:
        """The greatest; infinite where nothing bounds it."""
        greatest = -self._least(-self._cost(target))
        return inf if greatest >= BOUNDLESS else greatest

    def telling(self, target: Mapping[int, int]) -> frozenset[str]:
        """The names of the numbers that hold a sum down, or up: those with a price in the linear program."""
        both = [self._prices(cost) for cost in (self._cost(target), -self._cost(target))]
        return frozenset(
            name
            for prices in both
            for name, price in zip(self.system.names, prices, strict=True)
            if name and abs(price) > NEARLY
        )

    def _prices(self, cost: np.ndarray) -> np.ndarray:
        """What one more or less in each row would change. None has a price where there is no answer."""
        low, high = np.array(self.system.low, float), np.array(self.system.high, float)
        bounded = np.isfinite(high)
        found = linprog(
            cost,
            A_ub=cast("Any", vstack([self._matrix[bounded], -self._matrix])),  # sparse, unlike its types say
            b_ub=np.concatenate([high[bounded], -low]),
            bounds=(0, BOUNDLESS),
            method="highs",
        )
        prices = np.zeros(len(low))
        if found.status == OPTIMAL:
            prices[bounded] += found.ineqlin.marginals[: bounded.sum()]
            prices += found.ineqlin.marginals[bounded.sum() :]
        return prices

    def stretched(self, weights: Mapping[int, float]) -> None:
        """Come upon a table in which many atoms at once are small, or great where their weight is negative."""
        self._least(self._cost(weights))

    def seen(self, target: Sequence[int]) -> tuple[float, float]:
        """The least and the greatest sum of some atoms in all tables come upon so far."""
        sums = [int(table[list(target)].sum()) for table in self.tables]
        return min(sums, default=inf), max(sums, default=-inf)

    def _cost(self, weights: Mapping[int, float]) -> np.ndarray:
        cost = np.zeros(len(self.system.atoms))
        cost[list(weights)] = list(weights.values())
        return cost

    def _least(self, cost: np.ndarray) -> int:
        found = self._solved(cost, whole=False)
        if found.status == OPTIMAL and np.abs(found.x - np.round(found.x)).max() > NEARLY:
            found = self._solved(cost, whole=True)
        if found.status != OPTIMAL:
            raise Unsolved(f"status {found.status}")
        self.tables.append(np.round(found.x).astype(np.int64))
        return round(float(found.fun))

    def _solved(self, cost: np.ndarray, *, whole: bool) -> OptimizeResult:
        return milp(
            cost,
            integrality=np.full(len(cost), int(whole)),
            bounds=Bounds(0, BOUNDLESS),
            constraints=self._constraints,
            options={"time_limit": SECONDS},
        )
