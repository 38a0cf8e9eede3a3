"""What one word may be by itself: a given name, a surname, surely or perhaps, a place, a title."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.guard import name_forms
from backend.guard.name_forms import FIRST, LAST, context
from backend.guard.surname_endings import ends_as_surname, is_patronymic, may_end_as_surname
from backend.guard.tokens import Case, Token, tokens

SHORTEST_IN_LOWER_CASE: Final = 5  # `ane`, `iva` and `eni` are too little to go by


@dataclass(frozen=True, slots=True)
class Judged:
    """A word; `kinds` is FIRST, LAST, both or 0, `sure` that it is no ordinary word, `shut` that it is never a name."""

    token: Token
    kinds: int
    sure: bool
    shut: bool

    @property
    def capital(self) -> bool:
        return self.token.case in {Case.CAPITAL, Case.ALL_CAPITALS}

    @property
    def first(self) -> bool:
        return bool(self.kinds & FIRST)

    @property
    def last(self) -> bool:
        return bool(self.kinds & LAST)


def judged(text: str) -> Iterator[Judged]:
    """Every word of a Latin text with what it may be."""
    return map(_judge, tokens(text))


def _judge(token: Token) -> Judged:
    word, spelt = token.word, token.spelt
    if token.case is Case.INITIAL or not word or word in context("others"):
        return Judged(token, 0, sure=False, shut=token.case is not Case.INITIAL)
    kinds = name_forms.kinds_of(word)
    marked = ends_as_surname(spelt)
    if marked or may_end_as_surname(spelt):
        kinds |= LAST
    sure = is_patronymic(spelt) or (marked and _rare(spelt)) or (kinds_in_list(word, spelt, token.case))
    return Judged(token, kinds, sure=bool(kinds) and sure, shut=_is_place(spelt))


def kinds_in_list(word: str, spelt: str, case: Case) -> bool:
    """Whether a form of a listed name is a name and nothing else, as far as its letters say."""
    if not name_forms.kinds_of(word):
        return False
    if case is Case.CAPITAL and name_forms.is_form(word, name_forms.popular()):
        return True
    return _rare(spelt) and (case is Case.CAPITAL or len(word) >= SHORTEST_IN_LOWER_CASE)


def _rare(spelt: str) -> bool:
    return spelt not in name_forms.words()


def _is_place(spelt: str) -> bool:
    return name_forms.is_form(spelt, name_forms.places())
