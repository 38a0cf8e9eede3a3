"""Every indicator of a release as a figure with its sentence. Pure over the release's document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.statistics.indicators import confidence
from backend.statistics.indicators.numbers import Found, Numbers
from backend.statistics.indicators.registry import Indicator, Part, Texts, registry
from backend.statistics.indicators.sentences import Source, sentence


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is None unless `state` is `shown`; `mask` says between what it lies (`0-4`, `<10`).

    `unit` is count, per_cent, days, months, ratio or index; `denominator` the published one of a share. `included` and
    `teams` say how many teams of how many are in the release. Texts are by language.
    """

    indicator: str
    part: str
    row: str
    column: str
    period: str
    state: str
    value: float | int | None
    mask: str
    unit: str
    numerator: int | None
    denominator: int | None
    confidence: str
    included: int
    teams: int
    label: Texts
    caveat: Texts
    sentence: Texts


def figures(
    document: Mapping[str, Any], *, number: int | None, sha256: str, only: str = ""
) -> Iterator[Figure]:
    """Yield the figures of every indicator, or of one, in the order of the list.

    Each indicator comes at least once: with what the document holds, or with why there is nothing.
    """
    source = Source(Numbers(document), number, sha256)
    for indicator in registry().values():
        for part in indicator.parts if only in {"", indicator.code} else ():
            for found in source.numbers.find(indicator, part):
                yield _figure(source, indicator, part, found)


def _figure(source: Source, indicator: Indicator, part: Part, found: Found) -> Figure:
    scope = source.numbers.document["scope"]
    return Figure(
        indicator=indicator.code,
        part=part.name,
        row=found.row,
        column=found.column,
        period=str(source.numbers.document["period"]),
        state=found.state,
        value=found.value,
        mask=found.mask,
        unit=found.unit,
        numerator=found.part,
        denominator=found.whole,
        confidence=confidence.of(indicator, found, source.numbers),
        included=len(scope["teams"]),
        teams=len(scope["teams"]) + len(scope["not_included"]),
        label=dict(indicator.entry.labels),
        caveat=dict(indicator.caveat),
        sentence=sentence(source, indicator, part, found),
    )
