"""`spona import` of several tables: one team or a part for each, progress by person, and every mistake in words."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from backend.cases.models import Case
from backend.directory.models import Service
from backend.imports import runs
from backend.imports.models import ImportRun
from tests.backend.imports.packed import HOMES, MAPPING, PEOPLE, SENT, TABLES, VISITS, workbook, zipped
from tests.world import Town, make_organisation, saved


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "several.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def named(name: str) -> Town:
    town = Town()
    town.team.slug = town.coordinator.username = name
    saved(town.team)
    saved(town.coordinator)
    saved(Service(organisation=make_organisation("cso", team=town.team, has_accounts=False), code="SO-FOO"))
    return town


@pytest.fixture
def towns() -> dict[str, Town]:
    """Two towns whose names end in the colours of the file."""
    first = Town().team.slug
    return {colour: named(f"{first}-{colour}") for colour in ("red", "blue")}


def folder(place: Path, **changes: str) -> Path:
    path = place / "tables"
    path.mkdir()
    for name, content in {**TABLES, **changes}.items():
        (path / f"{name}.csv").write_text(content, encoding="utf-8")
    return path


def run(
    towns: dict[str, Town], file: Path, mapping: Path | str, *words: str, to: str = "{}"
) -> tuple[str, str]:
    """Import `file`; `to` is the colour in the name of team and user. Returns what was said, and the progress."""
    out, err = io.StringIO(), io.StringIO()
    name = towns["red"].team.slug.removesuffix("red") + to
    call_command(
        "import",
        str(file),
        "--mapping",
        str(mapping),
        "--team",
        name,
        "--as",
        name,
        *words,
        stdout=out,
        stderr=err,
    )
    return out.getvalue().replace(name.removesuffix(to), ""), err.getvalue()


def people(towns: dict[str, Town]) -> dict[str, int]:
    return {colour: Case.objects.filter(team=town.team).count() for colour, town in towns.items()}


@pytest.mark.parametrize("kind", ["folder", "zip", "workbook"])
def test_all_of_a_file_comes_into_one_team(
    towns: dict[str, Town], mapping: Path, tmp_path: Path, kind: str
) -> None:
    file = folder(tmp_path) if kind == "folder" else tmp_path / "file"
    if kind != "folder":
        file.write_bytes(zipped() if kind == "zip" else workbook())
    said, _ = run(towns, file, mapping, to="red")
    assert said.splitlines() == [
        "homes: 2 rows in: 2 accepted, 0 unchanged, 0 refused",
        "people: 2 rows in: 2 accepted, 0 unchanged, 0 refused",
        "sent: 1 rows in: 1 accepted, 0 unchanged, 0 refused",
        "visits: 2 rows in: 2 accepted, 0 unchanged, 0 refused",
        "7 rows in: 7 accepted, 0 unchanged, 0 refused",
    ]
    assert people(towns) == {"red": 2, "blue": 0}


def test_each_part_comes_into_its_own_team(towns: dict[str, Town], mapping: Path, tmp_path: Path) -> None:
    said, _ = run(towns, folder(tmp_path), mapping, "--by", "colour")
    lines = said.splitlines()
    assert (lines[0], lines[3]) == ("blue (1 of 2)", "2 rows in: 2 accepted, 0 unchanged, 0 refused")
    assert (lines[4], lines[-1]) == ("red (2 of 2)", "5 rows in: 5 accepted, 0 unchanged, 0 refused")
    assert people(towns) == {"red": 1, "blue": 1}


def test_only_one_part_comes_in_when_only_one_is_asked_for(
    towns: dict[str, Town], mapping: Path, tmp_path: Path
) -> None:
    said, _ = run(towns, folder(tmp_path), mapping, "--only", "colour=blue")
    assert said.splitlines()[-1] == "2 rows in: 2 accepted, 0 unchanged, 0 refused"
    assert people(towns) == {"red": 0, "blue": 1}


def test_refused_rows_are_named_by_table_and_number(
    towns: dict[str, Town], mapping: Path, tmp_path: Path
) -> None:
    file = folder(tmp_path, visits=VISITS + "B,yes,,1,one\n", people=PEOPLE.replace("A,m", "A,x"))
    said, _ = run(towns, file, mapping, to="red")
    assert [line for line in said.splitlines() if "refused:" in line] == [
        "homes row 2 refused: case_refused",
        "people row 2 refused: sex: value_unknown",
        "sent row 2 refused: case_refused",
        "visits row 2 refused: case_refused",
        "visits row 3 refused: case_refused",
        "visits row 4 refused: no_referral",
    ]


def test_rows_that_are_in_no_part_are_named_at_the_end(
    towns: dict[str, Town], mapping: Path, tmp_path: Path
) -> None:
    file = folder(tmp_path, people=PEOPLE + "C,m,\n", homes=HOMES + "C,no\n", sent=SENT + "X,kitchen,1\n")
    said, _ = run(towns, file, mapping, "--by", "colour")
    assert said.splitlines()[-3:] == [
        "people row 4 refused: no_part",
        "homes row 4 refused: case_refused",
        "sent row 3 refused: id: row_key_unknown",
    ]


def test_progress_says_how_many_people_of_all_are_done(
    towns: dict[str, Town], mapping: Path, tmp_path: Path
) -> None:
    many = [f"P{number}" for number in range(100)]
    file = folder(
        tmp_path,
        people="id,sex,colour\n" + "".join(f"{one},m,red\n" for one in many),
        homes="id,home\n" + "".join(f"{one},no\n" for one in many[:1]),
        sent="id,to,day\n",
        visits="id,came,why,day,label\n",
    )
    _, progress = run(towns, file, mapping, to="red")
    assert progress == "100 of 100 people, 101 rows: 2 accepted, 99 refused\n"


def test_a_run_says_how_far_it_is_while_it_goes_on(
    towns: dict[str, Town], mapping: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int | None, int]] = []
    real = runs.decide

    def watched(work: runs.Work, person: runs.Person) -> list[runs.Outcome]:
        now = ImportRun.objects.get(pk=work.run.pk)
        seen.append((now.status, now.people, now.people_done))
        return real(work, person)

    monkeypatch.setattr(runs, "decide", watched)
    run(towns, folder(tmp_path), mapping, to="red")
    assert seen == [("running", 2, 0), ("running", 2, 1)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "colour=green"], "Nobody in the file has colour=green."),
        (["--only", "colour"], "Nobody in the file has colour."),
        (["--only", "shape=round"], "file: column_missing shape"),
        (["--by", "came"], "file: column_missing came"),
        (["--by", "home"], r"There is no team .*no\."),
        (["--by", "colour", "--organisation", "{} house"], "Name one organisation of the user"),
        (["--by", "colour", "--only", "colour=red"], "not allowed with argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_part_that_is_not_there_is_refused_before_anything_is_sealed(
    towns: dict[str, Town], mapping: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        run(towns, folder(tmp_path), mapping, *words)
    assert not ImportRun.objects.filter(team__in=[town.team for town in towns.values()]).exists()


def test_one_team_that_is_not_there_stops_all_of_them(
    towns: dict[str, Town], mapping: Path, tmp_path: Path
) -> None:
    file = folder(tmp_path, people=PEOPLE + "C,m,green\n", homes=HOMES + "C,no\n")
    with pytest.raises(CommandError, match=r"There is no team .*green\."):
        run(towns, file, mapping, "--by", "colour")
    assert people(towns) == {"red": 0, "blue": 0}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("bad name.csv", b"id\n"), "file: bad_table_name bad name.csv"),
        (("people.csv.gz", b"id\n"), "file: repeated_table people.csv.gz"),
        (("more.csv", b"id\n"), "file: table_unknown more"),
        (("visits.csv", b"id,\xff\n"), "file: not_utf8 visits"),
        (("visits.csv", VISITS.encode() + b"A,yes,,1,one,more\n"), "row_too_long: visits: 4"),
    ],
    ids=["name", "twice", "unknown", "encoding", "too long"],
)
def test_a_folder_that_cannot_be_read_is_refused_in_words(
    towns: dict[str, Town], mapping: Path, tmp_path: Path, written: tuple[str, bytes], said: str
) -> None:
    file = folder(tmp_path)
    (file / written[0]).write_bytes(written[1])
    with pytest.raises(CommandError, match=said):
        run(towns, file, mapping, to="red")
    assert people(towns) == {"red": 0, "blue": 0}


@pytest.mark.parametrize("words", [[], ["--by", "colour"]], ids=["whole", "in parts"])
def test_a_broken_mapping_is_named_as_such(towns: dict[str, Town], tmp_path: Path, words: list[str]) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(MAPPING.replace("attended", "danced"), encoding="utf-8")
    with pytest.raises(CommandError, match="mapping: bad_mapping"):
        run(towns, folder(tmp_path), broken, *words, to="{}" if words else "red")


def test_an_empty_folder_is_refused(towns: dict[str, Town], mapping: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(CommandError, match="file: not_several_tables"):
        run(towns, empty, mapping, to="red")
