"""The trial of the keys: clients that read and write over HTTP, roots that rotate, cases that are re-keyed, kills."""

import io
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from backend.cases.opening import FactsInput, open_case
from backend.encryption.keyring import root_keys
from tests.api.client import Api, browser_for
from tests.backend.cases.papers import full
from tests.world import Town, actor, at_once

V1: Final = "/api/v1"
AGES: Final = ("15-17", "18-19", "20-24", "25-29", "30-34")
BUSY: Final = "at work"
AT_THE_END: Final = 250
OPERATING: Final = """
import io, os, sys, django
from django.core.management import CommandError, call_command
django.setup()
print("up", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            call_command("keys", *line.split(), stdout=io.StringIO(), stderr=io.StringIO())
        except CommandError as problem:
            sys.stderr.write(f"{problem}\\n")
            os._exit(1)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class Plan:
    """How much is done. `kills` are spread over rotations and re-keyings; `pause` is between two calls of a client.

    Without kills the commands run in this process, else each in its own.
    """

    cases: int
    rotations: int
    rekeyings: int
    clients: int
    kills: int
    pause: float = 0.0


@dataclass
class Trial:
    """A town with cases, what the clients saw, and how often a run was killed. `at_work`: in the middle of batches."""

    town: Town
    plan: Plan
    cases: list[UUID] = field(default_factory=list)
    reads: int = 0
    writes: int = 0
    wrong: list[str] = field(default_factory=list)
    kills: int = 0
    at_work: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)
    draw: random.Random = field(default_factory=lambda: random.Random(14))

    def __post_init__(self) -> None:
        self._operator = Operator()

    def open_cases(self) -> None:
        by = actor(self.town.outreach)
        for _ in range(self.plan.cases):
            with at_once():
                case = open_case(
                    by,
                    team=self.town.team,
                    organisation=self.town.society,
                    consent=full(self.town.society, self.town.centre),
                    facts=FactsInput(items={"age_band": AGES[0], "sex": "1"}),
                )
            self.cases.append(case.id)

    def run(self, keys_admin: psycopg.Connection) -> None:
        """Do everything that is planned while the clients are at it."""
        kills = self._kills() if self.plan.kills else {}
        with self._operator if kills else nullcontext(), self._clients():
            for number in range(self.plan.rotations):
                self._operate("rotate", keys_admin, kills=kills.get(("rotate", number), 0))
                for old in root_keys().generations(self.town.team.id)[:-1]:
                    self._keys("retire", "--team", self.town.team.slug, "--generation", str(old))
                if number % max(1, self.plan.rotations // max(1, self.plan.rekeyings)) == 0:
                    self._rekey(keys_admin, kills)

    def _rekey(self, keys_admin: psycopg.Connection, kills: dict[tuple[str, int], int]) -> None:
        done = len(self.seconds.get("rekey", ()))
        if done < self.plan.rekeyings:
            self._operate("rekey", keys_admin, kills=kills.get(("rekey", done), 0))

    def _kills(self) -> dict[tuple[str, int], int]:
        """Return how often each run is killed: half of all among the rotations, half among the re-keyings."""
        runs = [("rotate", number) for number in range(self.plan.rotations)]
        runs += [("rekey", number % self.plan.rekeyings) for number in range(self.plan.rotations)]
        chosen = [runs[at * len(runs) // self.plan.kills] for at in range(self.plan.kills)]
        return {run: chosen.count(run) for run in chosen}

    def _operate(self, verb: str, keys_admin: psycopg.Connection, *, kills: int) -> None:
        """Begin as another process and kill it, as often as planned; then let it end."""
        begun = time.monotonic()
        for _ in range(kills):
            self._killed(verb, keys_admin)
        (self._apart if self.plan.kills else self._keys)(verb, "--team", self.town.team.slug)
        self.seconds.setdefault(verb, []).append(time.monotonic() - begun)

    def _killed(self, verb: str, keys_admin: psycopg.Connection) -> None:
        before = self._state(keys_admin)
        self._operator.begin(verb, "--team", self.town.team.slug)
        deadline = time.monotonic() + 5
        while self._state(keys_admin) == before and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(self.draw.uniform(0, 0.3 if verb == "rotate" else 8) * min(1.0, self.plan.cases / 5000))
        self.at_work += self._operator.killed()
        self.kills += 1

    def _state(self, keys_admin: psycopg.Connection) -> Any:
        return keys_admin.execute(
            "SELECT max(root_generation), max(generation) FROM encryption_wrappedkey WHERE team_id = %s",
            (self.town.team.id,),
        ).fetchone()

    def _apart(self, *words: str) -> None:
        """Run a command as a process of its own; again, as long as PostgreSQL has not noticed that one is dead."""
        for _ in range(500):
            self._operator.begin(*words)
            if self._operator.ended() == 0:
                return
            time.sleep(0.05)
        raise AssertionError("the keys stay busy")

    @staticmethod
    def _keys(*words: str) -> None:
        """Run a command here, again as long as PostgreSQL has not noticed that the one before is dead."""
        for _ in range(500):
            try:
                call_command("keys", *words, stdout=io.StringIO(), stderr=io.StringIO())
            except CommandError as problem:
                if BUSY not in str(problem):
                    raise
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the keys stay busy")

    @contextmanager
    def _clients(self) -> Iterator[None]:
        over = threading.Event()
        with ThreadPoolExecutor(self.plan.clients) as pool:
            found: list[Future[None]] = [
                pool.submit(_connected, Client(self, number).work, over)
                for number in range(self.plan.clients)
            ]
            try:
                yield
            finally:
                over.set()
        for one in found:
            one.result()


def _connected(work: Callable[[threading.Event], None], over: threading.Event) -> None:
    try:
        work(over)
    finally:
        connections.close_all()


class Operator:
    """A process that is up and makes another one, which can be killed, for each command."""

    def __enter__(self) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "backend.settings",
            "SPONA_KEYS_DIR": str(settings.SPONA_KEYS_DIR),
        }
        words = [sys.executable, "-c", OPERATING]
        self._run = subprocess.Popen(
            words, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._said() == "up"

    def __exit__(self, *_error: object) -> None:
        self._run.kill()
        self._run.communicate()

    def begin(self, *words: str) -> None:
        assert self._run.stdin is not None
        self._run.stdin.write(f"{' '.join(words)}\n")
        self._run.stdin.flush()
        self._pid = int(self._said())

    def killed(self) -> bool:
        """Kill what was begun; say whether it was still at work."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        return self.ended() == -signal.SIGKILL

    def ended(self) -> int:
        """Wait, and return the exit status."""
        return int(self._said())

    def _said(self) -> str:
        assert self._run.stdout is not None
        return self._run.stdout.readline().strip()


