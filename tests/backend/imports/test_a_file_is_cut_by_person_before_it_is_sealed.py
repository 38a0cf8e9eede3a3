"""Each team's file holds the rows of its own people only, under the numbers they had; what is nobody's is named."""

import gzip
from pathlib import Path

import pytest

from backend.imports import splitting
from backend.imports.errors import Unreadable
from backend.imports.people import read_people
from backend.imports.several import read_tables
from backend.imports.splitting import folder_content, split
from backend.imports.tables import read_rows
from tests.backend.imports.packed import HOMES, MAPPING, PEOPLE, SENT, TABLES, VISITS, mapping, zipped

pytestmark = pytest.mark.pure
SINGLE = (
    MAPPING.split("table: people")[0] + 'items:\n  sex: {column: sex, values: {m: "1"}}\nignored: [town]\n'
)


def rows(content: bytes) -> dict[str, list[tuple[int, str]]]:
    tables = read_tables(content)
    return {name: [(row.number, row.cells["id"]) for row in table.rows] for name, table in tables.items()}


def test_every_row_goes_with_its_person_and_keeps_its_number() -> None:
    files, nobody = split(mapping(), zipped(sent=SENT + "B,kitchen,3\n"), column="colour")
    assert rows(files["red"]) == {
        "people": [(2, "A")],
        "homes": [(2, "A")],
        "sent": [(2, "A")],
        "visits": [(2, "A"), (3, "A")],
    }
    assert rows(files["blue"]) == {
        "people": [(3, "B")],
        "homes": [(3, "B")],
        "sent": [(3, "B")],
        "visits": [],
    }
    assert nobody == []


def test_no_cell_of_another_team_is_in_the_file() -> None:
    secret = zipped(
        people="id,sex,colour\nA,m,red\nB,f,blue\nSECRET-7,m,blue\n", homes=HOMES + "SECRET-7,no\n"
    )
    files, _ = split(mapping(), secret, column="colour")
    unpacked = "".join(str(row.cells) for table in read_tables(files["red"]).values() for row in table.rows)
    assert "SECRET-7" not in unpacked
    assert "SECRET-7" in str([row.cells for row in read_tables(files["blue"])["people"].rows])


def test_a_part_is_read_by_the_same_mapping() -> None:
    files, _ = split(mapping(), zipped(remarks="id\nA\n"), column="home")
    assert list(files) == ["no"]
    people = read_people(mapping(), files["no"])
    assert [(person.place, len(person.faults)) for person in people.each] == [
        (("people", 2), 0),
        (("people", 3), 0),
    ]
    assert "remarks" not in read_tables(files["no"])


def test_who_has_no_value_or_no_usable_row_is_put_into_no_file() -> None:
    content = zipped(
        people=PEOPLE + "C,m,\nD,m,red\nA,m,blue\n", homes=HOMES + "C,no\n", visits=VISITS + "X,yes,,1,one\n"
    )
    files, nobody = split(mapping(), content, column="colour")
    assert sum(len(found) for content in files.values() for found in rows(content).values()) == 7
    left = [(person.place, [fault.code for fault in person.faults]) for person in nobody]
    assert left == [
        (("people", 4), []),
        (("people", 5), ["row_missing"]),
        (("people", 6), ["row_key_repeated"]),
        (("visits", 4), ["row_key_unknown"]),
    ]


def test_cells_with_commas_quotes_and_line_breaks_come_through() -> None:
    odd = 'id,sex,colour\nA,m,"red, ""dark""\nand deep"\n'
    files, _ = split(mapping(), zipped(people=odd), column="colour")
    (part,) = files.values()
    (row,) = read_tables(part)["people"].rows
    assert row.cells["colour"] == 'red, "dark"\nand deep'


def test_a_file_of_one_table_is_cut_as_well() -> None:
    files, nobody = split(mapping(SINGLE), b"id,sex,town\nA,m,x\nB,m,y\nC,m,x\nD,m,\n", column="town")
    assert [(row.number, row.cells["id"]) for row in read_rows(files["x"])[1]] == [(2, "A"), (4, "C")]
    assert [person.place for person in nobody] == [("", 5)]


@pytest.mark.parametrize("column", ["nothing", "came", ""])
def test_people_are_cut_by_a_column_of_theirs_only(column: str) -> None:
    with pytest.raises(Unreadable) as refused:
        split(mapping(), zipped(), column=column)
    assert refused.value.code == "column_missing"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_with_its_packed_tables_and_without_what_is_no_table(folder: Path) -> None:
    (folder / "visits.csv").unlink()
    (folder / "visits.csv.gz").write_bytes(gzip.compress(VISITS.encode()))
    (folder / "README.md").write_text("no table", encoding="utf-8")
    assert rows(folder_content(folder)) == rows(zipped())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("people.csv.gz", gzip.compress(b"id\n"), "repeated_table"),
        ("a b.csv", b"id\n", "bad_table_name"),
        (".csv", b"id\n", "bad_table_name"),
        ("more.csv.gz", b"no gzip", "not_a_table"),
        ("more.csv.gz", gzip.compress(b"id\n" * 99)[:-9], "not_a_table"),
        ("more.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xff" * 30, "not_a_table"),
    ],
    ids=["two of a name", "a space", "no name", "no gzip", "cut off", "broken"],
)
def test_a_folder_with_something_unclear_is_refused(
    folder: Path, name: str, content: bytes, code: str
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        folder_content(folder)
    assert refused.value.code == code


def test_a_packed_table_is_unpacked_no_further_than_the_limit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bomb.csv.gz").write_bytes(gzip.compress(b"0" * 30_000_000))
    monkeypatch.setattr(splitting, "MAX_UNPACKED_CSV", 1_000_000)
    with pytest.raises(Unreadable) as refused:
        folder_content(folder)
    assert refused.value.code == "too_large"


def test_an_empty_folder_holds_no_tables(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        folder_content(tmp_path)
    assert refused.value.code == "not_several_tables"
