"""The pattern files carry their tests; the guard passes every one, and names only kinds the files name."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from backend.guard import check
from backend.guard.patterns import ADDITIONS_FILE, PATTERN_FILE, patterns
from backend.guard.screen import scan
from backend.guard.validations import VALIDATIONS, Circumstances, normal_number

TODAY = date(2026, 11, 22)


def document(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


ROWS = [row for path in (PATTERN_FILE, ADDITIONS_FILE) for row in document(path)["patterns"]]
CASES = [
    pytest.param(row, test, side, id=f"{row['id']}-{side}-{number}")
    for row in ROWS
    for side in ("positive", "negative")
    for number, test in enumerate(row["tests"][side])
]


def actions(row: dict[str, Any], test: dict[str, Any]) -> set[str]:
    directory = frozenset(normal_number(number) for number in test.get("directory", []))
    around = Circumstances(TODAY, test.get("allow_future", False), directory)
    kind = row.get("kind", row["id"])
    return {action for found, action, _start, _end in scan(test["text"], around) if found == kind}


@pytest.mark.parametrize(("row", "test", "side"), CASES)
def test_a_pattern_finds_what_it_says_and_nothing_it_denies(
    row: dict[str, Any], test: dict[str, Any], side: str
) -> None:
    found = actions(row, test)
    expected = {"warn": "ask"}.get(test.get("expect", ""), test.get("expect"))
    assert (expected in found) if side == "positive" else not found


@pytest.mark.parametrize("test", document(PATTERN_FILE)["clean_texts"], ids=lambda test: test["text"][:20])
def test_an_ordinary_note_passes(test: dict[str, Any]) -> None:
    assert check(test["text"], today=TODAY) == []


def test_the_file_has_the_eighteen_patterns_the_readme_counts() -> None:
    assert len(document(PATTERN_FILE)["patterns"]) == 18
    assert len(patterns()) == 18 + len(document(ADDITIONS_FILE)["patterns"])


def test_patterns_run_in_the_order_of_the_file_and_additions_after_theirs() -> None:
    order = [pattern.id for pattern in patterns()]
    added = [row["id"] for row in document(ADDITIONS_FILE)["patterns"]]
    assert [name for name in order if name not in added] == [
        row["id"] for row in document(PATTERN_FILE)["patterns"]
    ]
    at = order.index("jmbg")
    behind_email = ["email_in_words", "card_before_others"]
    numbers = [name for name in added if name not in behind_email]
    assert order[at + 1 : at + 2 + len(numbers)] == [*numbers, "mobile"]
    assert order[order.index("email") + 1 :][:2] == behind_email


def test_every_validation_of_the_files_is_known() -> None:
    assert {name for pattern in patterns() for name in pattern.validation} == set(VALIDATIONS)


def test_every_view_and_action_of_the_files_is_known() -> None:
    assert {pattern.view for pattern in patterns()} == {"latin", "folded", "joined"}
    assert {pattern.action for pattern in patterns()} == {"allow", "block", "ask", "none"}


def test_views_come_in_the_order_in_which_they_are_built() -> None:
    ranks = [("latin", "folded", "joined").index(pattern.view) for pattern in patterns()]
    assert ranks == sorted(ranks)


def test_every_pattern_has_a_test_of_each_side_in_both_scripts() -> None:
    for row in ROWS:
        assert row["tests"]["negative"], row["id"]
        assert {test["script"] for test in row["tests"]["positive"]} == {"latn", "cyrl"}, row["id"]
