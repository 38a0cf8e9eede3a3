"""The main table names the people; other tables are joined to them or hang on them, and no row is lost on the way."""

from collections.abc import Sequence

import pytest

from backend.imports import people
from backend.imports.errors import Unreadable
from backend.imports.people import Person, check, read_people
from tests.backend.imports.packed import (
    HOMES,
    MAPPING,
    PEOPLE,
    SENT,
    TABLES,
    VISITS,
    mapping,
    workbook,
    zipped,
)

pytestmark = pytest.mark.pure
SINGLE = """
version: 1
name: small
row_key: id
urgency: routine
given_by: person
items:
  sex: {column: sex, values: {m: "1", f: "2"}}
"""


def read(content: bytes) -> list[Person]:
    return list(read_people(mapping(), content).each)


def places(person: Person) -> dict[str, list[int]]:
    return {table: [row.number for row in rows] for table, rows in person.rows.items()}


def codes(person: Person) -> Sequence[tuple[str, str]]:
    return [(fault.column, fault.code) for fault in person.faults]


@pytest.mark.parametrize("content", [zipped(), workbook()], ids=["zip", "workbook"])
def test_each_person_has_every_row_of_theirs(content: bytes) -> None:
    first, second = read(content)
    assert places(first) == {"people": [2], "homes": [2], "sent": [2], "visits": [2, 3]}
    assert places(second) == {"people": [3], "homes": [3]}


def test_what_is_joined_is_read_as_one_row() -> None:
    first = read(zipped())[0]
    assert first.row is not None
    assert first.row.cells == {"id": "A", "sex": "m", "colour": "red", "home": "no"}
    assert first.place == ("people", 2)


def test_how_many_people_there_are_is_known_before() -> None:
    assert read_people(mapping(), zipped()).total == 2
    assert read_people(mapping(), zipped(visits=VISITS + "X,yes,,1,one\n")).total == 3


@pytest.mark.parametrize(
    ("homes", "code"), [("id,home\nA,no\n", "row_missing"), (HOMES + "B,yes\n", "row_repeated")]
)
def test_a_table_that_is_joined_has_one_row_for_each_person(homes: str, code: str) -> None:
    first, second = read(zipped(homes=homes))
    assert first.row is not None
    assert (second.row, codes(second)) == (None, [("homes", code)])


def test_rows_of_a_key_that_nobody_has_come_last_and_are_refused() -> None:
    found = read(
        zipped(visits=VISITS + "X,yes,,1,one\n", sent=SENT + "X,kitchen,0\n", homes=HOMES + "Y,no\n")
    )
    strays = [person for person in found if person.stray]
    assert found[2:] == strays
    assert sorted((str(places(person)), *codes(person)) for person in strays) == [
        ("{'homes': [4]}", ("id", "row_key_unknown")),
        ("{'sent': [3], 'visits': [4]}", ("id", "row_key_unknown")),
    ]
    assert all(person.row is None for person in strays)


def test_a_person_named_twice_is_taken_once_and_the_second_row_refused() -> None:
    found = read(zipped(people=PEOPLE + "A,f,red\n"))
    assert places(found[0]) == {"people": [2], "homes": [2], "sent": [2], "visits": [2, 3]}
    assert (places(found[2]), codes(found[2])) == ({"people": [4]}, [("id", "row_key_repeated")])


def test_keys_are_compared_as_text() -> None:
    found = read(zipped(people="id,sex,colour\n01,m,red\n", homes="id,home\n1,no\n"))
    assert codes(found[0]) == [("homes", "row_missing")]


def test_a_file_of_one_table_is_read_row_by_row_and_not_counted_before() -> None:
    found = read_people(mapping(SINGLE), b"id,sex\nA,m\nB,f\n")
    assert found.total is None
    assert [places(person) for person in found.each] == [{"": [2]}, {"": [3]}]


@pytest.mark.parametrize(
    ("changes", "code", "detail"),
    [
        ({"visits": None}, "table_missing", "visits"),
        ({"homes": None, "sent": None}, "table_missing", "homes, sent"),
        ({"more": "id\n"}, "table_unknown", "more"),
        ({"homes": "who,home\n"}, "column_missing", "homes: id"),
        ({"homes": "id,home,sex\n"}, "repeated_column", "sex"),
        ({"homes": "id\n"}, "column_missing", "home"),
        ({"homes": "id,home,name\n"}, "column_unknown", "name"),
        ({"sent": "id,to\n"}, "column_missing", "sent: day"),
        ({"visits": "id,came,day,label\n"}, "column_missing", "visits: why"),
        ({"visits": "came,why,day,label\n"}, "column_missing", "visits: id"),
        ({"visits": "id,came,why,day,label,name\n"}, "column_unknown", "visits: name"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_tables_and_columns_are_those_of_the_mapping(
    changes: dict[str, str | None], code: str, detail: str
) -> None:
    for reading in (check, read_people):
        with pytest.raises(Unreadable) as refused:
            reading(mapping(), zipped(**changes))
        assert (refused.value.code, refused.value.detail) == (code, detail)


def test_a_table_that_is_ignored_may_be_there_or_not() -> None:
    check(mapping(), zipped(remarks="anything,at,all\n"))
    check(mapping(), zipped())


def test_one_table_does_for_no_mapping_of_several_and_the_reverse() -> None:
    with pytest.raises(Unreadable) as refused:
        check(mapping(), PEOPLE.encode())
    assert refused.value.code == "not_several_tables"
    with pytest.raises(Unreadable) as refused:
        check(mapping(SINGLE), zipped())
    assert refused.value.code == "not_a_workbook"


def test_what_is_kept_in_memory_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MAX_CELLS", 20)
    with pytest.raises(Unreadable) as refused:
        read(zipped())
    assert refused.value.code == "too_large"


def test_a_mapping_names_its_tables_once_and_all_of_them() -> None:
    assert mapping().tables() == ["people", "homes", "sent", "visits"]
    assert set(mapping().tables()) == TABLES.keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("table: people\n", ""),
        ("table: people\n", "table: [people]\n"),
        ("joined: [homes]", "joined: [people]"),
        ("joined: [homes]", "joined: [visits]"),
        ("joined: [homes]", "joined: 5"),
        ("  table: sent\n", "  table: visits\n"),
        ("ignored_tables: [remarks]", "ignored_tables: [1]"),
        ("referrals:\n", "referral: {need: housing, column: home, values: {}}\nreferrals:\n"),
    ],
    ids=[
        "no main table",
        "a list for a table",
        "the main table joined",
        "joined and hanging",
        "a number for tables",
        "one table for two",
        "a number for a table",
        "two ways to refer",
    ],
)
def test_a_mapping_that_gives_a_table_two_parts_or_none_is_refused(old: str, new: str) -> None:
    assert old in MAPPING
    with pytest.raises(Unreadable) as refused:
        mapping(MAPPING.replace(old, new, 1))
    assert refused.value.code == "bad_mapping"
