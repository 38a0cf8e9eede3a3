"""Keyset paging: forwards and back, in any declared order, and a cursor fits one list only."""

import base64
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import pagination
from api.pagination import Cursor
from api.refusals import BadParameter
from backend.cases.models import Case
from tests.api.client import Answer, Api, client_for
from tests.api.conftest import Counted
from tests.api.sample import make_box
from tests.world import Town

pytestmark = pytest.mark.urls("tests.api.sample")

LIST = "/api/v1/boxes"


def ids(answer: Answer) -> list[str]:
    return [row["id"] for row in answer.json["results"]]


def walk(api: Api, first: Answer, way: str) -> list[list[str]]:
    pages, answer = [ids(first)], first
    while answer.json[way]:
        answer = api.get(answer.json[way])
        pages.append(ids(answer))
    return pages


@pytest.fixture
def boxes(town: Town) -> list[str]:
    """Seven boxes, newest first."""
    return [str(make_box(town.team, town.centre).id) for _ in range(7)][::-1]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 100])
def test_walking_forwards_meets_every_row_once(town: Town, boxes: list[str], size: int) -> None:
    api = client_for(town.coordinator)
    pages = walk(api, api.get(LIST, query={"page_size": size}), "next")
    assert [row for page in pages for row in page] == boxes
    assert all(len(page) <= size for page in pages)


def test_walking_back_meets_the_same_pages(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    first = api.get(LIST, query={"page_size": 3})
    second = api.get(first.json["next"])
    third = api.get(second.json["next"])
    assert third.json["next"] is None
    assert walk(api, third, "previous") == [ids(third), ids(second), ids(first)]


def test_a_new_row_moves_nothing(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    first = api.get(LIST, query={"page_size": 3})
    make_box(town.team, town.centre)
    assert ids(first) + ids(api.get(first.json["next"])) == boxes[:6]


def test_another_order_is_asked_for_by_name(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    pages = walk(api, api.get(LIST, query={"ordering": "code", "page_size": 2}), "next")
    codes = dict(Case.objects.filter(team=town.team).values_list("id", "code"))
    found = [codes[type(next(iter(codes)))(row)] for page in pages for row in page]
    assert found == sorted(codes.values())


def test_the_number_of_rows_is_told_when_asked(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    assert "count" not in api.get(LIST).json
    assert api.get(LIST, query={"count": "true", "page_size": 2}).json["count"] == 7


def test_an_empty_list_is_a_200(town: Town) -> None:
    answer = client_for(town.coordinator).get(LIST)
    assert answer.json == {"next": None, "previous": None, "results": []}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"page_size": "0"}, "invalid_parameter"),
        ({"page_size": "101"}, "invalid_parameter"),
        ({"page_size": "-1"}, "invalid_parameter"),
        ({"page_size": "١"}, "invalid_parameter"),
        ({"page_size": "ten"}, "invalid_parameter"),
        ({"count": "yes"}, "invalid_parameter"),
        ({"ordering": "urgency"}, "invalid_parameter"),
        ({"cursor": "abc"}, "invalid_cursor"),
        ({"cursor": "%%%"}, "invalid_cursor"),
        ({"cursor": "A" * 5000}, "invalid_cursor"),
        ({"page": "2"}, "unknown_parameter"),
        ({"offset": "2"}, "unknown_parameter"),
    ],
)
def test_what_paging_does_not_know_is_a_400(town: Town, query: dict[str, str], code: str) -> None:
    answer = client_for(town.coordinator).get(LIST, query=query)
    assert (answer.status, answer.code) == (400, code)


def test_a_cursor_fits_neither_another_filter_nor_another_order(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    cursor = api.get(LIST, query={"page_size": 2}).json["next"].partition("cursor=")[2]
    assert api.get(LIST, query={"cursor": cursor}).status == 200
    assert api.get(LIST, query={"cursor": cursor, "urgency": "routine"}).code == "invalid_cursor"
    assert api.get(LIST, query={"cursor": cursor, "ordering": "code"}).code == "invalid_cursor"


def test_a_cursor_of_another_list_does_not_fit(town: Town, boxes: list[str]) -> None:
    api = client_for(town.coordinator)
    cursor = api.get(LIST, query={"page_size": 2}).json["next"].partition("cursor=")[2]
    assert api.get(f"/api/v1/teams/{town.team.id}/boxes", query={"cursor": cursor}).code == "invalid_cursor"


def test_a_list_takes_few_queries(town: Town, boxes: list[str], counted: Counted) -> None:
    api = client_for(town.coordinator)
    api.get(LIST)
    with counted("sample_list"):
        api.get(LIST)


WHEN = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ORDER = ("-created_at", "-id")


@pytest.mark.pure
@given(when=WHEN, pk=st.uuids(), backwards=st.booleans(), scope=st.text(max_size=20))
def test_a_cursor_comes_back_as_it_was(when: datetime, pk: object, backwards: bool, scope: str) -> None:
    cursor = Cursor(backwards=backwards, values=(when, pk))
    text = pagination.encode(cursor, scope=scope)
    assert pagination.decode(text, scope=scope, model=Case, ordering=ORDER) == cursor


@pytest.mark.pure
@given(place=st.integers(0, 60), bit=st.integers(0, 7))
def test_no_bit_of_a_cursor_may_change(place: int, bit: int) -> None:
    text = pagination.encode(Cursor(backwards=False, values=(datetime.now(UTC), uuid4())), scope="s")
    raw = bytearray(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    raw[place] ^= 1 << bit
    changed = base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")
    with pytest.raises(BadParameter):
        pagination.decode(changed, scope="s", model=Case, ordering=ORDER)
