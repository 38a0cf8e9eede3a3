"""What the app says in each language: tests are written in its Cyrillic source, the catalogues tell the rest."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from backend.reference.lists import entry

SOURCES: Final = Path(__file__).parents[2] / "web/src"
SOURCE: Final = "sr-Cyrl"
_TEXT: Final = r'"(?:[^"\\]|\\.)*"(?:\n"(?:[^"\\]|\\.)*")*'
_ENTRY: Final = re.compile(f"^msgid (?P<id>{_TEXT})\nmsgstr (?P<str>{_TEXT})", re.MULTILINE)
_BLANK: Final = re.compile(r"\\\{\w+\\\}")
# Texts that the page shows, those that have no language of their own: what people wrote stands in its own script.
_SHOWN: Final = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set(), names = ['aria-label', 'title', 'placeholder', 'alt', 'value'];
  for (const one of document.querySelectorAll('body *')) {
    if (one.closest('[lang]') !== document.documentElement) continue;
    for (const name of names) if (one.hasAttribute(name)) found.add(one.getAttribute(name));
  }
  while (walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    if (around.closest('[lang]') === document.documentElement && !around.closest('script, style, noscript'))
      found.add(walker.currentNode.data);
  }
  return [document.title, ...found];
}
"""
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


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


def of_another_script(page: Page, language: str) -> list[str]:
    """Return the texts of a page that are still in the script of the source, where that is not its own."""
    if language == SOURCE:
        return []
    return [f"not translated: {text}" for text in page.evaluate(_SHOWN) if _CYRILLIC.search(text)]


def _plain(quoted: str) -> str:
    parts: list[str] = [ast.literal_eval(line) for line in quoted.splitlines()]
    return "".join(chain(parts))
