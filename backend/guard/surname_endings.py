"""Surnames known by their ending: those on -ić, which no list holds in full, in all cases and as possessives."""

import re
from typing import Final

_CASES: Final = r"(?:a|u|em|om|ev(?:a|o|i|e|u|og|oga|om|ome|oj|im|ih|ima)?)?"
# -ović and -ević end surnames and hardly any other word, with or without the mark on the last letter.
_PATRONYMIC: Final = re.compile(rf"[^\W\d_]{{2,20}}[oe]vi[ćc](?:{_CASES}|[ei]|ima)")
_MARKED: Final = re.compile(rf"[^\W\d_]{{2,20}}ić{_CASES}")
_MAYBE: Final = re.compile(r"[^\W\d_]{2,20}(?:ić(?:[ei]|ima)|ic|anin(?:a|u|om)?)")


def is_patronymic(spelt: str) -> bool:
    """Whether a word in lower case ends as Petrović does, whatever its script of marks."""
    return _PATRONYMIC.fullmatch(spelt) is not None


def ends_as_surname(spelt: str) -> bool:
    """Whether a word in lower case ends as only a surname (or a diminutive, as `mladić`) does."""
    return _MARKED.fullmatch(spelt) is not None or is_patronymic(spelt)


def may_end_as_surname(spelt: str) -> bool:
    """Whether a word in lower case ends as a surname without its mark does, or as one in the plural."""
    return _MAYBE.fullmatch(spelt) is not None
