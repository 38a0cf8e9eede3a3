"""Facts are written once, when a quarter is over, by who coordinates; what is too early or twice is refused."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from backend.errors import Conflict, Invalid
from backend.statistics import quarters
from backend.statistics.models import QuarterLock
from backend.statistics.periods import Quarter
from backend.statistics.releases.states import DECLINED
from permissions.scope import Forbidden
from tests.backend.referrals.loops import Loop, opened
from tests.backend.statistics.releases.rows import waiting
from tests.world import Town, actor, ago, by_hand

pytestmark = pytest.mark.database
NOW = Quarter.of(quarters.today())


@pytest.fixture
def loop(database: Any, monkeypatch: pytest.MonkeyPatch) -> Loop:
    """A case with a referral that helped, in a quarter that is over from here on."""
    made = opened(Town())
    made.completed()
    monkeypatch.setattr(quarters, "today", lambda: date(NOW.year + 1, 6, 1))
    return made


def lock(loop: Loop, quarter: str = str(NOW)) -> QuarterLock:
    return quarters.lock_quarter(loop.coordinator, team=loop.town.team, quarter=quarter)


def facts(admin: psycopg.Connection[Any], loop: Loop) -> list[Any]:
    text = "SELECT kind, marks FROM statistics.fact WHERE team_id = %s ORDER BY kind"
    return admin.execute(text, [loop.town.team.pk]).fetchall()


def test_its_facts_say_what_happened(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    row = lock(loop)
    found = {kind: set(marks) for kind, marks in facts(admin, loop) if kind != "referral"}
    assert found["case_quarter"] >= {"in_coordination", "helped", "new", "known_sex", "unknown_labour"}
    assert found.keys() == {"case_quarter", "case_half", "case_year"}
    marks = [set(marks) for kind, marks in facts(admin, loop) if kind == "referral"]
    assert {"waited"} in marks
    assert {"decision_time"} in marks
    assert any(
        one >= {"requested", "accepted", "decided", "ended", "consented", "cross_sector"} for one in marks
    )
    count = admin.execute(
        "SELECT count(*) FROM statistics.fact WHERE team_id = %s", [loop.town.team.pk]
    ).fetchone()
    assert count is not None
    assert row.facts > count[0]  # those of the country stand without the team


def test_the_entries_name_neither_a_case_nor_a_count(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    row = lock(loop)
    text = (
        "SELECT convert_from(body, 'UTF8') FROM audit_entry WHERE log = %s AND verb = ANY (%s) ORDER BY verb"
    )
    found = admin.execute(text, [loop.town.team.pk, ["facts.written", "quarter.locked"]]).fetchall()
    written, locked = (json.loads(body) for (body,) in found)
    assert (written["actor_id"], locked["actor_id"]) == (str(quarters.WRITER.id), str(loop.coordinator.id))
    assert written["facts"] == {"quarter": row.quarter, "purpose": "quarter_lock"}
    assert locked["facts"] == {"quarter": row.quarter, "digest": row.digest}
    assert str(loop.case.pk) not in "".join(body for (body,) in found)


def test_a_second_lock_is_refused(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    lock(loop)
    before = facts(admin, loop)
    with pytest.raises(Conflict, match="quarter_locked"):
        lock(loop)
    assert facts(admin, loop) == before


@pytest.mark.parametrize("day", ["last", "first"])
def test_a_quarter_under_way_is_not_locked(loop: Loop, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(quarters, "today", lambda: getattr(NOW.span, day))
    with pytest.raises(Conflict, match="quarter_open"):
        lock(loop)


@pytest.mark.parametrize("text", ["2026-Q5", "2026", "", "2026-Q1 ", "1999-Q1", "२०२६-Q1", "2026-Q1\n"])
def test_what_is_no_quarter_is_refused(loop: Loop, text: str) -> None:
    with pytest.raises(Invalid):
        lock(loop, text)


@pytest.mark.parametrize("who", ["deputy", "social_worker", "lead", "officer"])
def test_nobody_else_locks(loop: Loop, who: str) -> None:
    by = actor(getattr(loop.town, who))
    with pytest.raises(Forbidden):
        quarters.lock_quarter(by, team=loop.town.team, quarter=str(NOW))


def test_nobody_locks_the_quarter_of_another_town(loop: Loop) -> None:
    with pytest.raises(Forbidden):
        quarters.lock_quarter(actor(Town().coordinator), team=loop.town.team, quarter=str(NOW))


@pytest.fixture
def counted_year() -> Iterator[None]:
    """A release of the whole year waits for its approval, until the test is over."""
    row = waiting(str(NOW.year))
    yield
    with by_hand():
        row.status, row.declined_by, row.declined_at = DECLINED, uuid4(), ago(minutes=0)
        row.save()


def of_the_country(admin: psycopg.Connection[Any]) -> int:
    return admin.execute("SELECT count(*) FROM statistics.fact WHERE team_id IS NULL").fetchone()[0]  # type: ignore[index]


def test_a_lock_adds_what_the_country_counts(loop: Loop, admin: psycopg.Connection[Any]) -> None:
    before = of_the_country(admin)
    row = lock(loop)
    assert row.facts == len(facts(admin, loop)) + of_the_country(admin) - before
    assert of_the_country(admin) > before


def test_no_quarter_joins_a_year_that_is_counted(
    loop: Loop, admin: psycopg.Connection[Any], counted_year: None
) -> None:
    with pytest.raises(Conflict, match="year_counted"):
        lock(loop)
    assert facts(admin, loop) == []


def test_nothing_is_left_of_a_lock_that_failed(
    loop: Loop, admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarters.writing, "digest", lambda _rows: "x" * 65)
    with pytest.raises(Exception, match="too long"):
        lock(loop)
    assert facts(admin, loop) == []
    assert not QuarterLock.objects.filter(team=loop.town.team).exists()
