"""A page that names a file, a setting or a command that is not there sends its reader astray."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from backend.__main__ import OWN, USAGE, WITHOUT_DATABASES
from backend.database_command import password_setting
from backend.database_roles import LOGINS
from tests.architecture.source import modules, tree
from tests.architecture.tracked import ROOT, text, tracked

OPERATIONS = ROOT / "docs" / "operations.md"
THREATS = ROOT / "docs" / "threat-model.md"
DECISIONS = ROOT / "docs" / "adr"
SETTING = re.compile(r"SPONA_[A-Z_]*[A-Z]")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#[^)\s]*)?\)")
PATH = re.compile(r"`((?:api|audit|backend|docs|permissions|requirements|scripts|tests)/[\w./-]*)`")
COMMAND = re.compile(r"(?:\bspona|-m backend|\$spona) (?!-)([a-z][a-z-]*)(?: ([a-z]+)\b)?")
TARGET = re.compile(r"\bmake ([a-z-]+)")
# A variable of the shell in the README's example, and no setting.
ELSEWHERE = {"SPONA_API"}


def pages() -> list[Path]:
    """Return every page of ours; what came with test data is kept as it was published."""
    return [path for path in tracked() if path.suffix == ".md" and "data" not in path.parts]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_of(page: str) -> Iterator[str]:
    """Yield what a page shows as code: between backticks, in fences, and indented by four."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```\w*\n.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    yield from fenced
    yield from re.findall(r"`([^`\n]+)`", rest)
    yield from re.findall(r"^ {4,}(.+)$", rest, re.MULTILINE)


def commands_in(page: str) -> set[tuple[str, str]]:
    return {found for code in code_of(page) for found in COMMAND.findall(code)}


@cache
def verbs(command: str) -> frozenset[str]:
    """Return the words that may follow a management command; empty when it takes none of its own."""
    parser = load_command_class(get_commands()[command], command).create_parser("spona", command)
    choices = [action.choices for action in parser._actions if action.choices and not action.option_strings]
    return frozenset(str(word) for words in choices for word in words or ())


def exists(command: str, verb: str) -> bool:
    if command in OWN or command in WITHOUT_DATABASES or command == "help":
        return True
    return command in get_commands() and (not verb or not verbs(command) or verb in verbs(command))


@cache
def read_in_code() -> set[str]:
    """Return each setting that the product's own code, or the shape of an installation, reads by name."""
    literals = {
        node.value
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SETTING.fullmatch(node.value)
    }
    shape = "".join(text(ROOT / name) for name in ("docker-compose.yml", "deploy/Caddyfile"))
    substituted = set(re.findall(r"\$\{?(SPONA_[A-Z_]+)", shape))
    return plain(literals | substituted | {password_setting(role) for role in LOGINS})


def plain(names: set[str]) -> set[str]:
    return {name.removesuffix("_FILE") for name in names}


def test_there_are_pages_to_look_at() -> None:
    assert {"README.md", "docs/operations.md", "docs/threat-model.md", "docs/imports.md"} <= set(
        map(named, pages())
    )


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(text(page)) if target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_path_that_is_named_exists(page: Path) -> None:
    home = ROOT / "tests" if page == THREATS else ROOT
    assert [path for path in PATH.findall(text(page)) if not (home / path).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_command_that_is_named_exists(page: Path) -> None:
    assert sorted(found for found in commands_in(text(page)) if not exists(*found)) == []


@pytest.mark.parametrize("page", pages(), ids=named)
def test_every_target_of_make_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    wanted = {found for code in code_of(text(page)) for found in TARGET.findall(code)}
    assert wanted - targets == set()


def test_every_command_of_the_usage_exists() -> None:
    listed = set(re.findall(r"^  ([a-z-]+)", USAGE, re.MULTILINE))
    assert {"serve", "work"} <= listed
    assert {command for command in listed if not exists(command, "")} == set()


def test_every_setting_that_is_read_is_explained_and_no_other() -> None:
    explained = plain(set(SETTING.findall(text(OPERATIONS))))
    assert "SPONA_DATABASE_URL" in explained
    assert (read_in_code() - explained, explained - read_in_code()) == (set(), set())


@pytest.mark.parametrize("page", pages(), ids=named)
def test_no_page_names_a_setting_that_is_not_read(page: Path) -> None:
    names = plain(set(SETTING.findall(text(page)))) - ELSEWHERE
    assert {name for name in names if not name.startswith("SPONA_TEST_")} - read_in_code() == set()


def test_every_test_that_the_threat_model_names_exists() -> None:
    files = re.findall(r"`([\w/]+/test_\w+\.py|test_\w+\.py)`", text(THREATS))
    assert len(files) > 30
    assert [file for file in files if not (ROOT / "tests" / file).is_file()] == []


def test_the_index_of_decisions_equals_the_files() -> None:
    index = re.findall(r"^\| (\d{4}) \| (.+) \|$", text(DECISIONS / "README.md"), re.MULTILINE)
    files = sorted(DECISIONS.glob("[0-9]*.md"))
    headings = [text(path).partition("\n")[0].removeprefix("# ").split(" ", 1) for path in files]
    assert index == [(number, title) for number, title in headings]
    assert [path.name[:4] for path in files] == [number for number, _ in index]


@pytest.mark.parametrize(
    ("page", "astray"),
    [
        ("run `spona nonsense` now", [("nonsense", "")]),
        ("```\nspona account last\n```", [("account", "last")]),
        ("    .venv/bin/python -m backend vanish", [("vanish", "")]),
        ("`spona account first`, `spona demo code NAME`, `spona migrate`", []),
    ],
)
def test_what_is_not_there_would_be_found(page: str, astray: list[tuple[str, str]]) -> None:
    assert [found for found in sorted(commands_in(page)) if not exists(*found)] == astray
