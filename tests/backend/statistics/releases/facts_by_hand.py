"""Facts as a lock would write them, put down by the database's administrator; and a year that no other test has."""

import itertools
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

import psycopg

from backend.statistics.facts import marks
from backend.statistics.models import QuarterLock
from backend.teams.models import Team
from tests.world import by_hand

_years = itertools.count(1901)
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_COLUMNS = (
    "id", "kind", "team_id", "quarter", "organisation_from", "organisation_to", "sector_to", "service_group",
    "age_group", "sex", "substance_group", "days", "censored", "marks", "record_key",
    "table_code", "row_code", "column_code",
)  # fmt: skip
_DEFAULTS: dict[str, Any] = {
    "team_id": None, "organisation_from": None, "organisation_to": None, "sector_to": "", "service_group": "",
    "age_group": "", "sex": "", "substance_group": "", "table_code": "", "row_code": "", "column_code": "",
    "days": None, "censored": False,
}  # fmt: skip


def free_year() -> int:
    """Return a year of which no other test of this worker releases anything: an installation has one series."""
    return next(_years)


def fact(kind: str, quarter: str, *its_marks: str, team: Team | None = None, **values: Any) -> dict[str, Any]:
    """Return one fact; its id and key are a random one's, as at a lock."""
    made = uuid4()
    given = {"team_id": team.pk if team else None, **values}
    key = made.int % 4096
    return {
        **_DEFAULTS, "id": made, "kind": kind, "quarter": quarter, "marks": list(its_marks), "record_key": key, **given
    }  # fmt: skip


def write(admin: psycopg.Connection[Any], facts: Iterable[dict[str, Any]]) -> None:
    """Put facts down. The administrator is believed without an entry in a restore, as this is one."""
    rows = [tuple(one[column] for column in _COLUMNS) for one in facts]
    named, places = ", ".join(_COLUMNS), ", ".join(["%s"] * len(_COLUMNS))
    with admin.transaction(), admin.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.executemany(f"INSERT INTO statistics.fact ({named}) VALUES ({places})", rows)


def lock(team: Team, *quarters: str) -> None:
    """Say that quarters are locked, without their facts."""
    with by_hand():
        for quarter in quarters:
            QuarterLock(team=team, quarter=quarter, locked_by=UUID(int=1), facts=0, digest="0" * 64).save()


def case(team: Team, quarter: str, *more: str, kind: str = "case_quarter", **values: Any) -> dict[str, Any]:
    """Return the fact of a case in coordination, of which the half is known."""
    known = (marks.known(item) if at % 2 else marks.unknown(item) for at, item in enumerate(marks.ITEMS))
    return fact(kind, quarter, "in_coordination", *known, *more, team=team, **values)


def busy(team: Team, quarter: str, *, people: int, organisation: UUID | None = None) -> list[dict[str, Any]]:
    """Return the facts of a quarter in which many people came: cases, referrals to two groups of services."""
    sides: dict[str, Any] = {"organisation_from": organisation}
    cases = [case(team, quarter, *(("helped",) if at % 3 == 0 else ()), **sides) for at in range(people)]
    groups = (("TX", "health"), ("SO", "social_protection"), ("HR", "cso"))
    referrals = [
        fact(
            "referral", quarter, "requested", "answer_counts", "unmet_of", "decided", "decision_time", "accepted",
            "waited",
            team=team, service_group=groups[at % 3][0], sector_to=groups[at % 3][1], days=at % 9, **sides,
        )
        for at in range(people * 2)
    ]  # fmt: skip
    return cases + referrals


def yearly(team: Team, year: int, *, people: int = 60) -> list[dict[str, Any]]:
    """Return the facts of four quarters in which the same people came."""
    first = f"{year}-Q1"
    longer = [
        case(team, quarter, *(("helped",) if at % 3 == 0 else ()), kind=kind)
        for kind, quarters in (("case_half", (first, f"{year}-Q3")), ("case_year", (first,)))
        for quarter in quarters
        for at in range(people)
    ]
    return longer + [one for at in range(1, 5) for one in busy(team, f"{year}-Q{at}", people=people)]
