"""A text as words for the recognition of names: folded, with the kind of capital and what stands before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from backend.guard.name_forms import fold

LONGEST: Final = 30  # letters of a name; a longer run is none
_DIGRAPHS: Final = frozenset({"Lj", "Nj", "Dž", "Dj", "LJ", "NJ", "DŽ", "DJ"})
_WORD: Final = re.compile(r"[^\W\d_]+")
# What ends a sentence, a line or a column; a bullet, a bracket or a quotation mark begins something new as well.
_BREAK: Final = re.compile(r"[.!?:;\n\r\t\"“”„»«()\[\]{}•|/\ufffc]|\d[.)]|[-–]\s|\s[-–]")
_NUMBER: Final = re.compile(
    r"[\s,]{0,3}(?:br\.?|broj)?[\s,]{0,2}\d{1,4}(?:\s?[a-zA-Z]?\b(?:[/-]\d{1,4})?)(?![\d.]*\d)"
)
_BESIDE: Final = frozenset({" ", "  ", "   ", "-", " -", "- ", " - "})
_BEHIND_INITIAL: Final = frozenset({".", ". ", ".  ", ".-"})


class Case(IntEnum):
    """How a word is written."""

    LOWER = 0
    CAPITAL = 1
    ALL_CAPITALS = 2
    INITIAL = 3
    MIXED = 4  # a user name or a brand


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `before` is what stands between it and the word before it."""

    word: str  # folded
    spelt: str  # lower case, with diacritics
    start: int
    end: int
    case: Case
    before: str
    joined: bool  # right beside the word before: a space or a hyphen between, or the dot of an initial
    opens: bool  # a sentence, line or bracket begins here, so that the capital says nothing
    numbered: bool  # a house number follows


def tokens(text: str) -> Iterator[Token]:
    """Every word of `text`, which is in Latin script, with the places of its first letter and behind its last."""
    last, initial = 0, False
    for match in _WORD.finditer(text):
        start, end = match.span()
        written, before = match.group(), text[last:start]
        case = _case(written, text[end : end + 1])
        yield Token(
            word=fold(written) if end - start <= LONGEST else "",
            spelt=written.lower() if end - start <= LONGEST else "",
            start=start,
            end=end,
            case=case,
            before=before,
            joined=before in _BESIDE or (initial and before in _BEHIND_INITIAL),
            opens=start == 0
            or (_BREAK.search(before) is not None and not (initial and before in _BEHIND_INITIAL)),
            numbered=case is not Case.LOWER and _NUMBER.match(text, end) is not None,
        )
        last, initial = end, case is Case.INITIAL


def _case(written: str, after: str) -> Case:
    if not written[0].isupper():
        return Case.LOWER if written.islower() else Case.MIXED
    if len(written) == 1 or written in _DIGRAPHS:
        return Case.INITIAL if after == "." else Case.LOWER
    return Case.ALL_CAPITALS if written.isupper() else Case.CAPITAL
