"""Ten thousand single mutations of fourteen kinds: the command finds each, and names where it can begin."""

import random
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from audit import verify
from tests.audit.logs import POLICY, Log, log_of
from tests.audit.mutations import KINDS, Tampered, floor, roll_back, signed_anew

pytestmark = pytest.mark.pure

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def small() -> Log:
    return log_of(90, every=30)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_text(POLICY, "utf-8")
    return path


def checked(log: Log, found: Tampered, policy: Path, capsys: Capture) -> tuple[int, str]:
    """Run the command on what is shown; return its status and words."""
    bundle, olds = policy.with_name("bundle.zip"), []
    Log(log.rows, found.notes).write(bundle, found.lines)
    for number, text in enumerate(found.old):
        old = policy.with_name(f"old{number}.txt")
        old.write_text(text, "utf-8")
        olds += ["--old", str(old)]
    status = verify.main([str(bundle), "--policy", str(policy), *olds])
    return status, capsys.readouterr().out


def assert_all_are_found(log: Log, numbers: Iterable[int], policy: Path, capsys: Capture) -> None:
    kinds, wrong, counts = list(KINDS), [], Counter[str]()
    for number in numbers:
        kind = kinds[number % len(kinds)]
        counts[kind] += 1
        found = KINDS[kind](log, random.Random(number))
        status, words = checked(log, found, policy, capsys)
        named = re.search(r"first bad index (\d+):", words)
        first = found.first if found.exact else floor(log, found.first)
        if status != 2 or not named or int(named[1]) != first:
            wrong.append((number, kind, status, words, found.first))
    assert wrong == []
    assert len(counts) == 14


def test_the_log_itself_is_good(small: Log, policy: Path, capsys: Capture) -> None:
    status, words = checked(small, Tampered(small.lines, small.notes, 0), policy, capsys)
    assert status == 0
    assert words.startswith("GOOD: 90 entries of spona.example/")
    assert "w1 at 2026-01-01 00:01:30+00:00, w2 at" in words


def test_300_mutations_of_14_kinds_are_found(small: Log, policy: Path, capsys: Capture) -> None:
    assert_all_are_found(small, range(300), policy, capsys)


@pytest.mark.full
@pytest.mark.parametrize("start", range(0, 10_000, 1_000))
def test_10000_mutations_of_14_kinds_are_found(start: int, policy: Path, capsys: Capture) -> None:
    assert_all_are_found(log_of(2000), range(start, start + 1_000), policy, capsys)


@pytest.mark.parametrize("number", range(4))
def test_history_signed_anew_is_found_by_the_witnesses_alone(
    small: Log, policy: Path, capsys: Capture, number: int
) -> None:
    found = signed_anew(small, random.Random(number))
    assert checked(small, found, policy, capsys)[0] == 2
    without = [line for line in POLICY.splitlines() if line.startswith("log ")]
    policy.write_text("\n".join([*without, "quorum none"]), "utf-8")
    status, words = checked(small, found, policy, capsys)
    assert status == 0
    assert words.startswith("CONSISTENT WITH ITSELF, and no more")
    assert "GOOD" not in words


def test_a_roll_back_is_found_by_the_kept_checkpoint_alone(small: Log, policy: Path, capsys: Capture) -> None:
    found = roll_back(small, random.Random(1))
    assert checked(small, found, policy, capsys)[0] == 2
    found.old = []
    assert checked(small, found, policy, capsys)[0] == 0
