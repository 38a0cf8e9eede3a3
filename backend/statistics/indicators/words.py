"""The words of a citable sentence: Serbian (Cyrillic is the source) and English, with their plural forms. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ENGLISH, SERBIAN = "en", "sr"
_TEN, _HUNDRED = 10, 100
_TEENS: Final = frozenset({11, 12, 13, 14})


@dataclass(frozen=True, slots=True)
class Noun:
    """Serbian forms after a number: 1 особа, 2 особе, 5 особа; and after `од` with a number ending in one."""

    one: str
    few: str
    many: str
    of_one: str
    english: tuple[str, str]

    def serbian(self, number: int, *, after_of: bool = False) -> str:
        """Return the form that goes with a whole number; 11 to 14 go with `many`, 21 again with `one`."""
        last, teens = number % _TEN, number % _HUNDRED in _TEENS
        if last == 1 and not teens:
            return self.of_one if after_of else self.one
        return self.few if last in {2, 3, 4} and not teens else self.many

    def in_english(self, number: int) -> str:
        return self.english[number != 1]


NOUNS: Final[Mapping[str, Noun]] = {
    "person": Noun("особа", "особе", "особа", "особе", ("person", "people")),
    "referral": Noun("упућивање", "упућивања", "упућивања", "упућивања", ("referral", "referrals")),
    "need": Noun("потреба", "потребе", "потреба", "потребе", ("need", "needs")),
    "days": Noun("дан", "дана", "дана", "дана", ("day", "days")),
    "months": Noun("месец", "месеца", "месеци", "месеца", ("month", "months")),
}
PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "assured": {SERBIAN: "са свежом потврдом", ENGLISH: "recently confirmed"},
    "completed": {SERBIAN: "са завршеним упућивањем", ENGLISH: "with a completed referral"},
    "hiv": {SERBIAN: "ХИВ", ENGLISH: "HIV"},
    "hcv": {SERBIAN: "хепатитис Ц", ENGLISH: "hepatitis C"},
    "within_5": {SERBIAN: "у року од 5 дана", ENGLISH: "within 5 days"},
    "urgent": {SERBIAN: "хитна у року од једног дана", ENGLISH: "urgent ones within one day"},
    "sector": {SERBIAN: "између сектора", ENGLISH: "between sectors"},
    "cso": {SERBIAN: "ка организацијама цивилног друштва", ENGLISH: "to civil society organisations"},
}
ORDINALS: Final[Mapping[str, tuple[str, ...]]] = {
    SERBIAN: ("првом", "другом", "трећем", "четвртом"),
    ENGLISH: ("first", "second", "third", "fourth"),
}
PERIODS: Final[Mapping[str, Mapping[str, str]]] = {
    SERBIAN: {
        "Q": "У {nth} тромесечју {year}. године",
        "H": "У {nth} полугодишту {year}. године",
        "": "У {year}. години",
    },
    ENGLISH: {"Q": "In the {nth} quarter of {year}", "H": "In the {nth} half of {year}", "": "In {year}"},
}
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    SERBIAN: {
        "team": "у тиму {name}",
        "group": "у тимовима {name}",
        "total": "у свим обухваћеним тимовима",
        "other": "{name}",
        "and": " и ",
    },
    ENGLISH: {
        "team": "team {name}",
        "group": "teams {name}",
        "total": "all teams included",
        "other": "{name}",
        "and": " and ",
    },
}
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    SERBIAN: {
        "count": "{n} {noun}",
        "0-4": "0 до 4 {noun}",
        "<10": "мање од 10 {noun}",
        "share": "{n} %",
        "share_of": "{n} %, {part} од {whole} {noun}",
        "median": "медијана {n} {noun}",
        "number": "{n}",
        "no_count": "број се не исказује да се нико не би препознао",
        "no_share": "удео се не исказује јер су бројеви премали или заштићени",
        "no_median": "медијана се не исказује",
        "no_value": "вредност се не може израчунати",
        "absent": "овог броја нема у издању",
        "not_measured": "не мери се. {reason}",
        "rule": "{reason}",
    },
    ENGLISH: {
        "count": "{n} {noun}",
        "0-4": "0 to 4 {noun}",
        "<10": "fewer than 10 {noun}",
        "share": "{n} %",
        "share_of": "{n} %, {part} of {whole} {noun}",
        "median": "median {n} {noun}",
        "number": "{n}",
        "no_count": "the number is not shown, so that nobody is recognised",
        "no_share": "the share is not shown, as the numbers are too small or protected",
        "no_median": "the median is not shown",
        "no_value": "the value cannot be worked out",
        "absent": "this number is not in the release",
        "not_measured": "not measured. {reason}",
        "rule": "{reason}",
    },
}
CITATIONS: Final[Mapping[str, Mapping[str, str]]] = {
    SERBIAN: {
        "B": "заштићен број",
        "C": "заштићен број, заокружен на 5",
        "exact": "број без података о особама",
        "release": "издање {number}, SHA-256 {sha256}",
        "unpublished": "необјављено издање, SHA-256 {sha256}",
        "teams": "тимова обухваћено: {included} од {all}",
    },
    ENGLISH: {
        "B": "protected number",
        "C": "protected number, rounded to 5",
        "exact": "no data on persons",
        "release": "release {number}, SHA-256 {sha256}",
        "unpublished": "release not published, SHA-256 {sha256}",
        "teams": "teams included: {included} of {all}",
    },
}
