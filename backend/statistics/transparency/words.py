"""The transparency page in words: English, and Serbian in both scripts from one text. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from backend.reference.lists import entry
from backend.reference.translit import latin
from backend.statistics.transparency.shaping import ENOUGH, FEW

EN, CYRILLIC, LATIN = "en", "sr-Cyrl", "sr-Latn"
LANGUAGES: Final = (LATIN, CYRILLIC, EN)
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Transparency", "Транспарентност"),
    "quarter": ("Quarter", "Тромесечје"),
    "none": ("No quarter has been counted yet.", "Ниједно тромесечје још није избројано."),
    "break_glass": ("Break-glass looks at a case", "Хитни увиди у предмет"),
    "authority_orders": ("Orders of a court that were recorded", "Забележени налози суда"),
    "safeguarding": (
        "Recorded exceptions to consent, by basis",
        "Забележени изузеци од пристанка, по основу",
    ),
    "rights_requests": (
        "Requests of persons about their data, by right",
        "Захтеви лица о својим подацима, по праву",
    ),
    "erasures": ("Cases erased", "Избрисани предмети"),
    "case_keys_destroyed": ("Keys of cases destroyed", "Уништени кључеви предмета"),
    "team_keys_destroyed": ("Keys of whole teams destroyed", "Уништени кључеви целих тимова"),
    "review": ("Review of the audit done in time", "Преглед дневника обављен на време"),
    "too_few": ("too few to say", "премало да би се рекло"),
    "access": ("access", "увид"),
    "rectification": ("rectification", "исправка"),
    "erasure": ("erasure", "брисање"),
    "restriction": ("restriction", "ограничење обраде"),
    "objection": ("objection", "приговор"),
    "complaint": ("complaint", "притужба"),
}
NOTES: Final[Sequence[tuple[str, str]]] = (
    (
        (
            f"Counts about cases of persons are of the whole country; 0 to {FEW} is shown as 0-{FEW}. There are no "
            "totals over kinds, for with one the smallest kind could be worked out."
        ),
        (
            f"Бројеви о предметима лица односе се на целу земљу; од 0 до {FEW} приказује се као 0-{FEW}. Нема збирова "
            "по врстама, јер би се из збира могла израчунати најмања врста."
        ),
    ),
    (
        f"A team's share is shown where at least {ENOUGH} items fell due in the quarter.",
        f"Удео тима се приказује када је у тромесечју доспело бар {ENOUGH} ставки.",
    ),
    (
        "Each quarter is counted once, after its end. What is erased later changes no number here.",
        "Свако тромесечје се броји једном, по завршетку. Оно што се касније избрише не мења ниједан број.",
    ),
    (
        (
            "Of requests by authorities, only orders of a court are recorded, with the exceptions to consent. A letter "
            "of the police or of a prosecutor that was refused is not recorded, so this page cannot count it."
        ),
        (
            "Од захтева органа власти бележе се само налози суда, међу изузецима од пристанка. Одбијен допис полиције "
            "или тужилаштва се не бележи, па га ова страница не може избројати."
        ),
    ),
)


@dataclass(frozen=True)
class Section:
    """One quarter in one language: lines of a label and what is said."""

    quarter: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """The page in one language."""

    language: str
    title: str
    quarter_word: str
    none: str
    notes: Sequence[str]
    sections: Sequence[Section]


def notes() -> list[dict[str, str]]:
    """Return what has to be known to read the counts, in each language."""
    return [{EN: en, CYRILLIC: sr, LATIN: latin(sr)} for en, sr in NOTES]


def pages(reports: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Page]:
    """Return the page in three languages; `reports` are (quarter, what was published), the newest first."""
    return [
        Page(
            language,
            _word("title", language),
            _word("quarter", language),
            _word("none", language),
            [note[language] for note in notes()],
            [Section(quarter, list(_lines(said, language))) for quarter, said in reports],
        )
        for language in LANGUAGES
    ]


def _lines(said: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    for name in ("break_glass", "authority_orders"):
        yield _word(name, language), _number(said[name])
    for name, list_name in (("safeguarding", "safeguarding_bases"), ("rights_requests", "")):
        for one in said[name]:
            label = (
                entry(list_name, one["code"]).labels[language] if list_name else _word(one["code"], language)
            )
            yield f"{_word(name, language)}: {label}", _number(one)
    for name in ("erasures", "case_keys_destroyed"):
        yield _word(name, language), _number(said[name])
    yield _word("team_keys_destroyed", language), str(said["team_keys_destroyed"])
    yield _word("review", language), _percent(said["review"]["percent_in_time"], language)
    for team in said["review"]["teams"]:
        yield f"{_word('review', language)}: {team['team']}", _percent(team["percent_in_time"], language)


def _number(counted: Mapping[str, Any]) -> str:
    return counted["mask"] or str(counted["n"])


def _percent(share: int | None, language: str) -> str:
    return _word("too_few", language) if share is None else f"{share} %"


def _word(name: str, language: str) -> str:
    english, cyrillic = _WORDS[name]
    return {EN: english, CYRILLIC: cyrillic}.get(language) or latin(cyrillic)
