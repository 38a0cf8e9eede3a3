"""Opening a folder of another PostgreSQL could only harm it; the refusal says what to do instead."""

from pathlib import Path

import pytest

from backend.embedded import binaries
from backend.embedded.cluster import Cluster
from backend.embedded.problem import EmbeddedProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    return data


@pytest.mark.parametrize("version", ["17", "19", "9.6", ""])
def test_it_is_named_and_left_alone(folder: Path, version: str) -> None:
    (folder / "PG_VERSION").write_text(f"{version}\n")
    cluster = Cluster("test", folder, folder.parent / "log")
    with pytest.raises(EmbeddedProblem, match=rf"made by PostgreSQL {version}[\s\S]*Nothing was changed"):
        cluster.prepare(password="-")
    assert [path.name for path in folder.iterdir()] == ["PG_VERSION"]


def test_ours_is_accepted(folder: Path) -> None:
    (folder / "PG_VERSION").write_text(f"{binaries.MAJOR}\n")
    binaries.refuse_other_major(folder)


def test_the_programs_are_of_the_version_we_say() -> None:
    assert f"pginstall{binaries.MAJOR}" in str(binaries.program("postgres"))


def test_a_missing_program_is_a_clear_message() -> None:
    with pytest.raises(EmbeddedProblem, match="does not hold PostgreSQL"):
        binaries.program("no_such_program")


def test_a_missing_wheel_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEEL", "no_such_wheel_here")
    with pytest.raises(EmbeddedProblem, match="make run"):
        binaries.program("postgres")
