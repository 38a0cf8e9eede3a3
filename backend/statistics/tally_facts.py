"""What becomes of tallies: facts when their quarter is locked, and exact sums in a release. No person is in them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from backend import asker
from backend.reference.lists import entry
from backend.statistics.facts.model import TALLY, Fact
from backend.statistics.models import ServiceTally
from backend.statistics.periods import Quarter
from backend.statistics.roles import reading

NATIONAL: Final = "national"
# Who records waits for who locks, and the other way round: no amount is taken into a quarter that is being locked.
SHARED: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
EXCLUSIVE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_SUMS: Final = """
    WITH told AS (SELECT row_code, team_id, service_code, amount FROM statistics.fact
        WHERE kind = 'tally' AND quarter = ANY (%s) AND team_id = ANY (%s))
    SELECT row_code, team_id, sum(amount) FROM told WHERE service_code <> '' GROUP BY 1, 2
    UNION ALL SELECT row_code, NULL, sum(amount) FROM told GROUP BY 1
"""


def of_quarter(team_id: UUID, quarter: str) -> list[Fact]:
    """Return the tallies of a team's quarter as facts, one for each organisation, service and item.

    For the lock, in its transaction and its job: until that ends nobody records one more. The item is the `row_code`;
    a confidential service is not named.
    """
    hold(EXCLUSIVE, quarter_name(team_id, quarter))
    days = Quarter.read(quarter).span
    rows = (
        ServiceTally.objects.filter(team_id=team_id, month__range=(days.first, days.last), amount__gt=0)
        .values("organisation_id", "organisation__sector", "service__code", "item")
        .annotate(total=Sum("amount"))
        .order_by("organisation_id", "service__code", "item")
    )
    return [_fact(team_id, quarter, row) for row in rows]


def in_release(quarters: Sequence[str], *, teams: Mapping[UUID, str]) -> tuple[dict[str, Any], ...]:
    """Return the exact sums of locked quarters: `{"id": item, "row": slug or national, "column": "", "value": n}`.

    For the job that builds releases; `teams` are those in its scope with their slugs. By item, all of them first. What
    confidential services gave is in the sum of the country alone.
    """
    with asker.working_as(asker.RELEASES), reading() as cursor:
        cursor.execute(_SUMS, [list(quarters), list(teams)])
        found = cursor.fetchall()
    return tuple(
        sorted(_shown(found, teams), key=lambda one: (one["id"], one["row"] != NATIONAL, one["row"]))
    )


def quarter_name(team_id: UUID, quarter: str) -> str:
    """Return the name of the lock between recording and locking a quarter of a team."""
    return f"tallies {team_id} {quarter}"


def hold(sql: str, name: str) -> None:
    """Wait for a lock of the database (SHARED or EXCLUSIVE) and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])


def _shown(found: Sequence[Any], slugs: Mapping[UUID, str]) -> Iterator[dict[str, Any]]:
    for item, team_id, total in found:
        yield {"id": item, "row": slugs[team_id] if team_id else NATIONAL, "column": "", "value": int(total)}


def _fact(team_id: UUID, quarter: str, row: Mapping[str, Any]) -> Fact:
    service = entry("services", row["service__code"])
    told = not service.is_yes("confidential")
    return Fact(
        kind=TALLY,
        team_id=team_id,
        quarter=quarter,
        organisation_to=row["organisation_id"],
        sector_to=row["organisation__sector"],
        service_group=service.attributes["group"] if told else "",
        service_code=service.code if told else "",
        row_code=row["item"],
        amount=row["total"],
    )
