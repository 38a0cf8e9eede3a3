"""What a file says about a release in words: how to cite it and how to read a mask. English and Serbian. Pure."""

from collections.abc import Mapping
from typing import Final

from backend.reference.translit import latin
from backend.statistics.exports.edition import Edition

ENGLISH, CYRILLIC, LATIN = "en", "sr-Cyrl", "sr-Latn"

_CITATION: Final[Mapping[str, str]] = {
    ENGLISH: "Spona, statistics, {release}, tier {tier}, period {period}, SHA-256 {sha256}.",
    CYRILLIC: "Spona, статистика, {release}, ниво {tier}, период {period}, SHA-256 {sha256}.",
}
_RELEASE: Final[Mapping[str, tuple[str, str]]] = {
    ENGLISH: ("release {number}", "release not published"),
    CYRILLIC: ("издање {number}", "необјављено издање"),
}
_NOISE: Final[Mapping[str, str]] = {
    ENGLISH: "Counts of persons are protected: random noise of at most 3, the same each time;",
    CYRILLIC: "Бројеви лица су заштићени: случајни шум од највише 3, увек исти;",
}
_MASKS: Final[Mapping[str, Mapping[str, str]]] = {
    "B": {ENGLISH: "0 to 4 is shown as 0-4.", CYRILLIC: "од 0 до 4 приказује се као 0-4."},
    "C": {
        ENGLISH: "below 10 is shown as <10, the others are rounded to 5.",
        CYRILLIC: "мање од 10 приказује се као <10, остали су заокружени на 5.",
    },
}
_TOTALS: Final[Mapping[str, str]] = {
    ENGLISH: (
        "Totals are protected by themselves and need not be the sum of their parts. A number that would tell too much, "
        "alone or beside others, is withheld. Tallies are no counts of persons and are exact."
    ),
    CYRILLIC: (
        "Збирови су заштићени засебно и не морају бити једнаки збиру својих делова. Број који би сам или уз друге "
        "рекао превише није приказан (withheld). Месечни збирови услуга нису бројеви лица и тачни су."
    ),
}


def citation(edition: Edition) -> dict[str, str]:
    """Return how to cite the release, by language."""
    return {language: _cited(edition, language) for language in (ENGLISH, CYRILLIC)} | {
        LATIN: latin(_cited(edition, CYRILLIC))
    }


def masks(tier: str) -> dict[str, str]:
    """Return how the numbers of a tier are to be read, by language."""
    said = {one: f"{_NOISE[one]} {_MASKS[tier][one]} {_TOTALS[one]}" for one in (ENGLISH, CYRILLIC)}
    return {**said, LATIN: latin(said[CYRILLIC])}


def _cited(edition: Edition, language: str) -> str:
    numbered, unnumbered = _RELEASE[language]
    release = unnumbered if edition.number is None else numbered.format(number=edition.number)
    tier, period = edition.document["tier"], edition.document["period"]
    return _CITATION[language].format(release=release, tier=tier, period=period, sha256=edition.sha256)
