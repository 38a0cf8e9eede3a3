"""The TDI-shaped tables: noise and mask for each lowest cell, attacked by families of tables."""

from collections import Counter
from random import Random

import pytest

from backend.demo.profiles import profile
from backend.statistics.disclosure import masks
from backend.statistics.tdi import sums
from backend.statistics.tdi.protecting import Counted, protected
from backend.statistics.tdi.rows import Cell, cells_of
from backend.statistics.tdi.tables import TABLES, families

PEOPLE = 120


def counts(*, people: int = PEOPLE, seed: int = 3) -> dict[Cell, Counted]:
    rng, n, key = Random(seed), Counter[Cell](), Counter[Cell]()
    for _ in range(people):
        for cell in cells_of(profile(rng, year=2026)):
            n[cell] += 1
            key[cell] += rng.randrange(4096)
    return {cell: Counted(n[cell], key[cell] % 4096) for cell in n}


TRUE = counts()
MADE = protected(TRUE, "B")
SHOWN = {Cell(one["table"], one["row"], one["column"]): one["n"] for one in MADE["cells"]}


def test_no_cell_is_shown_that_the_mask_hides() -> None:
    assert MADE["mask"] == "0-4"
    assert min(SHOWN.values()) >= 5
    for cell, n in SHOWN.items():
        assert masks.shown(*TRUE[cell], "B").n == n
        assert abs(n - TRUE[cell].n) <= 3


def test_most_of_what_the_mask_leaves_is_shown() -> None:
    open_to_see = [cell for cell, one in TRUE.items() if masks.shown(*one, "B").n is not None]
    assert MADE["left_out"] == []
    assert len(SHOWN) >= 0.9 * len(open_to_see)


def test_the_same_people_give_the_same_cells() -> None:
    assert protected(TRUE, "B") == MADE
    assert protected(dict(reversed(TRUE.items())), "B") == MADE


def one_family(all_: int, never: int, before: int, *, keys: tuple[int, int, int]) -> dict[Cell, Counted]:
    numbers = zip(("16.1.1", "16.1.2", "16.1.3"), (all_, never, before), keys, strict=True)
    return {Cell(table, "1", "1"): Counted(n, key) for table, n, key in numbers if n}


def key_for(true: int, wanted: int) -> int:
    return next(key for key in range(4096) if masks.shown(true, key, "B").n == wanted)


def test_what_can_be_worked_out_from_three_tables_is_withheld() -> None:
    """8 of all shown as 5: at most 8; 6 never treated shown as 9: at least 6; so 0 to 2 of the others."""
    made = one_family(8, 6, 0, keys=(key_for(8, 5), key_for(6, 9), 0))
    shown = {(one["table"], one["n"]) for one in protected(made, "B")["cells"]}
    assert shown < {("16.1.1", 5), ("16.1.2", 9)}


def test_what_leaves_enough_room_is_shown() -> None:
    made = one_family(30, 15, 15, keys=(key_for(30, 30), key_for(15, 15), key_for(15, 15)))
    assert len(protected(made, "B")["cells"]) == 3


def test_every_table_is_in_one_family_and_all_people_come_first() -> None:
    found = families()
    assert sorted(table.code for of in found.values() for table in of) == sorted(TABLES)
    assert all(not of[0].item and all(table.item for table in of[1:]) for of in found.values())
    assert [table.code for table in found["9.1"]] == ["9.1.1", "9.1.2", "9.1.3"]
    assert [table.code for table in found["29.1.2"]] == ["29.1.2"]


def test_nobody_gives_nothing() -> None:
    assert protected({}, "B") == {"mask": "0-4", "cells": [], "left_out": []}


@pytest.mark.parametrize("seed", [1, 2])
def test_one_person_more_never_shows_a_cell_of_their_own(seed: int) -> None:
    rng = Random(seed)
    alone = {**profile(rng, year=2026), "primary_drug": "60", "age_band": "ge65", "sex": "99"}
    more = dict(TRUE)
    for cell in cells_of(alone):
        was = more.get(cell, Counted())
        more[cell] = Counted(was.n + 1, (was.key + rng.randrange(4096)) % 4096)
    told = {Cell(one["table"], one["row"], one["column"]) for one in protected(more, "B")["cells"]}
    assert not {cell for cell in told if TRUE.get(cell, Counted()).n < 2}


def test_substances_add_up_in_what_is_published() -> None:
    made = sums.numbers(SHOWN)
    for column in ("1", "2", "99", "total"):
        parts = [made.get(Cell("10.1.1", row, column), 0) for row in ("1.1", "1.2", "1.3", "1.4", "1.5")]
        assert made.get(Cell("10.1.1", "1", column), 0) == sum(parts)
