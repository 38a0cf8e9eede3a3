"""`spona import`: every refused row with its reason, every mistake in words, and an exit status to rely on."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from backend.cases.models import Case
from backend.imports.models import ImportRun
from tests.world import Town

MAPPING = """
version: 1
name: small
row_key: id
urgency: routine
given_by: person
items:
  sex: {column: sex, values: {m: "1", f: "2"}}
"""


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def table(folder: Path, content: bytes = b"id,sex\nA1,m\nA2,x\nA3,f\n") -> Path:
    path = folder / "cases.csv"
    path.write_bytes(content)
    return path


def run(town: Town, file: Path, mapping: Path | str, *extra: str, **changes: str) -> str:
    out = io.StringIO()
    given = {"team": town.team.slug, "as": town.coordinator.username, **changes}
    words = [word for name, value in given.items() for word in (f"--{name}", value)]
    call_command(
        "import", str(file), "--mapping", str(mapping), *words, *extra, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


def test_refused_rows_are_listed_with_number_and_reason_and_the_sum_closes(
    town: Town, mapping: Path, tmp_path: Path
) -> None:
    said = run(town, table(tmp_path), mapping)
    assert said.splitlines() == [
        "row 3 refused: sex: value_unknown",
        "3 rows in: 2 accepted, 0 unchanged, 1 refused",
    ]


def test_a_dry_run_says_what_would_be(town: Town, mapping: Path, tmp_path: Path) -> None:
    said = run(town, table(tmp_path), mapping, "--dry-run")
    assert said.splitlines()[-1] == "3 rows in: 2 would be accepted, 0 unchanged, 1 refused"
    assert not Case.objects.filter(team=town.team).exists()


def test_a_workbook_is_imported_like_a_csv(town: Town, mapping: Path, tmp_path: Path) -> None:
    book = Workbook()
    for line in (["id", "sex"], [1, "m"], [2, "f"]):
        book.worksheets[0].append(line)
    path = tmp_path / "cases.xlsx"
    book.save(path)
    assert run(town, path, mapping).splitlines()[-1] == "2 rows in: 2 accepted, 0 unchanged, 0 refused"


def test_a_table_with_a_header_only_is_an_import_of_nothing(
    town: Town, mapping: Path, tmp_path: Path
) -> None:
    assert (
        run(town, table(tmp_path, b"id,sex\n"), mapping) == "0 rows in: 0 accepted, 0 unchanged, 0 refused\n"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"team": "nowhere"}, "There is no team nowhere."),
        ({"as": "nobody"}, "There is no user nobody."),
        ({"organisation": "Another one"}, "Name one organisation of the user"),
    ],
)
def test_who_and_where_must_exist(
    town: Town, mapping: Path, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(town, table(tmp_path), mapping, **changes)


def test_a_file_that_is_not_there_is_said_to_be_missing(town: Town, mapping: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.csv: No such file"):
        run(town, tmp_path / "none.csv", mapping)


@pytest.mark.parametrize("name", ["nothing_of_ours", "../small", "/etc/hostname-that-is-not-there"])
def test_a_mapping_that_is_not_there_is_said_to_be_missing(town: Town, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(town, table(tmp_path), name)


def test_a_mapping_that_is_no_text_is_refused(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "bytes.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="cannot be read"):
        run(town, table(tmp_path), path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "file: no_header"),
        (b"id\n1\n", "file: column_missing sex"),
        (b"id,sex,ime\n", "file: column_unknown ime"),
        (b"id,id\n", "file: repeated_column id"),
        (b"PK\x03\x04", "file: not_a_workbook"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_before_any_row(
    town: Town, mapping: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(town, table(tmp_path, content), mapping)
    assert not ImportRun.objects.filter(team=town.team).exists()


def test_a_table_that_breaks_in_the_middle_keeps_what_was_accepted_and_exits_non_zero(
    town: Town, mapping: Path, tmp_path: Path
) -> None:
    broken = table(tmp_path, b"id,sex\nA1,m\nA2,f,more\n")
    with pytest.raises(CommandError, match="The import stopped: row_too_long: 3"):
        run(town, broken, mapping)
    found = ImportRun.objects.get(team=town.team)
    assert (found.status, found.accepted, Case.objects.filter(team=town.team).count()) == ("failed", 1, 1)


@pytest.mark.parametrize("role", ["social_worker", "nurse", "lead"])
def test_somebody_without_the_right_is_refused(town: Town, mapping: Path, tmp_path: Path, role: str) -> None:
    username: Any = getattr(town, role).username
    with pytest.raises(CommandError, match=r"may not import|Name one organisation"):
        run(town, table(tmp_path), mapping, **{"as": username})
    assert not ImportRun.objects.filter(team=town.team).exists()


def test_the_coordinator_of_another_town_is_refused(town: Town, mapping: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Name one organisation"):
        run(town, table(tmp_path), mapping, **{"as": Town().coordinator.username})
