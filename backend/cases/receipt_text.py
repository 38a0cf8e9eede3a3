"""The receipt of a consent as plain lines to print: English, and Serbian in both scripts from one text. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from backend.cases.redisclosure import NOTICE
from backend.reference.lists import entry
from backend.reference.translit import latin
from backend.reference.working_days import BELGRADE

EN, CYRILLIC, LATIN = "en", "sr-Cyrl", "sr-Latn"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    EN: {
        "title": "Receipt of a consent",
        "number": "Number",
        "agreed_at": "Agreed on",
        "given_by": "Given by",
        "bundle": "On the form",
        "purposes": "What for",
        "recipients": "Who may receive what, in this order",
        "valid_until": "Holds until",
        "withdrawn_at": "Taken back on",
        "how": (
            "You can take this consent back at any time, without a reason: tell any worker of any of these "
            "organisations. It ends at once. What was done before stays lawful, and no service is refused for it."
        ),
    },
    CYRILLIC: {
        "title": "Потврда о пристанку",
        "number": "Број",
        "agreed_at": "Датум пристанка",
        "given_by": "Пристанак даје",
        "bundle": "На обрасцу",
        "purposes": "Чему служи",
        "recipients": "Ко шта сме да добије, овим редом",
        "valid_until": "Важи до",
        "withdrawn_at": "Опозвано",
        "how": (
            "Овај пристанак можете да опозовете у сваком тренутку, без навођења разлога: реците било ком раднику "
            "било које од ових организација. Престаје одмах. Оно што је учињено раније остаје законито, и због "
            "опозива се не ускраћује ниједна услуга."
        ),
    },
}


def texts(said: Mapping[str, Any]) -> dict[str, str]:
    """Return the receipt in each language; `said` has the names of `Receipt`."""
    cyrillic = "\n".join(_lines(said, CYRILLIC))
    return {EN: "\n".join(_lines(said, EN)), LATIN: latin(cyrillic), CYRILLIC: cyrillic}


def _lines(said: Mapping[str, Any], language: str) -> Iterator[str]:
    words = _WORDS[language]
    yield words["title"]
    yield f"{words['number']}: {said['number']}"
    yield f"{words['agreed_at']}: {_day(said['agreed_at'])}"
    yield f"{words['given_by']}: {_label('consent_givers', said['given_by'], language)}"
    if said["bundle"]:
        yield f"{words['bundle']}: {_label('consent_bundles', said['bundle'], language)}"
    yield f"{words['purposes']}:"
    yield from (f"- {_label('consent_purposes', one, language)}" for one in said["purposes"])
    yield f"{words['recipients']}:"
    for one in said["recipients"]:
        classes = ", ".join(_label("data_classes", code, language) for code in one.data_classes)
        yield f"{one.position}. {one.organisation}: {classes}"
    yield f"{words['valid_until']}: {_day(said['valid_until'])}"
    if said["withdrawn_at"] is not None:
        yield f"{words['withdrawn_at']}: {_day(said['withdrawn_at'])}"
    yield from ("", words["how"], "", NOTICE[language])


def _label(list_name: str, code: str, language: str) -> str:
    return entry(list_name, code).labels[language]


def _day(moment: Any) -> str:
    return f"{moment.astimezone(BELGRADE):%d.%m.%Y.}"
