"""Each code with which this floor can refuse is explained in three languages; one without words would be a
riddle."""

import ast
from pathlib import Path

import pytest

from api import catalogue

pytestmark = pytest.mark.pure

ROOMS = ("backend/teams", "backend/directory")
ROOT = Path(__file__).parents[3]


def codes(call: str, position: int) -> set[str]:
    """Return the constant codes given to `call` at `position` anywhere in the rooms."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call:
                    given = node.args[position] if len(node.args) > position else None
                    if isinstance(given, ast.Constant):
                        found.add(str(given.value))
    return found


@pytest.mark.parametrize("code", sorted(codes("Conflict", 0)))
def test_a_conflict_has_a_title_and_a_detail(code: str) -> None:
    known = catalogue.problems()[code]
    assert known.status == 409
    for language in ("en", "sr-Latn", "sr-Cyrl"):
        assert known.title.said_in(language)  # type: ignore[arg-type]
        assert known.detail.said_in(language).endswith(".")  # type: ignore[arg-type]


@pytest.mark.parametrize("code", sorted(codes("Fault", 1)))
def test_a_fault_has_a_sentence(code: str) -> None:
    assert code in catalogue.faults()


@pytest.mark.parametrize(
    "code",
    [
        "not_for_machines",
        "not_allowed_to_the_holder",
        "not_allowed_to_the_issuer",
        "password_too_short",
        "password_too_common",
        "password_too_similar",
    ],
)
def test_codes_that_are_computed_have_one_too(code: str) -> None:
    text = catalogue.faults()[code]
    assert text.said_in("sr-Cyrl") != text.said_in("sr-Latn") != text.said_in("en")


def test_there_are_codes_to_look_at() -> None:
    assert len(codes("Conflict", 0)) > 12
    assert len(codes("Fault", 1)) > 6
