"""A million and a half facts out of published counts (TEDS-A 2021), written as a lock writes them.

Each variable is expanded to its published counts, independently of the others, in memory that does not grow with
the number of people. A table over the facts must then equal the published one.
"""

import csv
import hashlib
import hmac
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate, islice
from math import gcd
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import transaction

from audit import recorder
from backend import asker
from backend.statistics.facts.model import REFERRAL
from backend.statistics.facts.writing import KEYS
from backend.statistics.quarters import WRITER
from backend.statistics.roles import adding, reading

# Which published variable stands in which column of a fact; its codes stay those of the source.
COLUMNS: Final = {"PSOURCE": "referral_source", "SERVICES": "service_group", "SUB1": "substance_group"}
PEOPLE: Final = 1_482_543
AT_ONCE: Final = 20_000
MARK: Final = "requested"
Counts = Mapping[str, Mapping[str, int]]
Tell = Callable[[int], None]
Columns = list[list[Any]]
ID: Final = 16

# The wall stands on the table of facts, and PostgreSQL takes no COPY into a table with one: so arrays of columns.
_INSERT: Final = """
    INSERT INTO statistics.fact
        (id, kind, team_id, quarter, referral_source, service_group, substance_group, marks, record_key)
    SELECT id::uuid, %s, %s, %s, one, two, three, ARRAY[%s], key
    FROM unnest(%b::text[], %b::text[], %b::text[], %b::text[], %b::int2[]) AS t(id, one, two, three, key)
"""
_COUNT: Final = """
    SELECT referral_source, service_group, substance_group, count(*) FROM statistics.fact
    WHERE team_id = %s AND quarter = %s AND kind = %s AND %s = ANY (marks)
    GROUP BY GROUPING SETS ((referral_source), (service_group), (substance_group))
"""


def published(path: Path) -> dict[str, dict[str, int]]:
    """Return the published count of every code of the variables, without their totals."""
    found: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["variable"] in found and row["value"] != "TOTAL":
                found[row["variable"]][row["value"]] = int(row["frequency"])
    return found


def scaled(counts: Counts, people: int) -> dict[str, dict[str, int]]:
    """Return counts of the same shape for fewer people: rounded down, the rest to the largest remainders."""
    return {name: _fewer(of, people) for name, of in counts.items()}


def _fewer(counts: Mapping[str, int], people: int) -> dict[str, int]:
    total = sum(counts.values())
    parts = {code: divmod(n * people, total) for code, n in counts.items()}
    left = people - sum(whole for whole, _rest in parts.values())
    more = set(sorted(parts, key=lambda code: -parts[code][1])[:left])
    return {code: whole + (code in more) for code, (whole, _rest) in parts.items()}


def expanded(counts: Counts) -> Iterator[tuple[str, ...]]:
    """Yield one code of each variable for each person; every variable comes out at exactly its counts.

    Each variable goes through its people in an order of its own (a step that has no divisor in common with their
    number), so that the variables are independent of each other without a list of all people.
    """
    (people,) = {sum(of.values()) for of in counts.values()}
    return zip(*(_codes(of, people, turn) for turn, of in enumerate(counts.values())), strict=True)


def _codes(counts: Mapping[str, int], people: int, turn: int) -> Iterator[str]:
    codes, ends = list(counts), list(accumulate(counts.values()))
    step = next(one for one in range(people * (turn + 2) // 7 + 1, 2 * people) if gcd(one, people) == 1)
    return (codes[bisect_right(ends, person * step % people)] for person in range(people))


def load(counts: Counts, *, team: UUID, quarter: str, tell: Tell) -> int:
    """Write a fact for each person as the role that may only add; `tell` hears how many are written.

    Returns how many. Nothing stays when it fails. Memory holds one batch.
    """
    people, written = expanded(counts), 0
    with asker.working_as(asker.FACTS), transaction.atomic():
        recorder.record(
            WRITER,
            "facts.written",
            team=team,
            kind="team",
            object_id=str(team),
            quarter=quarter,
            purpose="statistics",
        )
        with adding() as told, psycopg.Cursor(told.connection) as cursor:
            for columns in _ahead(_batches(people)):
                cursor.execute(_INSERT, [REFERRAL, team, quarter, MARK, *columns])
                written += cursor.rowcount
                tell(written)
    return written


def _ahead(batches: Iterator[Columns]) -> Iterator[Columns]:
    """Yield the batches, with the next one under way while the database works on the last."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        coming = worker.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = worker.submit(next, batches, None)
            yield batch


def _batches(people: Iterator[tuple[str, ...]]) -> Iterator[Columns]:
    """Yield ids, codes and record keys by column; an id is 128 random bits."""
    key = settings.SPONA_STATISTICS_KEY
    while batch := list(islice(people, AT_ONCE)):
        drawn = os.urandom(ID * len(batch))
        ids = [drawn[at : at + ID] for at in range(0, len(drawn), ID)]
        keys = [int.from_bytes(hmac.digest(key, one, hashlib.sha256)) % KEYS for one in ids]
        yield [[one.hex() for one in ids], *map(list, zip(*batch, strict=True)), keys]


def tables(*, team: UUID, quarter: str) -> dict[str, dict[str, int]]:
    """Return the exact count of each code of each variable, as who reads facts sees them, in one statement."""
    found: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
    with asker.working_as(asker.RELEASES), reading() as cursor:
        cursor.execute(_COUNT, [team, quarter, REFERRAL, MARK])
        for *codes, n in cursor:
            ((name, code),) = (
                (name, code) for name, code in zip(COLUMNS, codes, strict=True) if code is not None
            )
            found[name][code] = n
    return found
