"""Locking a quarter of a team: its facts are written, once and for good, and what comes later counts later."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from audit import recorder
from audit.acts import act
from backend import asker
from backend.cases.changing import author
from backend.errors import Conflict, Fault, Invalid
from backend.reference.working_days import BELGRADE
from backend.statistics import tally_facts
from backend.statistics.facts import of_case, reading, writing
from backend.statistics.models import QuarterLock, Release
from backend.statistics.periods import Quarter
from backend.statistics.releases.states import OPEN, PUBLISHED
from backend.statistics.releases.turns import hold_back
from backend.teams.models import Team
from permissions.actor import Actor

LINE: Final = "quarter.lock"
WRITER: Final = Actor(id=UUID("5b0a0000-0000-4000-8000-000000000024"), kind="system")
# A step that began before midnight may be written a moment after it: a lock in between would lose it for good.
SETTLING: Final = timedelta(minutes=10)
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended('spona quarter ' || %s, 0))"


def today() -> date:
    """Return the day it is in Belgrade, some minutes late: what began on the day before is written by then."""
    return timezone.localdate(timezone.now() - SETTLING, timezone=BELGRADE)


def read_quarter(text: str, *, at: str) -> Quarter:
    """Return the quarter written as `2026-Q3`. Raises Invalid not_a_quarter."""
    try:
        return Quarter.read(text)
    except ValueError as error:
        raise Invalid(Fault(at, "not_a_quarter")) from error


def not_ahead(quarter: Quarter | None) -> Quarter:
    """Return a quarter that has begun; without one, the quarter under way. Raises ValueError."""
    now = Quarter.of(today())
    if quarter is not None and quarter > now:
        raise ValueError("This quarter is still to come.")
    return quarter or now


def lock_quarter(by: Actor, *, team: Team, quarter: str) -> QuarterLock:
    """Lock a quarter that is over: open what its cases say, write their facts and sums, and the entries for both.

    Raises NotFound, Forbidden, Invalid not_a_quarter, Conflict quarter_open (not over yet), quarter_locked (once is
    all) or year_counted (a release of the whole year is out or under way), IntegrityFailure.
    """
    found = read_quarter(quarter, at="/quarter")
    row = QuarterLock(team=team, quarter=str(found), locked_by=author(by), facts=0, digest="")
    with act(by, "quarter.locked", row, needs=LINE) as current:
        if found.span.last >= today():
            raise Conflict("quarter_open")
        with connection.cursor() as cursor:
            cursor.execute(_ALONE, [str(team.pk)])
        if QuarterLock.objects.filter(team=team, quarter=row.quarter).exists():
            raise Conflict("quarter_locked")
        hold_back()
        if _is_counted(found):
            raise Conflict("year_counted")
        _write(row, team, found)
        row.save(force_insert=True)
        # No count: whoever reviews the audit sees protected numbers only.
        current.note(quarter=row.quarter, digest=row.digest)
    return row


def _write(row: QuarterLock, team: Team, quarter: Quarter) -> None:
    """Write facts and sums, and put what they are into the lock."""
    with reading.as_the_job():
        facts = [
            fact for told in reading.tellings(team, quarter.span) for fact in of_case.facts_of(told, quarter)
        ]
        recorder.record(
            WRITER,
            "facts.written",
            team=team.pk,
            kind="team",
            object_id=str(team.pk),
            quarter=row.quarter,
            purpose="quarter_lock",
        )
        facts += tally_facts.of_quarter(team.pk, row.quarter)
        rows = writing.rows_of(facts)
        writing.add(rows, writing.sums(facts))
    row.facts, row.digest = len(rows), writing.digest(rows)


def _is_counted(quarter: Quarter) -> bool:
    """Say whether a release of the whole year is out or under way: the facts of the country, which name no team, are
    what it counted, and none may join them.
    """
    with asker.working_as(asker.FACTS):
        made = Release.objects.filter(period=str(quarter.year), status__in=(*OPEN, PUBLISHED))
        return made.exists()
