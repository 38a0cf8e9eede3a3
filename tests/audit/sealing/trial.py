"""The trial of the sealer: writers that hold their transactions open or take them back, and a sealer that is killed."""

import base64
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg

from audit.entries import compose
from audit.models import Entry
from audit.sealing import work
from backend.database_roles import APP, SEALER
from tests.audit.people import Person
from tests.databases import Clone
from tests.sealed import KEY, NAME

COLUMNS: Final = [str(one.column) for one in Entry._meta.concrete_fields]
INSERT: Final = f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
# What the job of the worker does, as often as it does.
SEALING: Final = """
import time, django
django.setup()
from audit import sealing
print("up", flush=True)
while True:
    sealing.work()
    time.sleep({pause})
"""
AT_WORK: Final = f"""
    SELECT FROM pg_stat_activity WHERE usename = '{SEALER}' AND xact_start IS NOT NULL AND backend_xid IS NOT NULL
"""


@dataclass(frozen=True)
class Plan:
    """How much is written. `held` transactions are kept open for `held_seconds`, the others up to 20 ms."""

    writers: int
    events: int
    held: int
    held_seconds: float
    kills: int
    pause: float


@dataclass
class Trial:
    """What was written when, and how often the sealer was killed."""

    logs: list[UUID] = field(default_factory=lambda: [uuid4() for _ in range(3)])
    committed: dict[UUID, datetime] = field(default_factory=dict)
    taken_back: set[UUID] = field(default_factory=set)
    kills: int = 0
    in_a_round: int = 0

    def run(self, plan: Plan, cluster: Clone) -> None:
        """Write until everything is written and the sealer was killed often enough."""
        draw = random.Random(5)
        held = set(draw.sample(range(plan.events // 2), plan.held))
        writing: list[Future[None]] = []
        with ThreadPoolExecutor(plan.writers) as pool:
            while self.kills < plan.kills:
                with sealing(cluster, plan.pause) as process:
                    for number in range(plan.writers if not writing else 0):
                        mine = {one for one in held if one % plan.writers == number}
                        writing.append(pool.submit(self._write, plan, cluster, mine, number))
                    self._kill(process, cluster, draw.uniform(2, 6))
            while not all(one.done() for one in writing):
                work()
                time.sleep(plan.pause)
        for one in writing:
            one.result()

    def _write(self, plan: Plan, cluster: Clone, held: set[int], number: int) -> None:
        """Write two entries in each transaction; take one of twenty back."""
        draw, by = random.Random(number), Person()
        with psycopg.connect(cluster.url(APP)) as connection:
            for at in range(number, plan.events // 2, plan.writers):
                ids = [self._insert(connection, by, draw.choice(self.logs)) for _ in range(2)]
                time.sleep(plan.held_seconds if at in held else draw.uniform(0, 0.02))
                if draw.random() < 0.05:
                    connection.rollback()
                    self.taken_back.update(ids)
                else:
                    connection.commit()
                    self.committed.update(dict.fromkeys(ids, datetime.now(UTC)))

    @staticmethod
    def _insert(connection: Any, by: Person, log: UUID) -> UUID:
        entry = compose(by, "case.viewed", team=log, kind="case", object_id=str(uuid4()), given={})
        connection.execute(INSERT, [getattr(entry, name) for name in COLUMNS])
        return entry.id

    def _kill(self, process: "subprocess.Popen[bytes]", cluster: Clone, after: float) -> None:
        """Kill it: every other time in the middle of a round that writes, else after so many seconds."""
        deadline = time.monotonic() + after
        with psycopg.connect(cluster.superuser_url, autocommit=True) as admin:
            while time.monotonic() < deadline:
                if self.kills % 2 == 0 and admin.execute(AT_WORK).fetchone() is not None:
                    self.in_a_round += 1
                    break
                time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        self.kills += 1


@contextmanager
def sealing(cluster: Clone, pause: float) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the sealer as a process of its own, which is up now; it is gone at the end."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "backend.settings",
        "SPONA_DATABASE_URL": cluster.url(APP),
        "SPONA_SEALER_DATABASE_URL": cluster.url(SEALER),
        "SPONA_LOG_KEY": base64.urlsafe_b64encode(KEY).decode(),
        "SPONA_LOG_NAME": NAME,
    }
    words = [sys.executable, "-c", SEALING.format(pause=pause)]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        yield process
    finally:
        process.kill()
        process.communicate()
