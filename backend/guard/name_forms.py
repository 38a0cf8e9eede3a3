"""Serbian person names in every case: a table of stems, and which endings each may take.

Folded letters only (`đ` as `dj`). The stems of 2,700 given names and 2,300 surnames take under a megabyte; written
out in all cases and possessives they would be a hundred thousand words.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from backend.guard.patterns import places as municipalities

DATA: Final = Path(__file__).with_name("data")
FIRST, LAST = 1, 2
# How a stem is declined: as Milan, Marko, Jelena, Hodži, Bogdanovski.
HARD, SOFT, ON_A, FOREIGN, ADJECTIVE = 4, 8, 16, 32, 64
LONGEST_ENDING: Final = 6
SHORTEST_STEM: Final = 2
SHORTEST_PLACE: Final = 4  # Bor, Ub and Ada are names or parts of names too

_OTHERS: Final = {ord("đ"): "dj", ord("ł"): "l", ord("ø"): "o", ord("ß"): "ss", ord("ı"): "i"}
_ADJECTIVAL: Final = ("", "a", "o", "i", "e", "u", "og", "oga", "om", "ome", "omu", "oj", "im", "ih", "ima")
_CASES: Final[Mapping[int, tuple[str, ...]]] = {
    HARD: ("", "a", "u", "e", "om", "em", "i", "ima"),
    SOFT: ("o", "e", "a", "u", "om", "em"),
    ON_A: ("a", "e", "i", "u", "o", "om"),
    FOREIGN: ("", "a", "u", "om", "em", "ja", "ju", "jem", "jom", "je"),
    ADJECTIVE: ("i", "a", "e", "u", "og", "oga", "om", "ome", "oj", "im", "ih"),
}
_POSSESSIVES: Final[Mapping[int, tuple[str, ...]]] = {
    HARD: ("ov", "ev"),
    SOFT: ("ov", "ev"),
    ON_A: ("in",),
    FOREIGN: ("ov", "jev"),
    ADJECTIVE: (),
}


@cache
def endings() -> Mapping[str, int]:
    """Every ending, with the ways of declining that have it."""
    found: dict[str, int] = {}
    for way, cases in _CASES.items():
        possessive = (f"{ending}{case}" for ending in _POSSESSIVES[way] for case in _ADJECTIVAL)
        for ending in (*cases, *possessive):
            found[ending] = found.get(ending, 0) | way
    return found


@cache
def first_names() -> Mapping[str, int]:
    """Stems of given names, each with the ways in which it is declined."""
    return _stems(("first_names.txt", "first_names_more.txt"))


@cache
def surnames() -> Mapping[str, int]:
    """Stems of surnames, each with the ways in which it is declined."""
    return _stems(("surnames.txt", "surnames_more.txt"))


@cache
def words() -> frozenset[str]:
    """Forms of names that are ordinary Serbian words as well (Vera, Zora, Kovač), as spelt and without diacritics."""
    spelt = _listed("words.txt")
    return frozenset({*spelt, *map(fold, spelt)})


@cache
def popular() -> Mapping[str, int]:
    """Stems of given names that stand for a person when written with a capital, whatever the dictionary says."""
    return _stems(("popular.txt",))


@cache
def context(name: str) -> frozenset[str]:
    """A list of `contexts.yaml`: words that make what stands beside them a name, or no name."""
    with (DATA / "contexts.yaml").open(encoding="utf-8") as file:
        lists: Mapping[str, list[object]] = yaml.safe_load(file)
    return frozenset(str(word) for word in lists[name])


@cache
def places() -> Mapping[str, int]:
    """Stems of the words in the names of municipalities and of other places, as spelt and without diacritics."""
    named = [word for name in (*municipalities(), *_listed("places.txt")) for word in name.lower().split()]
    return _declined(form for word in named if len(word) >= SHORTEST_PLACE for form in {word, fold(word)})


def kinds_of(word: str) -> int:
    """FIRST, LAST, both or 0 for a folded word in any case."""
    first = FIRST if is_form(word, first_names()) else 0
    return first | (LAST if is_form(word, surnames()) else 0)


def is_form(word: str, stems: Mapping[str, int]) -> bool:
    """Whether a folded word is a case or a possessive of one of `stems`."""
    table, length = endings(), len(word)
    return any(
        stems.get(word[:at], 0) & table.get(word[at:], 0)
        for at in range(max(SHORTEST_STEM, length - LONGEST_ENDING), length + 1)
    )


def fold(text: str) -> str:
    """Lower case without diacritics, letter by letter but for `đ`, which becomes `dj`."""
    return text.lower().translate(_table())


def stems_of(name: str) -> Iterator[tuple[str, int]]:
    """The stems of a folded name in the nominative. One on -ar, -ac or -e may have two."""
    if name.endswith(("ski", "cki")):
        yield name[:-1], ADJECTIVE
    elif name.endswith("a"):
        yield name[:-1], ON_A
    elif name.endswith(("o", "e")):
        yield name[:-1], SOFT
    elif name.endswith(("i", "u", "y")):
        yield name, FOREIGN
    else:
        yield name, HARD
        if name.endswith(("ar", "ac", "ak", "al")) and len(name) > len("Petar") - 1:
            yield name[:-2] + name[-1], HARD


def _stems(files: Iterable[str]) -> Mapping[str, int]:
    spelt = {name for file in files for name in _listed(file)}
    return _declined(
        {fold(way) for name in spelt for way in (name, name.replace("đ", "d").replace("Đ", "D"))}
    )


def _declined(names: Iterable[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for name in names:
        for stem, way in stems_of(name):
            found[stem] = found.get(stem, 0) | way
    return found


def _listed(file: str) -> Sequence[str]:
    return (DATA / file).read_text(encoding="utf-8").split()


@cache
def _table() -> Mapping[int, str]:
    letters = (chr(code) for code in range(ord("À"), ord("ɏ")))
    plain = {letter: unicodedata.normalize("NFD", letter)[0] for letter in letters}
    return {ord(letter): base for letter, base in plain.items() if base.isascii()} | _OTHERS
