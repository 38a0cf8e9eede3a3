"""The job counts a quarter after its end, as itself and in numbers only; nothing that happens later changes it."""

from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from backend import asker
from backend.statistics.models import TransparencyReport
from backend.statistics.periods import Quarter, day_of
from backend.statistics.transparency import counting
from backend.statistics.transparency.shaping import Exact
from backend.work.schedule import JOBS
from tests.api.audit import Audit
from tests.backend.cases.looks import begun, look
from tests.backend.referrals.loops import opened
from tests.databases import Clones
from tests.world import Town

pytestmark = pytest.mark.database
JOB = next(one for one in JOBS if one.name == "transparency")


def exact(quarter: str) -> Exact:
    with transaction.atomic(), asker.working_as(asker.TRANSPARENCY):
        return counting.exact(quarter)


def running() -> Quarter:
    return Quarter.of(day_of(timezone.now()))


def test_the_job_sees_what_it_counts_and_counts_by_when_it_began(database: Clones, admin: Any) -> None:
    town = Town()
    row = look(town.nurse, opened(town).case)
    span = Quarter.read("2011-Q2").span
    begin, end = span.begin, span.end
    for moment, looks in (
        (begin, 1),
        (end - timedelta(seconds=1), 1),
        (end, 0),
        (begin - timedelta(seconds=1), 0),
    ):
        begun(admin, row, moment)
        assert exact("2011-Q2").looks == looks


def test_it_counts_the_quarter_that_is_over_and_not_the_running_one(database: Clones) -> None:
    JOB.run(JOB.actor)
    counted = set(TransparencyReport.objects.values_list("quarter", flat=True))
    assert str(next(running().before(1))) in counted
    assert str(running()) not in counted
    assert JOB.run(JOB.actor) == 0


def test_after_a_pause_it_counts_each_quarter_that_it_missed() -> None:
    now = timezone.now()
    with mock.patch.object(TransparencyReport, "objects") as found:
        found.order_by.return_value.values_list.return_value.first.return_value = "2025-Q2"
        missing = list(counting._missing(datetime(2026, 2, 1, tzinfo=now.tzinfo)))
    assert missing == ["2025-Q3", "2025-Q4"]


def test_it_leaves_one_entry_that_names_the_quarter(database: Clones) -> None:
    quarter = "2012-Q3"
    with Audit.since_now(database.main.superuser_url) as audit:
        with mock.patch.object(counting, "_missing", return_value=iter([quarter])):
            assert counting.count_quarters(JOB.actor) == 1
        entries = audit.entries(verb="transparency.counted", actor_id=JOB.account)
    assert len(entries) == 1
    assert TransparencyReport.objects.get(quarter=quarter).said["break_glass"] == {"n": None, "mask": "0-4"}


def test_a_new_look_changes_nothing_that_was_counted(database: Clones) -> None:
    JOB.run(JOB.actor)
    before = list(TransparencyReport.objects.order_by("quarter").values_list("quarter", "said", "counted_at"))
    town = Town()
    look(town.nurse, opened(town).case)
    JOB.run(JOB.actor)
    assert (
        list(TransparencyReport.objects.order_by("quarter").values_list("quarter", "said", "counted_at"))
        == before
    )


@pytest.mark.parametrize(
    "change",
    ["UPDATE statistics_transparencyreport SET said = '{}'", "DELETE FROM statistics_transparencyreport"],
    ids=["update", "delete"],
)
def test_what_was_counted_stays(database: Clones, admin: Any, change: str) -> None:
    JOB.run(JOB.actor)
    with pytest.raises(ProgrammingError), transaction.atomic():
        TransparencyReport.objects.update(said={})
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(change)


def test_a_job_of_another_name_counts_nothing(database: Clones, admin: Any) -> None:
    town = Town()
    begun(admin, look(town.nurse, opened(town).case), Quarter.read("2013-Q2").span.begin)
    assert exact("2013-Q2").looks == 1
    with transaction.atomic(), asker.working_as(asker.IMPORTS):
        assert counting.exact("2013-Q2") == Exact()
