"""`take` beside a list in memory: forwards and back, each row is met once, whatever the size and the equal keys."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from api.pagination import Cursor, Fetch, take

pytestmark = pytest.mark.pure

ORDERS = (("-day", "-id"), ("day", "id"), ("-day", "id"))
ROWS = some.lists(some.integers(0, 4), max_size=20).map(
    lambda days: [{"day": day, "id": number} for number, day in enumerate(days)]
)


def place(row: dict[str, Any], order: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(-row[name[1:]] if name.startswith("-") else row[name] for name in order)


def fetch_from(rows: list[dict[str, Any]], asked: list[int]) -> Fetch:
    def fetch(order: tuple[str, ...], most: int, after: tuple[Any, ...]) -> list[Any]:
        asked.append(most)
        ordered = sorted(rows, key=lambda row: place(row, order))
        if after:
            limit = place(dict(zip(("day", "id"), after, strict=True)), order)
            ordered = [row for row in ordered if place(row, order) > limit]
        return ordered[:most]

    return fetch


@given(rows=ROWS, size=some.integers(1, 7), order=some.sampled_from(ORDERS))
def test_every_row_is_met_once_on_the_way_and_on_the_way_back(
    rows: list[dict[str, Any]], size: int, order: tuple[str, ...]
) -> None:
    asked: list[int] = []
    fetch, pages, cursor = fetch_from(rows, asked), [], None
    while True:
        page = take(fetch, ordering=order, cursor=cursor, size=size)
        pages.append(page)
        cursor = page.next
        if cursor is None:
            break
    met = [row for page in pages for row in page.rows]
    assert met == sorted(rows, key=lambda row: place(row, order))
    assert len(pages) == max(1, -(-len(rows) // size))
    assert set(asked) == {size + 1}
    back, before = [], pages[-1].previous
    while before is not None:
        page = take(fetch, ordering=order, cursor=before, size=size)
        back.append(page.rows)
        before = page.previous
    assert back == [page.rows for page in pages[-2::-1]]


def test_nothing_is_a_page_without_neighbours() -> None:
    page = take(fetch_from([], []), ordering=ORDERS[0], cursor=None, size=3)
    assert (page.rows, page.next, page.previous) == ([], None, None)


@pytest.mark.parametrize("backwards", [True, False])
def test_a_cursor_beyond_the_end_finds_nothing(backwards: bool) -> None:
    rows = [{"day": 1, "id": 1}]
    cursor = Cursor(backwards=backwards, values=(9, 9) if backwards else (0, 0))
    page = take(fetch_from(rows, []), ordering=ORDERS[0], cursor=cursor, size=3)
    assert page.rows == []
