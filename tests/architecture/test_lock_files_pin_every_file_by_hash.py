"""What is installed is what was reviewed: every version exact, every file by its hash, from wherever it comes."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
LOCKS = sorted([*REQUIREMENTS.glob("*.lock"), REQUIREMENTS / "bootstrap.txt"])
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[0-9][A-Za-z0-9.+!_-]*)( ; .+)?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def entries(lock: Path) -> Mapping[str, list[str]]:
    """The hashes of every requirement line."""
    found: dict[str, list[str]] = {}
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in joined.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            head, *hashes = re.split(r"\s+(?=--hash)", line.strip())
            found[head] = [item.strip() for item in hashes]
    return found


def pins(lock: Path) -> dict[str, str]:
    return {match["name"]: match["version"] for line in entries(lock) if (match := PIN.match(line))}


def wanted(name: str) -> set[str]:
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    words = (re.split(r"[\[<>=!~; ]", line.strip())[0].lower() for line in lines)
    return {word for word in words if word and not word.startswith(("#", "-"))}


def test_there_are_three() -> None:
    assert [lock.name for lock in LOCKS] == ["base.lock", "bootstrap.txt", "dev.lock"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_an_exact_version(lock: Path) -> None:
    assert [line for line in entries(lock) if not PIN.match(line)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_file_has_its_hash(lock: Path) -> None:
    for line, hashes in entries(lock).items():
        assert hashes, line
        assert all(HASH.match(item) for item in hashes), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_line_says_where_from(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", lock.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["base", "dev"])
def test_everything_wanted_is_locked(name: str) -> None:
    assert wanted(f"{name}.in") <= set(pins(REQUIREMENTS / f"{name}.lock"))


def test_tests_run_on_the_versions_that_are_served() -> None:
    base, dev = pins(REQUIREMENTS / "base.lock"), pins(REQUIREMENTS / "dev.lock")
    assert {name: dev.get(name) for name in base} == base
