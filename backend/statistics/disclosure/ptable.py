"""The p-table: which cell keys give which noise. It is shipped as data; `max_entropy` says where it comes from."""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate
from pathlib import Path
from typing import Final, Protocol

FILE: Final = Path(__file__).with_name("ptable.csv")


class Noise(Protocol):
    """What perturbation needs of a table, ours or another office's."""

    @property
    def keys(self) -> int:
        """Cell keys go from 0 to one less than this."""

    def noise(self, count: int, cell_key: int) -> int:
        """What is added to a true count above 0."""


@dataclass(frozen=True, eq=False)
class PTable:
    """For each true count the cell keys of each noise, ascending; the last row stands for all greater counts."""

    rows: tuple[Mapping[int, int], ...]
    sha256: str

    @cached_property
    def keys(self) -> int:
        return sum(self.rows[0].values())

    @cached_property
    def reach(self) -> int:
        """The greatest noise, up or down."""
        return max(abs(noise) for row in self.rows for noise in row)

    @cached_property
    def _ends(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        return tuple(tuple(zip(accumulate(row.values()), row, strict=True)) for row in self.rows)

    def support(self, count: int) -> frozenset[int]:
        """What a true count may be published as."""
        return frozenset(count + noise for noise in self.rows[min(count, len(self.rows) - 1)])

    def noise(self, count: int, cell_key: int) -> int:
        """What is added to a true count of 0 or more."""
        ends = self._ends[min(count, len(self.rows) - 1)]
        return next(noise for end, noise in ends if cell_key < end)

    def as_sql(self, *, count: str = "n", cell_key: str = "cell_key") -> str:
        """An SQL expression over two integer expressions that gives what `noise` gives."""
        last = len(self.rows) - 1
        whens = " ".join(
            f"when {count} {'>=' if true == last else '='} {true} then {_steps(ends, cell_key)}"
            for true, ends in enumerate(self._ends)
        )
        return f"(case {whens} end)"


def _steps(ends: tuple[tuple[int, int], ...], cell_key: str) -> str:
    whens = " ".join(f"when {cell_key} < {end} then {noise}" for end, noise in ends)
    return f"(case {whens} end)"


def read(lines: Iterable[str], sha256: str) -> PTable:
    """A table of the columns count, noise, keys. ValueError when it leaves out a count or its rows differ in length."""
    rows: list[dict[int, int]] = []
    for line in csv.DictReader(lines):
        count = int(line["count"])
        if count == len(rows):
            rows.append({})
        rows[count][int(line["noise"])] = int(line["keys"])
    if len({sum(row.values()) for row in rows}) != 1 or any(list(row) != sorted(row) for row in rows):
        raise ValueError("a p-table uses every cell key in every row, by ascending noise")
    return PTable(tuple(rows), sha256)


@cache
def ours() -> PTable:
    """The table of this service."""
    content = FILE.read_bytes()
    return read(content.decode().splitlines(), hashlib.sha256(content).hexdigest())
