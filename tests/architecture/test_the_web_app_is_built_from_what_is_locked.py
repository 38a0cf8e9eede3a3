"""What the web app is made of was reviewed: every package by its hash, for every machine that may build it.

Nothing that a build makes is committed. A wheel carries what was built, at the place from which it is served.
"""

import json
import re
import tomllib
from collections import defaultdict
from typing import Any

import pytest

from backend import settings
from tests.architecture.tracked import ROOT, text, tracked

WEB = ROOT / "web"
PACKAGE: dict[str, Any] = json.loads(text(WEB / "package.json"))
LOCKED: dict[str, dict[str, Any]] = json.loads(text(WEB / "package-lock.json"))["packages"]
OTHERS = {path: said for path, said in LOCKED.items() if path}
WANTED = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
NAMED_AFTER_A_MACHINE = re.compile(
    r"(?P<family>.+?)[-/](?P<machine>(?:linux|darwin)-(?:x64|arm64)(?:-gnu|-musl)?)"
)
MACHINES = {
    "darwin-x64",
    "darwin-arm64",
    "linux-x64-gnu",
    "linux-x64-musl",
    "linux-arm64-gnu",
    "linux-arm64-musl",
}
# None of these asks more of us than to name whose work it is; MPL files stay apart and unchanged.
LICENCES = {
    "(MIT OR CC0-1.0)",
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Python-2.0",
    "Unlicense",
}


def native() -> dict[str, set[str]]:
    """Return for each family of packages with machine code the machines that the lock has one for."""
    families: dict[str, set[str]] = defaultdict(set)
    for path in OTHERS:
        if found := NAMED_AFTER_A_MACHINE.fullmatch(path.rpartition("node_modules/")[2]):
            families[found["family"]].add(found["machine"])
    return families


def test_no_package_says_where_from() -> None:
    assert [path for path, said in OTHERS.items() if "resolved" in said] == []
    assert "omit-lockfile-registry-resolved=true" in text(WEB / ".npmrc").splitlines()


def test_every_package_has_its_hash() -> None:
    assert [path for path, said in OTHERS.items() if not said["integrity"].startswith("sha512-")] == []


def test_what_is_wanted_is_an_exact_version_and_locked() -> None:
    locked = {name: LOCKED[f"node_modules/{name}"]["version"] for name in WANTED}
    assert locked == WANTED
    assert LOCKED[""]["dependencies"] == PACKAGE["dependencies"]
    assert LOCKED[""]["devDependencies"] == PACKAGE["devDependencies"]


def test_all_of_mantine_is_of_one_version() -> None:
    assert len({version for name, version in WANTED.items() if name.startswith("@mantine/")}) == 1


def test_every_optional_package_is_locked_whatever_machine_locked_it() -> None:
    locked = {path.rpartition("node_modules/")[2] for path in OTHERS}
    optional = {name for said in OTHERS.values() for name in said.get("optionalDependencies", {})}
    assert optional - locked == set()


def test_machine_code_is_there_for_linux_and_macos() -> None:
    found = native()
    assert {"@rolldown/binding", "lightningcss"} <= set(found)
    assert {family: MACHINES - machines for family, machines in found.items() if MACHINES - machines} == {}


def test_every_licence_is_one_that_we_may_build_with() -> None:
    assert {said.get("license", path) for path, said in OTHERS.items()} - LICENCES == set()


def test_nothing_that_a_build_makes_is_kept() -> None:
    made = [WEB / "dist", WEB / "node_modules", WEB / ".tanstack"]
    assert [path for path in tracked() if any(path.is_relative_to(folder) for folder in made)] == []


@pytest.mark.parametrize("script", ["scripts/web", "scripts/lint", "scripts/tests"])
def test_every_script_of_the_app_that_is_run_exists(script: str) -> None:
    called = re.findall(r"(?:npm run --silent|scripts/web run) ([a-z][a-z:]*)", text(ROOT / script))
    assert called
    assert set(called) - set(PACKAGE["scripts"]) == set()


def test_a_wheel_carries_what_was_built_where_it_is_looked_for_and_no_more() -> None:
    described = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["setuptools"]
    assert [name for name in described["packages"]["find"]["include"] if "web" in name] == ["web.dist*"]
    assert described["package-data"]["web.dist"] == ["**"]
    assert settings.SPONA_WEB_APP == WEB / "dist"
    assert (ROOT / "api" / "openapi.yaml").read_bytes() == (ROOT / "openapi.yaml").read_bytes()


def test_no_file_of_the_app_has_more_than_300_lines() -> None:
    ours = [
        path
        for path in tracked()
        if path.is_relative_to(WEB) and path.suffix in {".ts", ".tsx", ".js", ".mjs"}
    ]
    by_hand = [path for path in ours if "gen" not in path.parts and ".gen." not in path.name]
    assert len(by_hand) > 10
    assert [path.name for path in by_hand if len(text(path).splitlines()) > 300] == []
