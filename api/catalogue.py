"""The texts of problems by code, in three languages, from `messages/*.yaml`. Pure.

A file has two parts. `problems` maps a code to its HTTP status, title and detail; `faults` maps the code of a single
wrong place in the input to its text. Each text is written in English and in Serbian Cyrillic; the Latin script is
generated from the Cyrillic, which loses nothing. A room adds its own file: `messages/cases.yaml`, and so on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from api.language import Language
from backend.reference.translit import latin

MESSAGES: Final = Path(__file__).with_name("messages")


@dataclass(frozen=True)
class Text:
    """One sentence in the three languages."""

    en: str
    sr: str

    def said_in(self, language: Language) -> str:
        if language == "en":
            return self.en
        return self.sr if language == "sr-Cyrl" else latin(self.sr)


@dataclass(frozen=True)
class Problem:
    """What is answered under one code."""

    code: str
    status: int
    title: Text
    detail: Text


@cache
def problems() -> Mapping[str, Problem]:
    """Return every problem by its code. Raises ValueError for a code that two files define."""
    return {code: _problem(code, entry) for code, entry in _merged("problems").items()}


@cache
def faults() -> Mapping[str, Text]:
    """Return the text of every fault by its code. Raises ValueError for a code that two files define."""
    return {code: _text(entry) for code, entry in _merged("faults").items()}


def problem(code: str, *, otherwise: str) -> Problem:
    """Return the problem of `code`; for a code without a text, the status and text of `otherwise` under that code."""
    known = problems()
    if code in known:
        return known[code]
    general = known[otherwise]
    return Problem(code, general.status, general.title, general.detail)


def fault(code: str) -> Text:
    """Return the text of a fault; a code without one says that the value is not valid."""
    return faults().get(code) or faults()["invalid"]


def _merged(part: str) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in sorted(MESSAGES.glob("*.yaml")):
        entries = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get(part) or {}
        if twice := merged.keys() & entries.keys():
            raise ValueError(f"{path.name} defines again: {', '.join(sorted(twice))}")
        merged.update(entries)
    return merged


def _problem(code: str, entry: Mapping[str, Any]) -> Problem:
    return Problem(code, int(entry["status"]), _text(entry["title"]), _text(entry["detail"]))


def _text(entry: Mapping[str, str]) -> Text:
    return Text(en=entry["en"], sr=entry["sr"])
