"""One figure as a sentence that can be cited: when, where, what, how much, and out of which release. Pure."""

from dataclasses import dataclass
from typing import Final

from backend.reference.lists import codes
from backend.reference.translit import latin
from backend.statistics.indicators import numbers, registry
from backend.statistics.indicators.numbers import Found, Numbers
from backend.statistics.indicators.registry import Indicator, Part
from backend.statistics.indicators.words import (
    CITATIONS,
    ENGLISH,
    NOUNS,
    ORDINALS,
    PARTS,
    PERIODS,
    PLACES,
    SERBIAN,
    VALUES,
)

HASH_SHOWN: Final = 12
MASKS: Final = {"0-4": 4, "<10": 10}
_LABEL: Final = {SERBIAN: "sr-Cyrl", ENGLISH: "en"}
_SHORT_NAME: Final = {SERBIAN: "short_sr_cyrl", ENGLISH: "short_sr_latn"}
# Whose code a column of a table is.
_COLUMNS: Final = {"C1": "indicators", "A8": "service_groups", "C4": "tdi_drug_rows", "D2": "tdi_fields"}
_COLUMNS_OF_OTHERS: Final = "services"


@dataclass(frozen=True, slots=True)
class Source:
    """Out of what a figure is cited; `number` is None until the release is published. SHA-256 in hex."""

    numbers: Numbers
    number: int | None
    sha256: str


def sentence(source: Source, indicator: Indicator, part: Part, found: Found) -> dict[str, str]:
    """Return the sentence in the three languages; the Latin one letter by letter from the Cyrillic one."""
    said = {language: _said(language, source, indicator, part, found) for language in (SERBIAN, ENGLISH)}
    return {"en": said[ENGLISH], "sr-Cyrl": said[SERBIAN], "sr-Latn": latin(said[SERBIAN])}


def _said(language: str, source: Source, indicator: Indicator, part: Part, found: Found) -> str:
    where = _place(language, source, found.row)
    when = _period(language, str(source.numbers.document["period"]))
    between = ", " if language == ENGLISH else " "
    what = ", ".join(_what(language, indicator, part, found))
    value = _value(language, part, found)
    return f"{when}{between}{where} – {what}: {value} ({_citation(language, source, part, found)})."


def _what(language: str, indicator: Indicator, part: Part, found: Found) -> list[str]:
    label = _small(indicator.entry.labels[_LABEL[language]])
    said = [label, *([PARTS[part.name][language]] if part.name else [])]
    return [*said, _column(language, indicator.code, found.column)] if found.column else said


def _small(label: str) -> str:
    """Begin with a small letter, unless the first word is an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _column(language: str, code: str, column: str) -> str:
    entries = codes(_COLUMNS.get(code, _COLUMNS_OF_OTHERS))
    return _small(entries[column].labels[_LABEL[language]]) if column in entries else column


def _period(language: str, period: str) -> str:
    year, _, part = period.partition("-")
    nth = ORDINALS[language][int(part[1]) - 1] if part else ""
    return PERIODS[language][part[:1]].format(nth=nth, year=year)


def _place(language: str, source: Source, row: str) -> str:
    words = PLACES[language]
    if row == numbers.TOTAL:
        return words["total"]
    groups = source.numbers.document["scope"].get("groups", {})
    teams = groups.get(row, [row]) if row not in source.numbers.document["scope"]["teams"] else [row]
    names = words["and"].join(_team(language, team) for team in teams)
    kind = "group" if len(teams) > 1 else "team" if row in codes("teams") else "other"
    return words[kind].format(name=names)


def _team(language: str, slug: str) -> str:
    teams = codes("teams")
    return teams[slug].attributes[_SHORT_NAME[language]] if slug in teams else slug


def _value(language: str, part: Part, found: Found) -> str:
    words = VALUES[language]
    if found.state == numbers.NOT_MEASURED:
        return words[part.kind].format(reason=part.reason[_LABEL[language]].rstrip("."))
    if found.state == numbers.ABSENT:
        return words["absent"]
    if found.state == numbers.MASKED:
        return words[found.mask].format(noun=_noun(language, part.noun, MASKS[found.mask]))
    if found.state == numbers.WITHHELD:
        return words[_WITHHELD.get(part.kind, "no_value")]
    return _shown(language, part, found)


_WITHHELD: Final = {
    registry.COUNT: "no_count",
    registry.BY: "no_count",
    registry.SHARE: "no_share",
    registry.UNKNOWN: "no_share",
    registry.MEDIAN: "no_median",
}


def _shown(language: str, part: Part, found: Found) -> str:
    words, said = VALUES[language], _number(language, found.value)
    if found.unit == numbers.PER_CENT:
        noun = _noun(language, part.noun, found.whole or 0, after_of=True) if part.noun else ""
        form = "share" if found.whole is None else "share_of"
        return words[form].format(n=said, part=found.part, whole=found.whole, noun=noun).rstrip()
    noun = part.noun if found.unit == registry.COUNT else found.unit
    if noun not in NOUNS:
        return words["number"].format(n=said)
    form = "median" if part.kind == registry.MEDIAN else "count"
    return words[form].format(n=said, noun=_noun(language, noun, int(found.value or 0)))


def _noun(language: str, name: str, number: int, *, after_of: bool = False) -> str:
    noun = NOUNS[name]
    return noun.in_english(number) if language == ENGLISH else noun.serbian(number, after_of=after_of)


def _number(language: str, value: float | None) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.2f}".replace(".", "." if language == ENGLISH else ",")
    return str(int(value or 0))


def _citation(language: str, source: Source, part: Part, found: Found) -> str:
    words, scope = CITATIONS[language], source.numbers.document["scope"]
    included = len(scope["teams"])
    parts = [
        *_protection(language, source, part, found),
        words["release" if source.number is not None else "unpublished"].format(
            number=source.number, sha256=source.sha256[:HASH_SHOWN]
        ),
    ]
    if found.row == numbers.TOTAL:
        parts.append(words["teams"].format(included=included, all=included + len(scope["not_included"])))
    return "; ".join(parts)


def _protection(language: str, source: Source, part: Part, found: Found) -> list[str]:
    """Say how a number is protected; where there is none, nothing."""
    if found.state in {numbers.ABSENT, numbers.NOT_MEASURED}:
        return []
    return [CITATIONS[language]["exact" if part.kind == registry.DIRECTORY else source.numbers.tier]]
