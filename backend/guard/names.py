"""Finds what is likely the name of a person: given names, surnames, initials, in any case, script and order.

A word is *sure* when it is a form of a name and no ordinary word, *doubtful* when it may be either. Sure ones count
alone; doubtful ones need a neighbour, a title, or a capital where no sentence begins. Names of streets, schools and
saints are no persons.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from backend.guard.judged import Judged, judged
from backend.guard.name_forms import context
from backend.guard.no_persons import Span, not_persons, streets
from backend.guard.tokens import Case

PERSON, STREET = "person_name", "address"
SHORTEST_IN_CAPITALS: Final = 4  # AND, FROM and NOT stand in capitals too, but a surname is rarely shorter
_AFTER_TITLE: Final = frozenset({" ", "  ", ".", ". ", ":", ": "})


def names(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind (`person_name`, or `address` for a street with its number), start and end in a Latin `text`."""
    words = list(judged(text))
    numbered = list(streets(words))
    shut = not_persons(words) | {at for first, last in numbered for at in range(first, last)}
    for first, last in numbered:
        yield STREET, words[first].token.start, words[last - 1].token.end
    named = _Named(words, shut).all()
    for first, last in _runs(named, words):
        yield PERSON, words[first].token.start, words[last - 1].token.end


class _Named:
    """Which words are parts of names."""

    def __init__(self, words: Sequence[Judged], shut: set[int]) -> None:
        self.words = words
        self.shut = shut

    def all(self) -> set[int]:
        found = {at for at, one in enumerate(self.words) if at not in self.shut and self._by_itself(at, one)}
        paired = {at for at in range(len(self.words)) if self._pair(at)}
        led = {at for at, one in enumerate(self.words) if one.token.case is Case.INITIAL and self._leads(at)}
        return self._grown(found | paired | led)

    def _leads(self, at: int) -> bool:
        """Whether an initial within a sentence stands before a capital: P. Hasani."""
        return (
            at + 1 not in self.shut
            and not self.words[at].token.opens
            and self._joined(at + 1)
            and self._may_follow(at + 1)
        )

    def _by_itself(self, at: int, one: Judged) -> bool:
        if one.shut:
            return False
        if one.sure:
            return True
        if one.token.case is not Case.CAPITAL:
            return False
        return self._after_title(at) or (self._in_prose(at) and (bool(one.kinds) or self._two_unknown(at)))

    def _in_prose(self, at: int) -> bool:
        """Whether the word before is written small, so that this capital opens no sentence and is none of a heading."""
        return at > 0 and not self.words[at].token.opens and self.words[at - 1].token.case is Case.LOWER

    def _two_unknown(self, at: int) -> bool:
        """Whether two capitals stand alone in prose, and neither belongs to a place, an office or a company."""
        pair = self.words[at : at + 2]
        if len(pair) < len("Xx") or at + 1 in self.shut or not self._joined(at + 1):
            return False
        alone = at + 2 >= len(self.words) or not (self._joined(at + 2) and self.words[at + 2].capital)
        return alone and not any(one.shut or one.token.case is not Case.CAPITAL for one in pair)

    def _after_title(self, at: int) -> bool:
        before = self.words[at].token.before
        return at > 0 and before in _AFTER_TITLE and self.words[at - 1].token.word in context("titles")

    def _pair(self, at: int) -> bool:
        """Whether a doubtful word stands beside another: Vera Kovač, Kovač Vera, VERA KOVAČ."""
        return self._makes_pair(at, at + 1) or self._makes_pair(at - 1, at)

    def _makes_pair(self, left: int, right: int) -> bool:
        if left < 0 or right >= len(self.words) or {left, right} & self.shut or not self._joined(right):
            return False
        one, other = self.words[left], self.words[right]
        small = Case.LOWER in {one.token.case, other.token.case}
        if one.shut or other.shut or (small and not (one.sure or other.sure)):
            return False
        return (one.first and other.last) or (one.last and other.first)

    def _joined(self, at: int) -> bool:
        return 0 < at < len(self.words) and self.words[at].token.joined

    def _grown(self, found: set[int]) -> set[int]:
        """Add the unknown surname behind a given name, the unknown name before a surname, and initials."""
        grown = set(found)
        for at in sorted(found):
            if self._takes_surname(at) and self._joined(at + 1) and self._may_follow(at + 1):
                grown.add(at + 1)
            if self.words[at].last and self._joined(at) and self._may_lead(at - 1):
                grown.add(at - 1)
        for at, one in enumerate(self.words):
            if one.token.case is Case.INITIAL and self._beside_name(at, grown):
                grown.add(at)
        return grown

    def _takes_surname(self, at: int) -> bool:
        one = self.words[at]
        return one.token.case is Case.INITIAL or one.first or not one.last

    def _may_follow(self, next_one: int) -> bool:
        """Whether an unknown word behind a given name is its surname."""
        one = self.words[next_one]
        if next_one in self.shut or one.shut or not one.capital:
            return False
        return one.token.case is Case.CAPITAL or len(one.token.word) >= SHORTEST_IN_CAPITALS

    def _may_lead(self, before: int) -> bool:
        """Whether a word before a surname is the given name: one that is a place as well (Sava), or an unknown one."""
        one = self.words[before]
        if before in self.shut or not one.capital:
            return False
        if one.first:
            return True
        return one.token.case is Case.CAPITAL and not (one.shut or one.token.opens)

    def _beside_name(self, at: int, found: set[int]) -> bool:
        return (at + 1 in found and self._joined(at + 1)) or (at - 1 in found and self._joined(at))


def _runs(found: set[int], words: Sequence[Judged]) -> Iterator[Span]:
    """Neighbouring words of one name as one stretch."""
    first = None
    for at in range(len(words) + 1):
        if first is not None and (at not in found or not words[at].token.joined):
            yield first, at
            first = None
        if first is None and at in found:
            first = at
