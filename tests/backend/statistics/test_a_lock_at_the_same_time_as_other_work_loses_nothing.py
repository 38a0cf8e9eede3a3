"""Two locks at once, a lock beside an open transaction, and whose facts it writes: erased, shut out, of two towns."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, timedelta
from threading import Barrier, Event
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict
from backend.statistics import quarters
from backend.statistics.models import QuarterLock
from backend.statistics.periods import Quarter
from permissions.scope import Forbidden, NotFound
from tests.backend.cases.barred import sees, shut_out
from tests.backend.erasure.steps import erased
from tests.backend.referrals.loops import Loop, opened
from tests.world import BUILDER, Town, actor, ago

pytestmark = pytest.mark.database
NOW = Quarter.of(quarters.today())


@pytest.fixture
def loop(database: Any, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """A case with a referral that helped, in a quarter that is over from here on."""
    made = opened(Town())
    made.completed()
    monkeypatch.setattr(quarters, "today", lambda: date(NOW.year + 1, 6, 1))
    return made


def lock(loop: Loop) -> QuarterLock:
    return quarters.lock_quarter(loop.coordinator, team=loop.town.team, quarter=str(NOW))


def kinds(admin: psycopg.Connection[Any], loop: Loop) -> dict[str, int]:
    """Return how many facts of each kind the team has."""
    text = "SELECT kind, count(*) FROM statistics.fact WHERE team_id = %s GROUP BY 1"
    return dict(admin.execute(text, [loop.town.team.pk]).fetchall())


def apart(work: Callable[[], Any]) -> str:
    """Do something on this thread's own connection; return `done` or the code of the refusal."""
    try:
        work()
    except Conflict as refusal:
        return refusal.code
    finally:
        connections.close_all()
    return "done"


def test_of_two_locks_at_once_one_writes(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    together = Barrier(2)

    def attempt() -> None:
        together.wait(timeout=10)
        lock(loop)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(apart, [attempt, attempt])) == ["done", "quarter_locked"]
    assert kinds(admin, loop)["case_quarter"] == 1
    row = QuarterLock.objects.get(team=loop.town.team)
    assert admin.execute(
        "SELECT count(*) FROM audit_entry WHERE log = %s AND verb = 'facts.written'", [row.team_id]
    ).fetchone() == (1,)


def test_two_towns_lock_at_once_without_waiting_for_each_other(loop: Loop) -> None:
    held, done = Event(), Event()

    def hold() -> None:
        with act(BUILDER, "test.prepare"):
            quarters.lock_quarter(loop.coordinator, team=loop.town.team, quarter=str(NOW))
            held.set()
            assert done.wait(timeout=20)

    other = Town()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(apart, hold)
        assert held.wait(timeout=20)
        quarters.lock_quarter(actor(other.coordinator), team=other.team, quarter=str(NOW))
        done.set()
        assert first.result(timeout=20) == "done"


def test_it_waits_for_no_worker_who_is_in_the_middle_of_something(
    loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    """Somebody changes a case while the quarter locks: neither fails, and what comes after the end counts later."""
    held, done = Event(), Event()

    def work() -> None:
        with act(BUILDER, "test.prepare"):
            loop.case.spoken_name = "plavi hrast"
            loop.case.save()
            held.set()
            assert done.wait(timeout=20)

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(apart, work)
        assert held.wait(timeout=20)
        row = lock(loop)
        done.set()
        assert first.result(timeout=20) == "done"
    assert row.facts > 0
    assert kinds(admin, loop)["case_quarter"] == 1


@pytest.mark.parametrize(
    ("late", "over"), [(timedelta(seconds=1), False), (timedelta(minutes=9), False), (timedelta(minutes=11), True)],
    ids=["a second", "nine minutes", "eleven minutes"],
)  # fmt: skip
def test_a_quarter_is_over_when_what_began_in_it_is_written(
    monkeypatch: pytest.MonkeyPatch, late: timedelta, over: bool
) -> None:
    """A step that begins before midnight is written a moment after: a lock in between would lose it for good."""
    end = Quarter.read("2026-Q3").span.end.astimezone(UTC)
    monkeypatch.setattr(timezone, "now", lambda: end + late)
    assert (quarters.today() > date(2026, 9, 30)) is over


def test_what_was_erased_before_leaves_no_fact(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    erased(loop)
    assert lock(loop).facts == 0
    assert kinds(admin, loop) == {}
    found = admin.execute("SELECT count(*) FROM statistics.rollup WHERE team_id = %s", [loop.town.team.pk])
    assert found.fetchone() == (0,)


def test_what_is_erased_afterwards_stays_counted_and_names_nobody(
    loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    lock(loop)
    before = kinds(admin, loop)
    erased(loop)
    assert kinds(admin, loop) == before
    words = admin.execute(
        "SELECT string_agg(f::text, ' ') FROM statistics.fact f WHERE team_id = %s", [loop.town.team.pk]
    ).fetchone()
    assert words is not None
    for secret in (loop.case.pk, loop.case.code, loop.case.spoken_name, loop.consent.pk):
        assert str(secret) not in words[0]


def test_a_case_from_which_who_locks_is_shut_out_counts_without_being_shown(
    loop: Loop, admin: psycopg.Connection[Any]
) -> None:
    town = loop.town
    shut_out(loop.case, town.coordinator, by=town.social_worker, for_=town.centre)
    assert not sees(town.coordinator, loop.case)
    row = lock(loop)
    assert kinds(admin, loop)["case_quarter"] == 1
    assert not sees(town.coordinator, loop.case)
    entries = admin.execute(
        "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE log = %s AND object_id = %s",
        [town.team.pk, str(row.pk)],
    ).fetchall()
    assert str(loop.case.pk) not in str(entries)


def test_a_role_that_ended_locks_nothing_any_more(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    town = loop.town
    membership = town.coordinator.memberships.get()
    with act(BUILDER, "test.prepare"):
        membership.valid_until = ago(minutes=1)
        membership.save()
    with pytest.raises((Forbidden, NotFound)):
        lock(loop)
    assert kinds(admin, loop) == {}
