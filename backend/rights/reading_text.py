"""The export as lines to read: English, and Serbian in both scripts from one Cyrillic text. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from backend.cases.redisclosure import NOTICE
from backend.reference.lists import code_exists, codes, entry
from backend.reference.translit import latin
from backend.reference.working_days import BELGRADE

EN, CYRILLIC, LATIN = "en", "sr-Cyrl", "sr-Latn"
# In which list the codes of a column stand; a code of another list, or none of any, is written as it is.
LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": ("case_statuses", "referral_statuses", "need_statuses"),
    "from_status": ("referral_statuses",),
    "to_status": ("referral_statuses",),
    "urgency": ("urgencies",),
    "triage_outcome": ("triage_outcomes",),
    "closure_reason": ("closure_reasons",),
    "purposes": ("consent_purposes",),
    "data_classes": ("data_classes",),
    "data_class": ("data_classes",),
    "given_by": ("consent_givers",),
    "bundle": ("consent_bundles",),
    "basis": ("safeguarding_bases",),
    "service_code": ("services",),
    "suggested_service_code": ("services",),
    "sealed_service": ("services",),
    "handover_mode": ("handover_modes",),
    "business_status": ("business_statuses",),
    "reason_code": ("referral_reasons",),
    "outcome_code": ("referral_outcomes",),
    "acknowledgement_answer": ("acknowledgement_answers",),
    "question_code": ("questions",),
    "reason": ("breakglass_reasons",),
    "code": ("needs", "services"),
    "flags": ("risk_flags",),
    "role": ("roles",),
}
# Ids lead nowhere on paper; the text is for the person, the rows are for a machine.
NOT_READ: Final = frozenset(
    {
        "id", "history_id", "version", "revision", "need_id", "consent", "referral", "referral_id", "replaces",
        "safeguarding_basis", "service", "look", "history_type", "narrative_revision", "appointment_revision",
        "service_revision",
    }
)  # fmt: skip


def texts(held: Mapping[str, list[dict[str, Any]]], *, made_at: datetime) -> dict[str, str]:
    """Return everything held, in each language."""
    cyrillic = "\n".join(_lines(held, CYRILLIC, made_at=made_at))
    return {EN: "\n".join(_lines(held, EN, made_at=made_at)), LATIN: latin(cyrillic), CYRILLIC: cyrillic}


def word(name: str, language: str) -> str:
    """Return what a table or column is called; its own name where nobody said."""
    said = words().get(name.removeprefix("cases_").removeprefix("referrals_").removeprefix("rights_"))
    return said["en" if language == EN else "sr"] if said else name


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of tables and columns, in English and in Serbian Cyrillic."""
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        files("backend.rights").joinpath("words.yaml").read_text(encoding="utf-8")
    )
    return found


def _lines(held: Mapping[str, list[dict[str, Any]]], language: str, *, made_at: datetime) -> Iterator[str]:
    yield f"{word('title', language)}, {made_at.astimezone(BELGRADE):%d.%m.%Y. %H:%M}"
    yield NOTICE[language]
    for table, rows in held.items():
        yield ""
        yield word(table, language)
        for number, row in enumerate(rows, start=1):
            said = "; ".join(_parts(row, language))
            yield f"{number}. {said}"


def _parts(row: Mapping[str, Any], language: str) -> Iterator[str]:
    for name, value in row.items():
        if name not in NOT_READ and value not in (None, "", [], {}):
            yield f"{word(name, language)}: {_said(name, value, language)}"


def _said(name: str, value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return ", ".join(_inner(value, language))
    if isinstance(value, list | tuple):
        return ", ".join(_said(name, one, language) for one in value)
    if isinstance(value, datetime):
        return f"{value.astimezone(BELGRADE):%d.%m.%Y. %H:%M}"
    return _label(name, str(value), language)


def _inner(value: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield the parts of an opened envelope: items under the words of their list, needs and flags."""
    for name, one in value.items():
        if name in NOT_READ or one in (None, "", [], {}):
            continue
        if name in codes("tdi_fields"):
            yield f"{entry('tdi_fields', name).labels[language]}: {_item(name, one, language)}"
        else:
            yield f"{word(name, language)}: {_said(name, one, language)}"


def _item(item: str, value: Any, language: str) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_item(item, one, language) for one in value)
    key = f"{item}:{value}"
    found = _items().get(key)
    return found[language] if found else str(value)


@cache
def _items() -> Mapping[str, Mapping[str, str]]:
    return {key: row.labels for key, row in codes("tdi_items").items()}


def _label(name: str, code: str, language: str) -> str:
    for one in LISTS.get(name, ()):
        if code_exists(one, code):
            return entry(one, code).labels[language]
    return word(code, language) if code in {"True", "False"} else code
