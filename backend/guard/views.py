"""The three forms in which a text is searched, each with the place of every letter in the text as given.

latin: one script, plain digits, nothing invisible. folded: lower case without diacritics. joined: digits of
one number side by side. Spelling tricks (full width, other digits, zero width) end here.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

JOINER = re.compile(r"(?<=\d)[\s.\-/()_*·•]{1,3}(?=\d)")
TAKEN_OUT = "\ufffc"  # stands for masked text: neither letter, digit nor space
LONGEST_EXPANSION = 4  # "(10)" in one sign; a few rare signs would grow eighteenfold

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
# A letter with its marks; more than eight marks are a trick, and sorting them takes quadratic time.
_CLUSTER = re.compile(f"(.[{_MARKS}]{{0,8}})[{_MARKS}]*", re.DOTALL)

_CYRILLIC = {
    **dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)),
    **dict(zip("йыэіґѓќ", "jieigđć", strict=True)),
    "љ": "lj",
    "њ": "nj",
    "џ": "dž",
    "щ": "šč",
    "ю": "ju",
    "я": "ja",
    "ё": "jo",
    "є": "je",
    "ї": "ji",
    "ѕ": "dz",
    "ъ": "",
    "ь": "",
}
_FOLDED = {"đ": "dj", "ı": "i", "ł": "l", "ø": "o", "ß": "ss"}
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")
_SPACES = frozenset("\t\u2800")
_DASHES = frozenset("\u2212\u2043")


@dataclass(frozen=True, slots=True)
class View:
    """A form of the text. Letter i comes from the letters starts[i] to ends[i] of the text as given."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch `start` to `end` of this view lies in the text as given."""
        return self.starts[start], self.ends[end - 1]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text as given lies in this view."""
        return bisect_left(self.ends, start + 1), bisect_left(self.starts, end)

    def without(self, spans: Iterable[tuple[int, int]]) -> "View":
        """The same view with stretches of the text as given taken out."""
        pieces, at = [], 0
        for first, last in sorted(self.place(*span) for span in spans):
            begin = max(first, at)
            if begin < last:
                pieces += [self.text[at:begin], TAKEN_OUT * (last - begin)]
                at = last
        return View("".join([*pieces, self.text[at:]]), self.starts, self.ends)


def latin_view(text: str) -> View:
    """NFKC, plain digits, Cyrillic to Latin with the case kept, nothing invisible."""
    if text.isascii() and "\t" not in text:
        return View(text, range(len(text)), range(1, len(text) + 1))
    clusters = ((_latin(match.group(1)), match.start(), match.end()) for match in _CLUSTER.finditer(text))
    return _view(clusters)


def folded_view(latin: View) -> View:
    """Lower case, no diacritics, `đ` as `dj`."""
    if latin.text.isascii():
        return View(latin.text.lower(), latin.starts, latin.ends)
    letters = zip(latin.text, latin.starts, latin.ends, strict=True)
    return _view((_folded(letter), start, end) for letter, start, end in letters)


def joined_view(folded: View) -> View:
    """Up to three separators between two digits removed."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for gap in [match.span() for match in JOINER.finditer(folded.text)] + [(len(folded.text),) * 2]:
        pieces.append(folded.text[at : gap[0]])
        starts.extend(folded.starts[at : gap[0]])
        ends.extend(folded.ends[at : gap[0]])
        at = gap[1]
    return View("".join(pieces), starts, ends)


def _view(parts: Iterable[tuple[str, int, int]]) -> View:
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for letters, start, end in parts:
        pieces.append(letters)
        starts.extend([start] * len(letters))
        ends.extend([end] * len(letters))
    return View("".join(pieces), starts, ends)


@lru_cache(maxsize=4096)
def _latin(cluster: str) -> str:
    plain = "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", cluster))
    return plain[:LONGEST_EXPANSION]


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in {"Cf", "Mn", "Me"} or letter in _INVISIBLE:
        return ""
    if category == "Zs" or letter in _SPACES:
        return " "
    if category == "Pd" or letter in _DASHES:
        return "-"
    digit = unicodedata.digit(letter, None)
    return _from_cyrillic(letter) if digit is None else str(digit)


def _from_cyrillic(letter: str) -> str:
    small = letter.lower()
    found = _CYRILLIC.get(small) if small in _CYRILLIC else _CYRILLIC.get(_base(small))
    if found is None:
        return letter
    return found if small == letter else found.capitalize()


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    small = letter.lower()
    if small in _FOLDED:
        return _FOLDED[small]
    base = _base(small)
    return base if base.isascii() else small


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[:1]
