"""Reads the patterns from the packaged data: what is searched is data, how it is searched is code.

The pattern file belongs to the reference data and is read as a file; the guard knows nothing of that room.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE_DATA = Path(__file__).parents[1] / "reference" / "data" / "v1"
PATTERN_FILE = REFERENCE_DATA / "identifier_patterns.yaml"
ADDITIONS_FILE = Path(__file__).with_name("additions.yaml")
PLACES_FILE = REFERENCE_DATA / "municipalities.csv"
NOTHING = "none"

_LEADING_RUN = re.compile(r"(\[[^\]\\]+\])\+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of the pattern file; `kind` is what a finding is called."""

    id: str
    kind: str
    view: str
    regex: re.Pattern[str]
    validation: tuple[str, ...]
    action: str
    action_with_context: str
    context: re.Pattern[str] | None
    mask: bool


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns in the order in which they run."""
    rows: list[Mapping[str, Any]] = list(_rows(PATTERN_FILE))
    for addition in _rows(ADDITIONS_FILE):
        at = next(index for index, row in enumerate(rows) if row["id"] == addition["after"])
        rows.insert(at + 1, addition)
    return tuple(_pattern(row) for row in rows)


@cache
def places() -> frozenset[str]:
    """Latin names of municipalities."""
    with PLACES_FILE.open(encoding="utf-8", newline="") as file:
        return frozenset(row["name_sr_latn"] for row in csv.DictReader(file))


@cache
def place_words() -> frozenset[str]:
    """Folded words for a place or an institution, without case endings."""
    return frozenset(_document(ADDITIONS_FILE)["place_words"])


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    yield from _document(path)["patterns"]


def _document(path: Path) -> Mapping[str, Any]:
    with path.open(encoding="utf-8") as file:
        document: Mapping[str, Any] = yaml.safe_load(file)
    return document


def _pattern(row: Mapping[str, Any]) -> Pattern:
    context = row.get("context_regex")
    return Pattern(
        id=row["id"],
        kind=row.get("kind", row["id"]),
        view=row["view"],
        regex=re.compile(_anchored(row["regex"])),
        validation=tuple(row["validation"]),
        action=_action(row["action"]),
        action_with_context=_action(row.get("action_with_context", row["action"])),
        context=re.compile(context) if context else None,
        mask=row["mask"],
    )


def _action(said: str) -> str:
    """The file says `warn` of what the worker is asked about."""
    return "ask" if said == "warn" else said


def _anchored(regex: str) -> str:
    """Let a pattern that begins with an open run (`[a-z]+`) start only where the run starts.

    It finds the same, as the run takes in every later start, but in linear instead of quadratic time.
    """
    run = _LEADING_RUN.match(regex)
    return f"(?<!{run.group(1)}){regex}" if run else regex
