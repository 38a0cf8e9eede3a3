"""Writes the facts of a quarter: each under an id of its own, in an order that says nothing, with its record key."""

import hashlib
import hmac
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings

from backend.statistics.facts.model import CASE_QUARTER, GAP, REFERRAL, REFERRAL_90, Fact
from backend.statistics.roles import adding

KEYS: Final = 4096
AT_ONCE: Final = 2000
_ADD: Final = "INSERT INTO {0} SELECT * FROM jsonb_populate_recordset(NULL::{0}, %s::jsonb)"
# What is summed for a team's own figures: the kinds of a quarter.
_SUMMED: Final = frozenset({REFERRAL, REFERRAL_90, CASE_QUARTER, GAP})
_COLUMNS: Final = tuple(one.name for one in fields(Fact))
Row = dict[str, Any]


def record_key(fact_id: UUID) -> int:
    """Return 0..4095 for a fact: the same for ever, and no one's choice."""
    drawn = hmac.digest(settings.SPONA_STATISTICS_KEY, fact_id.bytes, hashlib.sha256)
    return int.from_bytes(drawn) % KEYS


def rows_of(facts: Iterable[Fact]) -> list[Row]:
    """Return facts as rows of the table, each with a random id, in random order."""
    rows = [_row(fact) for fact in facts]
    secrets.SystemRandom().shuffle(rows)
    return rows


def _row(fact: Fact) -> Row:
    fact_id = uuid4()
    plain = {name: getattr(fact, name) for name in _COLUMNS} | {
        "marks": sorted(fact.marks),
        "id": fact_id,
        "record_key": record_key(fact_id),
    }
    return {name: str(value) if isinstance(value, UUID) else value for name, value in plain.items()}


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of rows in the order of their ids, each as JSON with sorted names (hexadecimal)."""
    found = hashlib.sha256()
    for row in sorted(rows, key=lambda row: str(row["id"])):
        found.update(json.dumps(row, sort_keys=True, separators=(",", ":"), default=str).encode())
    return found.hexdigest()


def sums(facts: Iterable[Fact]) -> list[Row]:
    """Return how often each mark stands in the team, in each organisation, and of referrals and gaps by service."""
    counted: Counter[tuple[str, str, str | None, str, str]] = Counter()
    for fact in facts:
        if fact.kind in _SUMMED:
            of = {None, fact.organisation_from, fact.organisation_to}
            named = {str(one) if one else None for one in of}
            for mark in fact.marks:
                for service in {"", fact.service_code}:
                    counted.update((str(fact.team_id), fact.quarter, one, mark, service) for one in named)
    names = ("team_id", "quarter", "organisation_id", "mark", "service_code")
    return [{**dict(zip(names, key, strict=True)), "n": n} for key, n in counted.items()]


def add(rows: Sequence[Row], summed: Sequence[Row]) -> None:
    """Insert both, as the role that may do that and nothing else; inside an act, as the job `facts`."""
    with adding() as cursor:
        for table, whole in (("statistics.fact", rows), ("statistics.rollup", summed)):
            for at in range(0, len(whole), AT_ONCE):
                cursor.execute(_ADD.format(table), [json.dumps(whole[at : at + AT_ONCE])])
