"""Serbian in two scripts: the exact way from Cyrillic to Latin, and one key under which both are found.

Cyrillic is the source text, because that way is lossless; the other way is not (`injek-` is н + ј, not њ).
"""

import re
import unicodedata

LETTERS = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
DIGRAPHS = {"љ": ("l", "j"), "њ": ("n", "j"), "џ": ("d", "ž")}

_SMALL = {**LETTERS, **{letter: "".join(pair) for letter, pair in DIGRAPHS.items()}}
_TABLE = str.maketrans({**_SMALL, **{small.upper(): latin.upper() for small, latin in LETTERS.items()}})
_CAPITAL_DIGRAPH = re.compile("[ЉЊЏ]")


def latin(text: str) -> str:
    """Return `text` with every Serbian Cyrillic letter in Latin; everything else stays as it is.

    A capital љ, њ or џ becomes `Lj` in a capitalised word and `LJ` in a word of capitals.
    """
    return _CAPITAL_DIGRAPH.sub(_digraph, text).translate(_TABLE)


def fold(text: str) -> str:
    """Return the key for search and sorting: one and the same for Cyrillic, Latin and Latin without marks.

    Lower case, `đ` as `dj`, no diacritics, single spaces. `fold(fold(x)) == fold(x)`.
    """
    key = _fold_once(text)
    while (again := _fold_once(key)) != key:  # rare letters fold in two steps
        key = again
    return key


def _digraph(match: re.Match[str]) -> str:
    first, second = DIGRAPHS[match.group().lower()]
    text, after = match.string, match.end()
    neighbour = text[after : after + 1]
    if not neighbour.isalpha():
        neighbour = text[match.start() - 1 : match.start()] if match.start() else ""
    return first.upper() + (second.upper() if neighbour.isupper() else second)


def _fold_once(text: str) -> str:
    small = latin(_bare(text)).casefold()
    return " ".join(_bare(small).replace("đ", "dj").split())


def _bare(text: str) -> str:
    # Letter by letter: normalising a whole text takes quadratic time on a long run of marks.
    parts = (part for letter in text for part in unicodedata.normalize("NFKD", letter))
    return "".join(part for part in parts if not unicodedata.combining(part))
