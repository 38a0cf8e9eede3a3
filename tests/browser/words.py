"""What the app says in each language: tests are written in its Cyrillic source, the catalogues tell the rest."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from backend.reference.lists import entry

SOURCES: Final = Path(__file__).parents[2] / "web/src"
SOURCE: Final = "sr-Cyrl"
_TEXT: Final = r'"(?:[^"\\]|\\.)*"(?:\n"(?:[^"\\]|\\.)*")*'
_ENTRY: Final = re.compile(f"^msgid (?P<id>{_TEXT})\nmsgstr (?P<str>{_TEXT})", re.MULTILINE)
_BLANK: Final = re.compile(r"\\\{\w+\\\}")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return every text of the app in a language by its source; where several places say it, the first that does."""
    found: dict[str, str] = {}
    for path in sorted(SOURCES.rglob(f"locales/{language}.po")):
        for match in _ENTRY.finditer(path.read_text(encoding="utf-8")):
            said, source = _plain(match["str"]), _plain(match["id"])
            if said and source:
                found.setdefault(source, said)
    return found


def word(language: str, source: str) -> str:
    """Return a text of the app. Raises KeyError for one that the app does not say."""
    if source not in catalogue(SOURCE):
        raise KeyError(source)
    return catalogue(language).get(source, source)


def like(language: str, source: str) -> re.Pattern[str]:
    """Return what a text with blanks such as `{name}` looks like once they are filled."""
    return re.compile(_BLANK.sub(".+", re.escape(word(language, source))))


def label(language: str, name: str, code: str) -> str:
    """Return the label of a code, as the service gives it out."""
    return entry(name, code).labels[language]


def _plain(quoted: str) -> str:
    parts: list[str] = [ast.literal_eval(line) for line in quoted.splitlines()]
    return "".join(chain(parts))
