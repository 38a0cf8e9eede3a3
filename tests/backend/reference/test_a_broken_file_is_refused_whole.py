"""A file with anything wrong gives no list, and says which line is wrong and why."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.reference.lists import DATA, LISTS, read_list, read_lists
from backend.reference.rows import BrokenFile, several

pytestmark = pytest.mark.pure

HEADER = "code,label_en,label_sr_latn,label_sr_cyrl,note\n"
GOOD = HEADER + "one,One,Jedan,Један,\ntwo,Two,Dva,Два,a note\n"


def write(folder: Path, text: str | bytes, name: str = "numbers.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    numbers = read_list(write(tmp_path, GOOD))
    assert [(found.key, found.position) for found in numbers.entries] == [("one", 0), ("two", 1)]
    assert numbers.by_key["two"].attributes == {"note": "a note"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no header"),
        (HEADER, "no rows"),
        ("code,code\na,b\n", "names a column twice"),
        (HEADER + "one,One,Jedan,Један\n", "line 2: 4 cells under 5 columns"),
        (HEADER + "one,One,Jedan,Један,a, b\n", "line 2: 6 cells under 5 columns"),
        (HEADER + "one,One,Jedan,Један,\n\n", "line 3: 0 cells"),
        (GOOD + "one,Again,Opet,Опет,\n", "a key twice"),
        (HEADER + ",One,Jedan,Један,\n", "line 2: a row without code"),
        (HEADER + "one,,Jedan,Један,\n", "line 2: a label is missing"),
        (HEADER + "one,One,,Један,\n", "line 2: a label is missing"),
        (HEADER + "one,One,Jedan,,\n", "line 2: a label is missing"),
        (GOOD + "three,Three,Cetiri,Четири,\n", "line 4: the Latin label is not the Cyrillic one"),
        (HEADER + 'one,One,Jedan,Један,"open\n', "not valid CSV"),
        (HEADER + 'one,One,Jedan,Један,"a"b\n', "not valid CSV"),
        (HEADER.encode("utf-16"), "not UTF-8"),
        (b"\xff\xfe" + HEADER.encode(), "not UTF-8"),
        (HEADER + "one,One,Jedan,Један,e\u0301\n", "not in Unicode form NFC"),
        ("kod,ime\none,One\n", "a label is missing"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, text: str | bytes, reason: str) -> None:
    with pytest.raises(BrokenFile, match=reason) as caught:
        read_list(write(tmp_path, text))
    assert caught.value.file == "numbers.csv"
    assert str(caught.value).startswith("numbers.csv")


def test_a_missing_file_is_broken_too(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="cannot be read"):
        read_list(tmp_path / "nothing.csv")


def test_a_folder_without_lists_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match="holds no lists"):
        list(read_lists(tmp_path))


def test_one_broken_file_spoils_the_folder(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, HEADER, "zero.csv")
    with pytest.raises(BrokenFile, match=r"zero\.csv"):
        list(read_lists(tmp_path))


def test_tables_of_steps_are_no_lists(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "from,to\nnew,draft\n", "case_transitions.csv")
    assert [found.name for found in read_lists(tmp_path, version="7")] == ["numbers"]
    assert [found.version for found in read_lists(tmp_path, version="7")] == ["7"]


def test_cells_with_several_values_are_split() -> None:
    assert several("a;b;c") == ("a", "b", "c")
    assert several("a") == ("a",)
    assert several("") == ()


@given(cut=st.integers(min_value=0, max_value=5_963), junk=st.binary(min_size=1, max_size=4))
@settings(deadline=None, max_examples=150)
def test_damaged_bytes_never_crash_the_reader(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    raw = (DATA / "needs.csv").read_bytes()
    path = write(tmp_path_factory.getbasetemp(), raw[:cut] + junk + raw[cut + 1 :], "damaged.csv")
    with contextlib.suppress(BrokenFile):
        assert len(read_list(path).entries) == len(LISTS["needs"].entries)
