"""Measures the guard on labelled text: how much of what should be found is, and what is found that should not be.

`python -m tests.backend.guard.comtext FILE ...` prints the table of docs/identifier-guard.md for any file of
COMtext.SR, whole or as in tests/data/comtext. It prints counts only, never what was found.
"""

import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from backend.guard import check

HELD_OUT: Final = Path(__file__).parents[2] / "data" / "comtext" / "held_out.tsv.gz"
PERSON, NAME = "PER", "person_name"
Tag = tuple[int, int, str]

_CYRILLIC: Final = {
    "lj": "љ",
    "nj": "њ",
    "dž": "џ",
    "Lj": "Љ",
    "Nj": "Њ",
    "Dž": "Џ",
    "LJ": "Љ",
    "NJ": "Њ",
    "DŽ": "Џ",
    **dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True)),
    **dict(zip("ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ", "АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", strict=True)),
}
_BARE: Final = str.maketrans("čćšžđČĆŠŽĐ", "ccszdCCSZD")
_BARE_DJ: Final = str.maketrans({"đ": "dj", "Đ": "Dj"})


def cyrillic(text: str) -> str:
    """Return `text` in Cyrillic, as a typist would write it."""
    for latin, letter in _CYRILLIC.items():
        text = text.replace(latin, letter)
    return text


WAYS: Final[Mapping[str, Callable[[str], str]]] = {
    "as written": lambda text: text,
    "Cyrillic": cyrillic,
    "without diacritics, đ as dj": lambda text: text.translate(_BARE_DJ).translate(_BARE),
    "without diacritics, đ as d": lambda text: text.translate(_BARE),
    "lower case": str.lower,
    "capitals": str.upper,
}


@dataclass
class Document:
    """Sentences, each with its tokens and their labels."""

    sentences: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)

    def written(self, way: Callable[[str], str]) -> tuple[str, list[Tag]]:
        """Return the whole text written in that way, and the place and label of each token."""
        pieces: list[str] = []
        tags: list[Tag] = []
        offset = 0
        for sentence, tokens in self.sentences:
            at = 0
            for form, label in tokens:
                found = sentence.find(form, at)
                if found >= 0:
                    start, at = offset + len(way(sentence[:found])), found + len(form)
                    tags.append((start, start + len(way(form)), label))
            pieces.append(way(sentence))
            offset += len(pieces[-1]) + 1
        return "\n".join(pieces), tags


@dataclass
class Marks:
    """Tokens by label: all, those in any finding, those in the finding of a name."""

    tokens: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Of the tokens of persons, the share that is found as a name."""
        return self.named[PERSON] / self.tokens[PERSON]

    @property
    def false(self) -> tuple[int, int]:
        """How many tokens of no person are found as a name, of how many."""
        return self.named.total() - self.named[PERSON], self.tokens.total() - self.tokens[PERSON]


def documents(path: Path) -> Sequence[Document]:
    """Read a file of COMtext.SR: columns between tabs, the form in the last but one or the second, the label last."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    found: list[Document] = []
    for line in text.splitlines():
        if line.startswith("# newdoc"):
            found.append(Document())
        elif line.startswith("# text = "):
            found[-1].sentences.append((line.removeprefix("# text = "), []))
        elif "\t" in line:
            columns = line.split("\t")
            form = columns[0] if len(columns) == len(("form", "label")) else columns[1]
            found[-1].sentences[-1][1].append((form, columns[-1][2:] or "O"))
    return found


def measure(texts: Sequence[Document], way: Callable[[str], str]) -> Marks:
    """Look at every document written in that way."""
    marks = Marks()
    for document in texts:
        text, tags = document.written(way)
        findings = check(text)
        anything = {at for one in findings for at in range(one.start, one.end)}
        names = {at for one in findings if one.kind == NAME for at in range(one.start, one.end)}
        for start, end, label in tags:
            marks.tokens[label] += 1
            marks.found[label] += not anything.isdisjoint(range(start, end))
            marks.named[label] += not names.isdisjoint(range(start, end))
    return marks


def _table(texts: Sequence[Document]) -> Iterator[str]:
    yield "| written | tokens of persons | found | recall | false positives | of tokens | share |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, way in WAYS.items():
        marks = measure(texts, way)
        false, others = marks.false
        persons = f"{marks.tokens[PERSON]} | {marks.named[PERSON]} | {marks.recall:.1%}"
        yield f"| {name} | {persons} | {false} | {others:,} | {false / others:.2%} |"
    yield ""
    yield "| label | tokens | in any finding | of these as a name |"
    yield "| --- | --- | --- | --- |"
    marks = measure(texts, WAYS["as written"])
    for label, count in sorted(marks.tokens.items()):
        yield f"| {label} | {count:,} | {marks.found[label]} | {marks.named[label]} |"


if __name__ == "__main__":
    for path in sys.argv[1:] or [str(HELD_OUT)]:
        sys.stdout.writelines(f"{line}\n" for line in _table(documents(Path(path))))
