"""Each job in its time, one worker at a time, and a job that fails stops no other."""

import io
import logging
import os
import signal
import threading
import zlib
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command

from backend.database_roles import APP
from backend.work import rounds, schedule
from backend.work.management.commands import work as command
from backend.work.rounds import Rounds
from backend.work.schedule import JOBS, Job
from permissions.actor import Actor
from tests.databases import Clones

pytestmark = pytest.mark.database
SLOW = timedelta(hours=1)


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """A schedule of our own."""
    planned: list[Job] = []
    monkeypatch.setattr(rounds, "JOBS", planned)
    monkeypatch.setattr(command, "JOBS", planned)
    return planned


def job(name: str, run: object, every: timedelta = SLOW) -> Job:
    return Job(f"{name}-{uuid4()}", UUID(int=7), every, run)  # type: ignore[arg-type]


def fail(_by: Actor) -> int:
    raise ValueError("a story that must not reach a log")


def test_a_job_runs_as_its_own_system_account_without_a_seat(jobs: list[Job]) -> None:
    seen: list[Actor] = []
    jobs.append(job("look", lambda by: seen.append(by) or 3))
    assert Rounds(jobs).run_due() == {jobs[0].name: 3}
    assert [(by.id, by.kind, by.seats) for by in seen] == [(UUID(int=7), "system", ())]


def test_a_job_that_is_not_due_again_does_not_run(jobs: list[Job]) -> None:
    jobs += [job("slow", lambda _: 1), job("always", lambda _: 1, timedelta(0))]
    round_ = Rounds(jobs)
    round_.run_due()
    assert set(round_.run_due()) == {jobs[1].name}


def test_a_failing_job_stops_no_other_and_its_log_line_names_only_the_kind_of_error(jobs: list[Job]) -> None:
    jobs += [job("broken", fail), job("fine", lambda _: 1)]
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    rounds.log.addHandler(handler)
    try:
        assert rounds.run_all() == {jobs[1].name: 1}
    finally:
        rounds.log.removeHandler(handler)
    assert "story" not in said.getvalue()
    assert said.getvalue().startswith("job_failed.broken")
    assert said.getvalue().strip().endswith(".valueerror")


def test_what_another_worker_is_at_is_left_to_it(jobs: list[Job], database: Clones) -> None:
    jobs.append(job("shared", lambda _: 1))
    key = zlib.crc32(f"spona job {jobs[0].name}".encode())
    with psycopg.connect(database.main.url(APP), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", (key,))
        assert rounds.run_all() == {}
        other.execute("SELECT pg_advisory_unlock(%s)", (key,))
        assert rounds.run_all() == {jobs[0].name: 1}


def test_one_round_by_command_says_what_was_done_and_exits_non_zero_when_a_job_failed(
    jobs: list[Job],
) -> None:
    jobs.append(job("fine", lambda _: 2))
    out = io.StringIO()
    call_command("work", "--once", stdout=out)
    assert out.getvalue() == f"{jobs[0].name}: 2\n"
    jobs.append(job("broken", fail))
    with pytest.raises(CommandError, match=jobs[1].name):
        call_command("work", "--once", stdout=io.StringIO())


def test_a_long_job_keeps_no_other_waiting(jobs: list[Job]) -> None:
    others_ran = threading.Event()
    seen: list[bool] = []

    def wait(_by: Actor) -> int:
        seen.append(others_ran.wait(10))
        os.kill(os.getpid(), signal.SIGTERM)
        return 1

    jobs.append(replace(job("long", wait), long=True))
    jobs.append(job("short", lambda _: others_ran.set() or 1))
    before = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)]
    try:
        call_command("work", stdout=io.StringIO())
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)
    assert seen == [True]


def test_every_job_has_a_name_and_an_account_of_its_own() -> None:
    assert len({one.name for one in JOBS}) == len({one.account for one in JOBS}) == len(JOBS)
    assert all(one.actor.kind == "system" for one in schedule.JOBS)
