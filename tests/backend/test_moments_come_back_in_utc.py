"""The driver's own loader: every moment is aware and in UTC, whatever the way it is read and the zone it was put in."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone as clock
from hypothesis import given, settings
from hypothesis import strategies as some

from backend.teams.models import SharingAgreement
from tests.world import Town, make_organisation

pytestmark = pytest.mark.database

FAR = timezone(timedelta(hours=13, minutes=45))
WHEN = datetime(2026, 3, 29, 2, 30, 15, 123456, tzinfo=FAR)


def ask(sql: str, *values: Any) -> Any:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


@settings(deadline=None, max_examples=40)
@given(some.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=some.timezones()))  # noqa: DTZ001
def test_a_moment_that_was_put_in_comes_back_the_same(moment: datetime) -> None:
    found = ask("SELECT %s::timestamptz", moment)
    assert (found - moment, found.utcoffset()) == (timedelta(0), timedelta(0))


def test_the_zone_of_a_connection_is_utc() -> None:
    assert ask("SHOW TIME ZONE") == "UTC"
    assert ask("SELECT now()").utcoffset() == timedelta(0)
    assert abs(ask("SELECT now()") - clock.now()) < timedelta(minutes=5)


def test_a_row_reads_the_same_through_a_cursor_of_the_server(database: None) -> None:
    town = Town()
    organisation = make_organisation("health", team=town.team)
    rows = SharingAgreement.objects.filter(organisation=organisation)
    row = rows.get()
    with transaction.atomic():
        (streamed,) = rows.iterator(chunk_size=1)
    assert (streamed.valid_from, streamed.valid_from.utcoffset()) == (row.valid_from, timedelta(0))
    assert rows.values_list("valid_from", flat=True).get() == row.valid_from


def test_nothing_stays_nothing() -> None:
    assert ask("SELECT NULL::timestamptz") is None


def test_a_list_of_moments_holds_moments() -> None:
    (found,) = ask("SELECT ARRAY[%s::timestamptz]", WHEN)
    assert (found, found.utcoffset()) == (WHEN, timedelta(0))
