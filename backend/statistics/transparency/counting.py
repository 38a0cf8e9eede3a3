"""Counts a quarter once it is over, and keeps what is published of it: a case erased later changes no number.

The job has a name of its own behind the second wall and asks for counts only; no row leaves the database.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from audit.acts import act
from backend.reference.lists import codes
from backend.statistics.models import TransparencyReport
from backend.statistics.periods import Quarter, day_of
from backend.statistics.transparency.shaping import Exact, Reviewed, published
from permissions.actor import Actor

# The rights of `backend.rights.terms`, which stands beside this room; a test holds the two together.
RIGHTS: Final = ("access", "rectification", "erasure", "restriction", "objection", "complaint")
# So long back a pause may have been: ten years.
MOST_AT_ONCE: Final = 40
_NUMBERS: Final = """
    SELECT (SELECT count(*) FROM cases_breakglass WHERE starts_at >= %(begin)s AND starts_at < %(end)s),
           (SELECT count(*) FROM erasure_erasure WHERE executed_at >= %(begin)s AND executed_at < %(end)s),
           (SELECT count(*) FROM erasure_erasure WHERE destroyed_at >= %(begin)s AND destroyed_at < %(end)s),
           (SELECT count(*) FROM erasure_keydestruction WHERE destroyed_at >= %(begin)s AND destroyed_at < %(end)s)
"""
_BASES: Final = """
    SELECT basis, count(*) FROM cases_safeguardingbasis
    WHERE decided_at >= %(begin)s AND decided_at < %(end)s GROUP BY basis
"""
_RIGHTS: Final = """
    SELECT kind, count(*) FROM rights_rightsrequest
    WHERE recorded_at >= %(begin)s AND recorded_at < %(end)s GROUP BY kind
"""
# By what fell due in the quarter, so that nothing is still open when it is counted.
_REVIEWED: Final = """
    SELECT t.slug, count(*), count(*) FILTER (WHERE i.judged_at <= i.due_at)
    FROM review_reviewitem i JOIN teams_team t ON t.id = i.team_id
    WHERE i.due_at >= %(begin)s AND i.due_at < %(end)s GROUP BY t.slug
"""


def count_quarters(by: Actor) -> int:
    """Count each quarter that is over and was not counted yet; return how many. A new installation begins with the
    last one.
    """
    done = 0
    for quarter in _missing(timezone.now()):
        report = TransparencyReport(quarter=quarter)
        with act(by, "transparency.counted", report, quarter=quarter):
            report.said = published(exact(quarter), bases=[*codes("safeguarding_bases")], kinds=RIGHTS)
            report.save()
        done += 1
    return done


def exact(quarter: str) -> Exact:
    """Return the counts of a quarter, exact. In the transaction and under the name of the job only."""
    span = Quarter.read(quarter).span
    when = {"begin": span.begin, "end": span.end}
    looks, erased, case_keys, team_keys = _rows(_NUMBERS, when)[0]
    reviewed = tuple(Reviewed(*row) for row in _rows(_REVIEWED, when))
    return Exact(
        looks, dict(_rows(_BASES, when)), dict(_rows(_RIGHTS, when)), erased, case_keys, team_keys, reviewed
    )


def _missing(now: datetime) -> Iterable[str]:
    """Return the quarters that are over and not counted, the oldest first."""
    last = TransparencyReport.objects.order_by("-quarter").values_list("quarter", flat=True).first()
    over = [str(one) for one in Quarter.of(day_of(now)).before(MOST_AT_ONCE if last else 1)]
    return reversed(list(takewhile(lambda quarter: last is None or quarter > last, over)))


def _rows(sql: str, when: dict[str, datetime]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, when)
        return list(cursor.fetchall())
