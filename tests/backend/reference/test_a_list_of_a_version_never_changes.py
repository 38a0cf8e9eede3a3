"""The digests of version 1 are written down: whoever changes a meaning has to make a new version."""

import hashlib
from pathlib import Path

import pytest

from backend.reference.lists import DATA, LISTS, VERSION, read_list
from backend.reference.rows import read_table

pytestmark = pytest.mark.pure

LINES = Path(__file__).with_name("digests_v1.txt").read_text(encoding="utf-8").splitlines()
DIGESTS = {file: digest for digest, file in (line.split("  ") for line in LINES)}


def test_the_digests_are_those_of_this_version() -> None:
    assert VERSION == "1"
    assert len(DIGESTS) == 41 + 1 + 7


@pytest.mark.parametrize("file", sorted(DIGESTS))
def test_a_packaged_file_is_the_one_written_down(file: str) -> None:
    assert hashlib.sha256((DATA / file).read_bytes()).hexdigest() == DIGESTS[file]


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_carries_the_digest_of_its_file(name: str) -> None:
    assert LISTS[name].digest == DIGESTS[f"{name}.csv"]
    assert read_list(DATA / f"{name}.csv") == LISTS[name]


def test_another_letter_is_another_digest(tmp_path: Path) -> None:
    copy = tmp_path / "needs.csv"
    copy.write_bytes((DATA / "needs.csv").read_bytes())
    assert read_table(copy).digest == LISTS["needs"].digest
    copy.write_bytes(copy.read_bytes().replace(b"Housing", b"housing"))
    assert read_table(copy).digest != LISTS["needs"].digest


def test_no_file_of_the_data_goes_without_a_digest() -> None:
    packaged = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    assert packaged - set(DIGESTS) == {"README.md"}
