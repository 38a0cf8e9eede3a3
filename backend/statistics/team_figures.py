"""A team's own figures, exact: the whole for who coordinates, the own organisation for a member, releases for the lead.

Today minus yesterday is one person, so nobody gets them who does not see the person anyway: a municipal lead is shown
what was published of the team, protected as for everybody else. Locked quarters come from sums made at the lock, so
reading a year costs what reading a quarter does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from backend.statistics import live_figures, quarters
from backend.statistics.facts import marks
from backend.statistics.models import QuarterLock
from backend.statistics.periods import Quarter
from backend.statistics.roles import reading
from backend.teams.models import Team
from permissions.actor import Actor

LINE: Final = "statistics.team"
WHOLE: Final = frozenset({"coordinator", "deputy_coordinator"})
LIVE, LOCKED, PUBLISHED = "live", "locked", "published"
# Three years of quarters are a line that can be looked at.
SERIES: Final = 12
DIMENSIONS: Final = ("age_group", "sex", "substance_group", "referral_source")
Released = Callable[[UUID], list[dict[str, Any]]]
Rows = list[dict[str, Any]]

_SUMS: Final = """
    SELECT organisation_id, mark, service_code, n FROM statistics.rollup
    WHERE team_id = %s AND quarter = %s AND (%s OR organisation_id = ANY (%s)) ORDER BY 1 NULLS FIRST, 2, 3
"""
_SERIES: Final = """
    SELECT quarter, mark, organisation_id, n FROM statistics.rollup WHERE team_id = %s AND quarter = ANY (%s)
    AND service_code = '' AND CASE WHEN %s THEN organisation_id IS NULL ELSE organisation_id = ANY (%s) END
    AND NOT starts_with(mark, 'known_') ORDER BY 1, 2, 3
"""
_GAPS: Final = """
    SELECT service_code, reason, count(*) FROM statistics.fact
    WHERE team_id = %s AND quarter = %s AND kind = 'gap' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2
"""
_CROSSED: Final = """
    SELECT dimension, code, count(*) FROM statistics.fact,
    LATERAL (VALUES ('age_group', age_group), ('sex', sex), ('substance_group', substance_group),
                    ('referral_source', referral_source)) AS of (dimension, code)
    WHERE team_id = %s AND quarter = %s AND kind = 'case_quarter' AND %s = ANY (marks) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is shown of one quarter. `stage`: live (a preview of the lock), locked, or published (releases alone).

    `numbers`: organisation (None: the whole team), mark, service ("" for all), n. `series`: the same of earlier locked
    quarters without services. `gaps`: service or need, n; of secret ones only that there are. `crossed`: people in
    coordination by dimension and code.
    """

    team: Team
    quarter: str
    stage: str
    numbers: Rows = field(default_factory=list)
    series: Rows = field(default_factory=list)
    gaps: Rows = field(default_factory=list)
    crossed: Rows = field(default_factory=list)
    releases: Rows = field(default_factory=list)


def seen(by: Actor) -> QuerySet[Team]:
    """Return the teams of which `by` may see figures at all: where they have a seat with the line, and no other."""
    if settings.SPONA_WALL_ONE_OFF:
        return Team.objects.all()
    teams = {seat.team_id for seat in by.seats_for(LINE) if seat.team_id}
    return Team.objects.filter(pk__in=teams) if teams else Team.objects.none()


def nothing_released(_team_id: UUID) -> list[dict[str, Any]]:
    """Answer for a caller who knows of no releases."""
    return []


def figures(
    by: Actor, team: Team, *, quarter: Quarter | None = None, released: Released = nothing_released
) -> Figures:
    """Return what `by` may know of a quarter of the team (None: the one under way).

    The caller has found the team among those in which `by` has the line, and records the read. Raises ValueError
    for a quarter still to come.
    """
    found = quarters.not_ahead(quarter)
    roles = {seat.role for seat in by.seats_for(LINE) if seat.team_id == team.pk}
    whole = bool(roles & WHOLE)
    own = [] if whole else _own(by, team)
    if not whole and not own:
        return Figures(team=team, quarter=str(found), stage=PUBLISHED, releases=released(team.pk))
    locked = set(QuarterLock.objects.filter(team=team).values_list("quarter", flat=True))
    series = _series(team, [str(one) for one in found.before(SERIES) if str(one) in locked], whole, own)
    if str(found) in locked:
        return _locked(team, str(found), whole, own, series)
    counted = live_figures.live(by, team, found.span)
    if not whole:
        counted = live_figures.of_organisations(counted, own)
    return Figures(team=team, quarter=str(found), stage=LIVE, numbers=_listed(counted), series=series)


def _own(by: Actor, team: Team) -> list[UUID]:
    seats = (seat for seat in by.seats_for(LINE) if seat.team_id == team.pk)
    return sorted({seat.organisation_id for seat in seats if seat.organisation_id})


def _listed(counted: Mapping[live_figures.Key, int]) -> Rows:
    order = sorted(counted, key=lambda key: (str(key[0] or ""), key[1:]))
    return [_number(*key, counted[key]) for key in order]


def _number(organisation: UUID | None, mark: str, service: str, n: int) -> dict[str, Any]:
    return {"organisation": organisation, "mark": mark, "service_code": service, "n": n}


def _locked(team: Team, quarter: str, whole: bool, own: list[UUID], series: Rows) -> Figures:  # noqa: FBT001
    with reading() as cursor:
        cursor.execute(_SUMS, [team.pk, quarter, whole, own])
        numbers = [_number(*row) for row in cursor.fetchall()]
        cursor.execute(_GAPS, [team.pk, quarter])
        gaps = [dict(zip(("service_code", "need", "n"), row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(_CROSSED, [team.pk, quarter, marks.IN_COORDINATION])
        crossed = [dict(zip(("dimension", "code", "n"), row, strict=True)) for row in cursor.fetchall()]
    return Figures(
        team=team, quarter=quarter, stage=LOCKED, numbers=numbers, series=series, gaps=gaps, crossed=crossed
    )


def _series(team: Team, wanted: list[str], whole: bool, own: list[UUID]) -> Rows:  # noqa: FBT001
    if not wanted:
        return []
    with reading() as cursor:
        cursor.execute(_SERIES, [team.pk, wanted, whole, own])
        found = cursor.fetchall()
    return [dict(zip(("quarter", "mark", "organisation", "n"), row, strict=True)) for row in found]
