"""Where a name stands for no person: a street, a school, a saint, a company."""

from collections.abc import Iterator, Sequence
from typing import Final

from backend.guard.judged import Judged
from backend.guard.name_forms import context
from backend.guard.tokens import Case

Span = tuple[int, int]
REACH: Final = 4  # words of the name of a street
_QUOTES: Final = "\"“”„»«'‘’"


def streets(words: Sequence[Judged]) -> Iterator[Span]:
    """Stretches of words (first, behind last) that are a street with its number, the word for street left out."""
    for at, one in enumerate(words):
        if one.token.numbered and one.capital and not one.shut:
            first = _start(words, at)
            if _is_street(words[first : at + 1]):
                yield first, at + 1


def not_persons(words: Sequence[Judged]) -> set[int]:
    """The places of words that are called after a person."""
    found: set[int] = set()
    for at, one in enumerate(words):
        if one.token.word in context("streets"):
            found.update(_after(words, at))
        elif one.token.word in context("called_after") or _quoted(words, at):
            found.update(_after(words, at, capitals=True))
        elif one.token.case is Case.MIXED:
            found.update(range(at, at + 2))
        elif one.token.word in context("companies") and at:
            found.update(range(_start(words, at - 1), at) if words[at - 1].capital else ())
    return found


def _start(words: Sequence[Judged], at: int) -> int:
    """Where the capitals begin that end at `at`; one more than a street has is far enough."""
    for place in range(at, max(at - REACH, 0), -1):
        token = words[place].token
        if not token.joined or token.opens or words[place - 1].token.case is Case.LOWER:
            return place
    return max(at - REACH, 0)


def _is_street(run: Sequence[Judged]) -> bool:
    """Streets are called in the genitive (Kneza Miloša 4); a person of whom one writes with a number is not."""
    named = any(one.kinds for one in run) and not any(one.shut for one in run)
    return named and len(run) <= REACH and not run[-1].token.word.endswith("ic")


def _quoted(words: Sequence[Judged], at: int) -> bool:
    follows = at + 1 < len(words) and any(mark in words[at + 1].token.before for mark in _QUOTES)
    return follows and words[at].token.word in context("institutions")


def _after(words: Sequence[Judged], at: int, *, capitals: bool = False) -> Iterator[int]:
    for place in range(at + 1, min(at + 1 + REACH, len(words))):
        token = words[place].token
        broken = place > at + 1 and token.opens
        if broken or "\n" in token.before or (capitals and token.case is Case.LOWER):
            return
        if token.case is not Case.LOWER:
            yield place
        if token.numbered:
            return
