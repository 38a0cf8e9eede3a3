"""A lock file that names addresses is a lock to one network; and a machine's paths say nothing to another machine."""

import re
from pathlib import Path

import pytest

from tests.architecture.tracked import ROOT, text, tracked

# Written in pieces, so that this file does not name them itself.
HOSTS = [
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs\.org",
    "registry" + r"\.yarnpkg\.com",
    "npmmirror" + r"\.com",
    "jsr" + r"\.io",
    "crates" + r"\.io",
    "proxy" + r"\.golang\.org",
    "docker" + r"\.io",
    "ghcr" + r"\.io",
    "quay" + r"\.io",
]
REGISTRY = re.compile("|".join(HOSTS), re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.~-])/(?:ro" r"ot|ho" r"me/\w+|Us" r"ers/\w+|wo" r"rk)/[\w.]")
SKIPPED = (ROOT / "tests" / "data",)  # published test vectors, kept as published


def ours() -> list[Path]:
    return [path for path in tracked() if not any(path.is_relative_to(folder) for folder in SKIPPED)]


def test_there_is_something_to_look_at() -> None:
    assert len(ours()) > 50


def test_no_registry_is_named() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in tracked() if REGISTRY.search(text(path))] == []


def test_no_path_of_a_machine_is_named() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in ours() if MACHINE.search(text(path))] == []


@pytest.mark.parametrize(
    "line", ["https://pypi" + ".org/simple", "resolved: https://registry" + ".npmjs.org/a"]
)
def test_a_registry_would_be_found(line: str) -> None:
    assert REGISTRY.search(line)


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "Pipfile.lock", "yarn.lock"])
def test_no_lock_file_of_another_kind_is_kept(name: str) -> None:
    assert [path for path in tracked() if path.name == name] == []


def test_no_secret_is_kept() -> None:
    kept = [path.name for path in tracked() if path.suffix in {".key", ".pem"} or path.name == ".env"]
    assert kept == []