class Client:
    """One person who reads and writes every n-th case, and knows what has to stand there."""

    def __init__(self, trial: Trial, number: int) -> None:
        self._trial = trial
        self._cases = trial.cases[number :: trial.plan.clients]
        self._age = dict.fromkeys(self._cases, AGES[0])
        self._notes: dict[UUID, tuple[str, str]] = {}
        self._draw = random.Random(number)
        self._api: Api = browser_for(trial.town.outreach)

    def work(self, over: threading.Event) -> None:
        """Go on until it is over, and then read many cases once more."""
        while not over.is_set():
            ask = self._draw.choice((self._read, self._read, self._change, self._write, self._reveal))
            ask(self._draw.choice(self._cases))
            time.sleep(self._trial.plan.pause)
        for case in self._cases[:AT_THE_END]:
            self._read(case)

    def _read(self, case: UUID) -> None:
        answer = self._api.get(f"{V1}/cases/{case}")
        age = answer.json["items"].get("age_band") if answer.status == 200 else None
        self._seen(case, answer.status == 200 and age == self._age[case], f"read {answer.status} {age}")
        self._trial.reads += 1

    def _change(self, case: UUID) -> None:
        age = self._draw.choice(AGES)
        answer = self._api.post(f"{V1}/cases/{case}/profile", {"items": {"age_band": age}})
        self._seen(case, answer.status == 200, f"change {answer.status} {answer.raw[:200]!r}")
        self._age[case] = age
        self._trial.writes += 1

    def _write(self, case: UUID) -> None:
        text = f"Razgovor broj {self._trial.writes}."
        answer = self._api.post(f"{V1}/cases/{case}/notes", {"text": text})
        self._seen(case, answer.status == 201, f"write {answer.status} {answer.raw[:200]!r}")
        self._notes[case] = (answer.json.get("field", ""), text)
        self._trial.writes += 1

    def _reveal(self, case: UUID) -> None:
        if case not in self._notes:
            return
        name, text = self._notes[case]
        answer = self._api.post(f"{V1}/cases/{case}/reveal", {"fields": [name], "purpose": "direct_work"})
        said = [one["text"] for one in answer.json.get("revealed", ())]
        self._seen(case, said == [text], f"reveal {answer.status}")
        self._trial.reads += 1

    def _seen(self, case: UUID, right: bool, what: str) -> None:
        if not right:
            self._trial.wrong.append(f"{case}: {what}")
