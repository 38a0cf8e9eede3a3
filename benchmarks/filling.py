"""Writes the rows of a data set, inside the service (`benchmarks.within`).

Towns are written by the house's own services, cases and referrals by COPY in several processes: the same rows, in
hours less. Plain indexes are dropped before and made again after; foreign keys are checked by a query at the end.
"""

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

import psycopg
from django.contrib.auth.models import Permission
from django.db import connections
from django.utils import timezone

from backend.encryption.models import WrappedKey
from benchmarks import lives, loops, towns
from benchmarks.canonical import quick_canonical_form
from benchmarks.copying import Sheets
from benchmarks.telling import say
from permissions import grants

SEED: Final = 20261122
CHUNK: Final = 400
DAYS: Final = 1000
WORKING_ON: Final = timedelta(days=120)
STAYS_OPEN, CLOSES = 0.7, 0.8
REFERRALS: Final = {1: 25, 2: 30, 3: 20, 4: 20, 5: 5}
_INDEXES: Final = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT i.indisunique ORDER BY 1
"""
_FOREIGN_KEYS: Final = """
    SELECT conrelid::regclass::text, confrelid::regclass::text,
        (SELECT array_agg(a.attname ORDER BY k.n) FROM unnest(conkey) WITH ORDINALITY AS k(at, n)
            JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = k.at),
        (SELECT array_agg(a.attname ORDER BY k.n) FROM unnest(confkey) WITH ORDINALITY AS k(at, n)
            JOIN pg_attribute AS a ON a.attrelid = confrelid AND a.attnum = k.at)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 3
"""


def fill(teams: int, referrals: int) -> None:
    """Write the whole data set into empty, migrated databases."""
    addresses = [os.environ[f"SPONA_{infix}ADMIN_DATABASE_URL"] for infix in ("", "KEYS_")]
    written = tuple(towns.build(teams))
    say(f"{len(written)} towns")
    _write(referrals, written, *addresses)
    for address in addresses:
        _tidy(address)


@dataclass(frozen=True)
class Plan:
    """What every worker needs to write its share: how many referrals in all, of which towns, into which servers."""

    referrals: int
    written: tuple[towns.Town, ...]
    main: str
    keys: str
    permission_id: int
    now: datetime


def _write(referrals: int, written: tuple[towns.Town, ...], main: str, keys: str) -> None:
    permission_id = Permission.objects.get(codename=grants.SEES_CASE).pk
    plan = Plan(referrals, written, main, keys, permission_id, timezone.now())
    for alias in connections:
        connections[alias].close()
    with psycopg.connect(main, autocommit=True) as connection:
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _definition in indexes:
            connection.execute(f"DROP INDEX {name}".encode())
    _in_parallel(_cases, [(plan, worker) for worker in range(_workers())])
    say("indexes")
    halves = [(main, [one[1] for one in indexes[worker :: _workers()]]) for worker in range(_workers())]
    _in_parallel(_execute, halves)


def _workers() -> int:
    return os.cpu_count() or 1


def _in_parallel(work: Any, shares: Sequence[tuple[Any, ...]]) -> None:
    context = multiprocessing.get_context("fork")
    running = [context.Process(target=work, args=share) for share in shares]
    for process in running:
        process.start()
    for process in running:
        process.join()
    if any(process.exitcode for process in running):
        raise SystemExit("A part of the data set could not be written; see above.")


def _cases(plan: Plan, worker: int) -> None:
    """Write one worker's share of cases, a chunk for each transaction."""
    rng, workers = Random(f"{SEED}/{worker}"), _workers()
    sheets = Sheets(rng)
    pen = lives.Pen(sheets, rng, plan.now, plan.permission_id, number=worker, stride=workers)
    left = plan.referrals // workers + (1 if worker < plan.referrals % workers else 0)
    began, share, told = time.monotonic(), left, 0
    gc.disable()  # it would walk through all waiting rows again and again, and find nothing
    with (
        psycopg.connect(plan.main, autocommit=True) as main,
        psycopg.connect(plan.keys, autocommit=True) as vault,
        quick_canonical_form(),
    ):
        main.execute("SET session_replication_role = replica")
        main.execute("SET synchronous_commit = off")
        while left:
            for _ in range(CHUNK):
                left -= _case(pen, plan.written[told % len(plan.written)], left)
                told += 1
                if not left:
                    break
            sheets.flush(vault, WrappedKey)
            sheets.flush(main)
            gc.collect()
            if worker == 0 and told % (CHUNK * 10) == 0:
                say(f"{100 * (share - left) // share} % after {time.monotonic() - began:.0f} s")


def _case(pen: lives.Pen, town: towns.Town, most: int) -> int:
    """Write one case with its referrals, at most so many; return how many they were."""
    rng = pen.rng
    at = pen.now - timedelta(days=rng.uniform(1, DAYS))
    life = lives.begin(pen, town, at=at)
    count = min(most, rng.choices(tuple(REFERRALS), tuple(REFERRALS.values()))[0])
    last, is_current = at, pen.now - at < WORKING_ON
    for number, sent in enumerate(_moments(rng, at, count, pen.now), start=1):
        is_open = is_current and number == count and rng.random() < STAYS_OPEN
        last = max(last, loops.tell(life, number, at=sent, is_open=is_open))
    closes = not is_current and rng.random() < CLOSES
    lives.finish(life, closed=min(last + timedelta(days=14), pen.now) if closes else None)
    return count


def _moments(rng: Random, at: datetime, count: int, now: datetime) -> Iterator[datetime]:
    """Yield when each referral of a case is sent: soon after its opening, within its consent."""
    room = min(now - at, timedelta(days=110))
    yield from sorted(at + room * rng.random() for _ in range(count))


def _execute(address: str, statements: Sequence[str]) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        for statement in statements:
            connection.execute(statement.encode())


def _tidy(address: str) -> None:
    """Check every foreign key that was not checked on the way, then let PostgreSQL know its tables."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET work_mem = '256MB'")
        for table, to, columns, targets in connection.execute(_FOREIGN_KEYS).fetchall():
            pairs = " AND ".join(
                f"a.{here} = b.{there}" for here, there in zip(columns, targets, strict=True)
            )
            known = " AND ".join(f"a.{here} IS NOT NULL" for here in columns)
            query = f"SELECT count(*) FROM {table} a WHERE {known} AND NOT EXISTS (SELECT FROM {to} b WHERE {pairs})"  # noqa: S608 -- names from the catalogue
            found = connection.execute(query.encode()).fetchone()
            if found is None or found[0]:
                raise SystemExit(f"{table} ({', '.join(columns)}) points to rows of {to} that are not there.")
        say("vacuum")
        connection.execute("VACUUM (ANALYZE, FREEZE)")
        connection.execute("CHECKPOINT")


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
