"""`spona reference load`: idempotent, tells what it did, and ends with an error on a broken file."""

from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from backend.reference.management.commands import reference
from backend.reference.models import ReferenceEntry, ReferenceList

pytestmark = pytest.mark.database

HEADER = "code,label_en,label_sr_latn,label_sr_cyrl,note\n"


def run(*args: str) -> list[str]:
    out = StringIO()
    call_command("reference", *args, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(reference, "DATA", tmp_path)
    return tmp_path


def test_a_second_run_changes_nothing() -> None:
    run("load")
    assert run("load") == ["38 lists of version 1, 0 of them changed."]


def test_a_changed_file_is_told_in_numbers(folder: Path) -> None:
    name = f"invented_{uuid4().hex}"
    file = folder / f"{name}.csv"
    file.write_text(HEADER + "one,One,Jedan,Један,\ntwo,Two,Dva,Два,\n", encoding="utf-8")
    assert run("load") == [
        f"{name} (version 1): 2 added, 0 changed, 0 removed",
        "1 lists of version 1, 1 of them changed.",
    ]
    file.write_text(HEADER + "two,Two,Dva,Два,new\nthree,Three,Tri,Три,\n", encoding="utf-8")
    assert run("load")[0] == f"{name} (version 1): 1 added, 1 changed, 1 removed"
    assert run("load") == ["1 lists of version 1, 0 of them changed."]
    assert sorted(ReferenceEntry.objects.filter(list__name=name).values_list("code", flat=True)) == [
        "three",
        "two",
    ]


def test_a_broken_file_loads_nothing_and_says_where(folder: Path) -> None:
    name = f"invented_{uuid4().hex}"
    (folder / f"{name}.csv").write_text(HEADER + "one,One,Jedan,Један,\n", encoding="utf-8")
    (folder / "zzz.csv").write_text(HEADER + "one,One,Jedan\n", encoding="utf-8")
    with pytest.raises(
        CommandError, match=r"^Nothing was loaded. zzz.csv, line 2: 3 cells under 5 columns$"
    ) as caught:
        run("load")
    assert caught.value.returncode == 1
    assert not ReferenceList.objects.filter(name=name).exists()


def test_an_empty_folder_is_an_error(folder: Path) -> None:
    with pytest.raises(CommandError, match="holds no lists"):
        run("load")


@pytest.mark.parametrize("args", [[], ["unload"], ["load", "more"]])
def test_an_unknown_word_is_an_error(args: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*args)
