"""With the p-table and record keys of the ONS package our code gives its published output, cell for cell."""

import csv
import lzma
from collections import defaultdict
from itertools import product
from pathlib import Path

import pytest

from backend.statistics.disclosure import ons
from backend.statistics.disclosure.cell_key import cell_key, perturbed

DATA = Path(__file__).resolve().parents[2] / "data" / "ons_cell_key"
THRESHOLD = 10
ORACLES = {
    "oracle_perturbed_nogeog__var2_var3.csv": ("var2", "var3"),
    "oracle_perturbed_var1__var2.csv": ("var1", "var2"),
    "oracle_perturbed_var1__var5_var8.csv": ("var1", "var5", "var8"),
}
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def table() -> ons.OnsTable:
    with lzma.open(DATA / "ptable_10_5_rule.csv.xz", "rt") as file:
        return ons.read(file)


def tabulated(variables: tuple[str, ...], table: ons.OnsTable) -> list[Row]:
    """The table of all combinations of values, empty ones too, with the columns of the oracle."""
    records = rows("oracle_microdata_seed111_1000.csv")
    keys: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for record in records:
        keys[tuple(record[name] for name in variables)].append(int(record["record_key"]))
    values = [sorted({record[name] for record in records}, key=in_order) for name in variables]
    return [
        dict(zip(variables, cell, strict=True)) | published(len(keys[cell]), sum(keys[cell]), table)
        for cell in product(*values)
    ]


def in_order(value: str) -> tuple[int, str]:
    return len(value), value


def published(count: int, key_sum: int, table: ons.OnsTable) -> Row:
    noisy = perturbed(count, key_sum, table)
    return {
        "pre_sdc_count": str(count),
        "ckey": str(cell_key(key_sum, table)),
        "pcv": str(ons.cell_value(count)),
        "pvalue": str(noisy - count),
        "count": str(noisy) if noisy >= THRESHOLD else "",
    }


@pytest.mark.parametrize("name", ORACLES)
def test_every_column_of_every_cell_is_equal(name: str, table: ons.OnsTable) -> None:
    assert tabulated(ORACLES[name], table) == rows(name)


def test_some_cells_are_suppressed_so_that_equality_says_something() -> None:
    suppressed = [row for name in ORACLES for row in rows(name) if not row["count"]]
    assert len(suppressed) > 50


@pytest.mark.parametrize(
    ("count", "row"), [(1, 1), (750, 750), (751, 501), (1000, 750), (1001, 501), (1251, 501), (100_001, 501)]
)
def test_great_counts_take_the_last_rows_again(count: int, row: int) -> None:
    assert ons.cell_value(count) == row


def test_keys_run_to_255(table: ons.OnsTable) -> None:
    assert table.keys == 256
    assert cell_key(256 + 7, table) == 7
