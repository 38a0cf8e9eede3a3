"""The certificate of an erasure: what is unreadable and blank now, what is left where, and until when."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from audit import recorder
from backend.cases.models import Case
from backend.erasure.cases import locked_for_erasure
from backend.erasure.models import LEDGER_REPLAY, RETENTION_DUE, Erasure
from backend.erasure.periods import period
from backend.errors import Conflict
from backend.reference.translit import latin
from backend.reference.working_days import BELGRADE
from permissions.actor import Actor

FORMAT: Final = 1
_DONE: Final = {RETENTION_DUE: "done_by_policy", LEDGER_REPLAY: "done_again"}
# What stays readable, by the classes of retention.csv.
STAYS: Final = ("consent_and_disclosures", "rights_requests", "audit_log", "erasure_ledger")


def certificate(by: Actor, row: Erasure) -> dict[str, Any]:
    """Return the certificate in machine form, with its text in each language. Raises Conflict before the execution."""
    if row.executed_at is None:
        raise Conflict("not_executed")
    with locked_for_erasure(row.case_id) as case:
        said = _said(row, case)
    recorder.record(by, "erasure.certificate_read", team=row.team_id, kind="erasure", object_id=str(row.pk))
    return said


def _said(row: Erasure, case: Case) -> dict[str, Any]:
    moments = _moments(row)
    return {
        "format": FORMAT,
        "erasure": row.pk,
        "case": row.case_id,
        "code": case.code,
        "team": row.team_id,
        "reason": row.reason,
        "requested_by": row.requested_by,
        "requested_at": row.requested_at,
        "confirmed_by": row.confirmed_by,
        "confirmed_at": row.confirmed_at,
        "executed_by": row.executed_by,
        **moments,
        "blanked": row.counts or {},
        "stays": list(STAYS),
        "texts": {language: _text(row, case, moments, language) for language in ("en", "sr-Cyrl", "sr-Latn")},
    }


def _moments(row: Erasure) -> dict[str, datetime | None]:
    executed, destroyed = row.executed_at, row.destroyed_at
    return {
        "executed_at": executed,
        "destroyed_at": destroyed,
        "main_backups_until": period("main_backups").after(executed) if executed else None,
        "keys_backups_until": period("keys_backups").after(destroyed) if destroyed else None,
    }


def _text(row: Erasure, case: Case, moments: Mapping[str, datetime | None], language: str) -> str:
    names = {
        "code": case.code,
        "executed": _day(moments["executed_at"], language),
        "destroyed": _day(moments["destroyed_at"], language),
        "backups": _day(moments["main_backups_until"], language),
        "keys": _day(moments["keys_backups_until"], language),
    }
    ended = ("unreadable", "blanked", "backups") if row.destroyed_at else ("not_yet", "blanked")
    parts = ("title", _DONE.get(row.reason, "done"), *ended, "stays")
    own = "en" if language == "en" else "sr"
    said = [_texts()[part][own] for part in parts]
    return "\n\n".join((latin(one) if language == "sr-Latn" else one).format(**names) for one in said)


def _day(moment: datetime | None, language: str) -> str:
    if moment is None:
        return ""
    here = moment.astimezone(BELGRADE)
    return f"{here:%Y-%m-%d}" if language == "en" else f"{here.day}. {here.month}. {here.year}."


@cache
def _texts() -> dict[str, dict[str, str]]:
    text = files("backend.erasure").joinpath("certificate.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found
