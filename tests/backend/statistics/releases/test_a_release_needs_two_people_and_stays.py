"""One prepares, another approves; the number and the hash are set with it, and nothing changes afterwards."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connections

from backend.errors import Conflict, Invalid
from backend.statistics.releases import attacking, job, preparing
from backend.statistics.releases.building import canonical
from backend.statistics.releases.models import Release
from backend.statistics.releases.system import RELEASES
from backend.teams.models import User
from permissions.actor import Actor
from permissions.scope import Forbidden
from tests.api.audit import Audit
from tests.backend.statistics.releases.facts_by_hand import busy, free_year, lock, write
from tests.backend.statistics.releases.steps import built, released
from tests.databases import Clones
from tests.world import Town, actor, national

pytestmark = pytest.mark.database


@pytest.fixture
def year(admin: psycopg.Connection) -> int:
    """A year in which one town locked two quarters."""
    year, town = free_year(), Town()
    for quarter in (f"{year}-Q1", f"{year}-Q2"):
        write(admin, busy(town.team, quarter, people=12))
        lock(town.team, quarter)
    return year


def test_another_person_publishes_with_number_hash_and_entry(database: Clones, year: int) -> None:
    analyst, officer = national("national_analyst"), national("release_officer")
    row = built(f"{year}-Q1", by=analyst)
    assert row.status == "prepared"
    with Audit.since_now(database.main.superuser_url) as audit:
        preparing.approve(actor(officer), row)
        (entry,) = audit.entries(verb="release.published")
    assert entry["said"]["facts"]["number"] == row.number
    assert (
        entry["said"]["facts"]["sha256"] == row.sha256 == hashlib.sha256(canonical(row.document)).hexdigest()
    )
    following = built(f"{year}-Q2", by=analyst)
    preparing.approve(actor(officer), following)
    assert following.number == row.number + 1


def test_whoever_prepared_it_does_not_approve_it_and_no_machine_does(year: int) -> None:
    officer = national("release_officer")
    row = built(f"{year}-Q1", by=officer)
    with pytest.raises(Forbidden):
        preparing.approve(actor(officer), row)
    other = actor(national("release_officer"))
    with pytest.raises(Forbidden):
        preparing.approve(Actor(id=other.id, kind="token", seats=other.seats), row)
    with pytest.raises(Forbidden):
        preparing.approve(actor(national("national_analyst")), row)
    assert Release.objects.get(pk=row.pk).status == "prepared"


def test_nobody_else_prepares_one(year: int) -> None:
    town = Town()
    for user in (town.coordinator, town.lead, national("platform_admin")):
        with pytest.raises(Forbidden):
            preparing.prepare(actor(user), period=f"{year}-Q1", tier="B")


@pytest.mark.parametrize(
    "period", ["2026", "2026-Q5", "2026-q1", "2026-Q1 ", "٢٠٢٦-Q1", "", "2999-Q1", "2026-H3"]
)
def test_a_period_that_is_none_or_not_over_is_refused(period: str) -> None:
    with pytest.raises((Invalid, Conflict)) as refused:
        preparing.prepare(actor(national("national_analyst")), period=period, tier="B")
    assert refused.value.code in {"invalid", "period_not_over", "nothing_locked"}


def test_a_public_release_is_of_a_year(year: int) -> None:
    with pytest.raises(Invalid) as refused:
        preparing.prepare(actor(national("national_analyst")), period=f"{year}-Q1", tier="C")
    assert refused.value.faults[0].code == "not_yearly"


def test_a_period_in_which_no_team_locked_everything_is_refused(year: int) -> None:
    with pytest.raises(Conflict, match="nothing_locked"):
        preparing.prepare(actor(national("national_analyst")), period=f"{year}-H2", tier="B")
    with pytest.raises(Conflict, match="nothing_locked"):
        preparing.prepare(actor(national("national_analyst")), period=str(year), tier="C")


def test_a_period_is_released_once(year: int) -> None:
    by = actor(national("national_analyst"))
    row = built(f"{year}-Q1")
    with pytest.raises(Conflict, match="release_waiting"):
        preparing.prepare(by, period=f"{year}-Q1", tier="B")
    preparing.approve(actor(national("release_officer")), row)
    with pytest.raises(Conflict, match="already_released"):
        preparing.prepare(by, period=f"{year}-Q1", tier="B")
    for again in (preparing.approve, preparing.decline):
        with pytest.raises(Conflict, match="already_released"):
            again(actor(national("release_officer")), row)


def test_what_is_declined_is_over_and_may_be_prepared_again(year: int) -> None:
    row = built(f"{year}-Q1")
    preparing.decline(actor(national("release_officer")), row)
    with pytest.raises(Conflict, match="declined"):
        preparing.approve(actor(national("release_officer")), row)
    assert released(f"{year}-Q1").number is not None


def test_what_was_attacked_before_another_release_of_the_year_is_prepared_again(year: int) -> None:
    first, second = built(f"{year}-Q1"), built(f"{year}-Q2")
    officer = actor(national("release_officer"))
    preparing.approve(officer, first)
    with pytest.raises(Conflict, match="release_outdated"):
        preparing.approve(officer, second)
    preparing.decline(officer, second)
    assert released(f"{year}-Q2").manifest["against"] == [first.number]


def test_what_the_office_could_read_of_a_draft_is_known_to_the_attacker(
    year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, waiting = built(f"{year}-Q1"), built(f"{year}-Q2")
    preparing.decline(actor(national("release_officer")), first)
    seen: list[str] = []

    def attack(*args: Any, earlier: Sequence[Mapping[str, Any]], **more: Any) -> Any:
        seen.extend(one["period"] for one in earlier)
        return attacking.attack(*args, earlier=earlier, **more)

    monkeypatch.setattr(job, "attack", attack)
    built(f"{year}-Q1")
    assert set(seen) == {first.period, waiting.period}


def test_what_is_still_being_built_may_be_declined(year: int) -> None:
    row = preparing.prepare(actor(national("national_analyst")), period=f"{year}-Q1", tier="B")
    preparing.decline(actor(national("release_officer")), row)
    job.build(RELEASES, Release.objects.get(pk=row.pk))
    assert Release.objects.get(pk=row.pk).status == "declined"


def test_of_two_approvals_at_once_one_wins(year: int) -> None:
    row, officers = built(f"{year}-Q1"), [national("release_officer") for _ in range(2)]
    at_once = Barrier(2)

    def approve(officer: User) -> str:
        try:
            mine = Release.objects.get(pk=row.pk)
            at_once.wait(timeout=10)
            preparing.approve(actor(officer), mine)
        except Conflict as refused:
            return refused.code
        finally:
            connections.close_all()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(approve, officers))
    assert said == ["already_released", "published"]


@pytest.mark.parametrize(
    "change",
    [
        "document = '{}'",
        "sha256 = repeat('0', 64)",
        "number = 999999",
        "status = 'declined'",
        "gate = null",
        "period = '1900'",
    ],
)
def test_the_database_keeps_what_is_published(admin: psycopg.Connection, year: int, change: str) -> None:
    row = released(f"{year}-Q1")
    with pytest.raises(psycopg.errors.Error):
        admin.execute(f"UPDATE statistics_release SET {change} WHERE id = %s", [row.pk])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute("DELETE FROM statistics_release WHERE id = %s", [row.pk])
    assert Release.objects.get(pk=row.pk).sha256 == row.sha256
