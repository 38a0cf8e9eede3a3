"""What each indicator is made of: the list `indicators.csv` together with `registry.yaml`. Pure.

The list says what an indicator is called and in which unit and tiers it stands; the registry says of which
numbers of a release it is made. What is not measured says why, instead of showing a number that is not one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from backend.reference.lists import Entry, codes
from backend.reference.translit import latin

FILE: Final = Path(__file__).with_name("registry.yaml")
LIST: Final = "indicators"
COUNT, BY, SHARE, MEDIAN, UNKNOWN = "count", "by", "share", "median", "unknown"
DIRECTORY, NOT_MEASURED, RULE = "directory", "not_measured", "rule"
MEASURED: Final = frozenset({COUNT, BY, SHARE, MEDIAN, UNKNOWN, DIRECTORY})
KINDS: Final = MEASURED | {NOT_MEASURED, RULE}

Texts = Mapping[str, str]
NOTHING_SAID: Final[Texts] = MappingProxyType({})


class BrokenRegistry(ValueError):
    """The registry and the list of indicators do not agree."""


@dataclass(frozen=True, slots=True)
class Part:
    """One figure of an indicator; `name` is empty where it has only one.

    `mark` counts, `of` is the mark within which it is a share; `rule` names what the directory works out.
    """

    kind: str
    name: str = ""
    mark: str = ""
    of: str = ""
    table: str = ""
    noun: str = ""
    rule: str = ""
    reason: Texts = field(default_factory=dict)

    @property
    def marks(self) -> tuple[str, ...]:
        return tuple(mark for mark in (self.mark, self.of) if mark)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. Texts are by language: en, sr-Cyrl, sr-Latn."""

    code: str
    entry: Entry
    parts: tuple[Part, ...]
    caveat: Texts = field(default_factory=dict)
    items: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        return self.entry.attributes["unit"]

    @property
    def tiers(self) -> tuple[str, ...]:
        return self.entry.values("tiers")

    @property
    def is_measured(self) -> bool:
        return any(part.kind in MEASURED for part in self.parts)

    def least_denominator(self, tier: str) -> int:
        """Return the smallest denominator at which a share may be shown; 0 where none is set."""
        column = f"min_denominator_{tier.lower()}"
        return int(self.entry.attributes.get(column) or 0)


def in_three(said: Mapping[str, str]) -> dict[str, str]:
    """Return a text given as `sr` (Cyrillic) and `en` in the three languages of the service."""
    return {"en": said["en"], "sr-Cyrl": said["sr"], "sr-Latn": latin(said["sr"])}


@cache
def registry() -> Mapping[str, Indicator]:
    """Return every indicator by code, in the order of the list. Raises BrokenRegistry."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> dict[str, Indicator]:
    """Read a registry; each code of the list must be in it once. Raises BrokenRegistry."""
    told: dict[str, Any] = yaml.safe_load(text)
    if told.keys() != codes(LIST).keys():
        raise BrokenRegistry(f"not the codes of the list: {sorted(told.keys() ^ codes(LIST).keys())}")
    return {code: _indicator(entry, told[code]) for code, entry in codes(LIST).items()}


def _indicator(entry: Entry, told: Mapping[str, Any]) -> Indicator:
    parts = tuple(_part(entry.code, one) for one in told["parts"])
    if len({part.name for part in parts}) != len(parts):
        raise BrokenRegistry(f"{entry.code}: two parts of one name")
    caveat = in_three(told["caveat"]) if "caveat" in told else NOTHING_SAID
    return Indicator(entry.code, entry, parts, caveat, tuple(told.get("items", ())))


def _part(code: str, told: Mapping[str, Any]) -> Part:
    if told["kind"] not in KINDS:
        raise BrokenRegistry(f"{code}: no kind {told['kind']!r}")
    if (told["kind"] in MEASURED) == ("reason" in told):
        raise BrokenRegistry(f"{code}: what is not measured says why, and nothing else does")
    reason = in_three(told["reason"]) if "reason" in told else NOTHING_SAID
    return Part(**{**told, "reason": reason})
