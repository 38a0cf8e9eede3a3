"""TEDS-A 2021: facts expanded from published counts, and the exact tables over them; memory does not grow."""

import os
import resource
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from backend import asker
from backend.statistics.roles import reading
from benchmarks import cpu, teds
from tests.world import make_team

pytestmark = pytest.mark.database
HERE = Path(__file__).resolve().parent
PUBLISHED = teds.published(HERE.parent / "data/teds/published_counts_teds_a_2021.csv")
SAMPLE = 10_000
SECONDS, MEGABYTES = 60, 64


def loaded(counts: teds.Counts, *, quarter: str) -> tuple[UUID, list[int]]:
    team, told = make_team().pk, list[int]()
    teds.load(counts, team=team, quarter=quarter, tell=told.append)
    return team, told


@pytest.mark.pure
def test_the_published_counts_of_each_variable_add_up() -> None:
    assert {name: sum(of.values()) for name, of in PUBLISHED.items()} == dict.fromkeys(
        teds.COLUMNS, teds.PEOPLE
    )


@pytest.mark.pure
@pytest.mark.parametrize("people", [1, 97, SAMPLE])
def test_each_variable_comes_out_at_its_counts(people: int) -> None:
    counts = teds.scaled(PUBLISHED, people)
    rows = list(teds.expanded(counts))
    for place, name in enumerate(counts):
        assert Counter(row[place] for row in rows) == Counter(
            {code: n for code, n in counts[name].items() if n}
        )


@pytest.mark.pure
def test_the_variables_do_not_hang_together() -> None:
    """Of those with one code of a variable, as many have each code of another as of everybody, within a per cent."""
    rows = list(teds.expanded(teds.scaled(PUBLISHED, SAMPLE)))
    crossed = Counter((row[0], row[2]) for row in rows)
    source, drug = Counter(row[0] for row in rows), Counter(row[2] for row in rows)
    for (one, other), n in crossed.items():
        assert abs(n - source[one] * drug[other] / SAMPLE) < SAMPLE / 100


def test_tables_over_a_sample_equal_its_counts() -> None:
    counts = teds.scaled(PUBLISHED, SAMPLE)
    team, told = loaded(counts, quarter="1821-Q1")
    assert told == [SAMPLE]
    found = teds.tables(team=team, quarter="1821-Q1")
    assert found == {name: {code: n for code, n in of.items() if n} for name, of in counts.items()}


def test_nobody_else_s_facts_are_counted() -> None:
    team, _told = loaded(teds.scaled(PUBLISHED, 50), quarter="1821-Q2")
    assert teds.tables(team=team, quarter="1821-Q3") == {name: {} for name in teds.COLUMNS}
    assert teds.tables(team=uuid4(), quarter="1821-Q2") == {name: {} for name in teds.COLUMNS}


def test_every_fact_has_its_own_key() -> None:
    team, _told = loaded(teds.scaled(PUBLISHED, SAMPLE), quarter="1821-Q4")
    with asker.working_as(asker.RELEASES), reading() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT record_key), avg(record_key) FROM statistics.fact WHERE team_id = %s",
            [team],
        )
        ((different, mean),) = cursor.fetchall()
    assert different > 3_500  # of 4,096: 10,000 draws leave about 8.7 % of them out
    assert 1_950 < mean < 2_150


@pytest.mark.pure
def test_memory_does_not_grow_with_the_number_of_people() -> None:
    peaks = []
    for people in (20_000, 200_000):
        tracemalloc.start()
        for _row in teds.expanded(teds.scaled(PUBLISHED, people)):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 50_000


@pytest.mark.full
def test_all_of_it_is_built_within_a_minute_and_equals_the_published_tables() -> None:
    """Seconds of the processor, this process and the database's together: others may use the machine meanwhile."""
    before, begun, used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic(), _cpu()
    team, told = loaded(PUBLISHED, quarter="1822-Q1")
    found = teds.tables(team=team, quarter="1822-Q1")
    seconds, wall = _cpu() - used, time.monotonic() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(  # noqa: T201 - the figure for the record
        f"{teds.PEOPLE} facts, three tables: {seconds:.1f} s CPU, {wall:.1f} s, {grown:.0f} MB more at most"
    )
    assert found == PUBLISHED
    assert told[-1] == teds.PEOPLE
    assert len(told) == -(-teds.PEOPLE // teds.AT_ONCE)
    assert seconds < SECONDS
    assert grown < MEGABYTES


def _cpu() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ((backend,),) = cursor.fetchall()
    return sum(cpu.own_seconds(pid) for pid in (os.getpid(), backend))
