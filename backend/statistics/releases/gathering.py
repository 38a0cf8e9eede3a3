"""Counts what a release needs: its own tables, and those of the year's earlier releases, with which it is attacked."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from backend.statistics import tally_facts
from backend.statistics.releases import directory_reading, periods
from backend.statistics.releases.building import Made, Tier
from backend.statistics.releases.cells import Scope, scope_of
from backend.statistics.releases.counting import as_counter, count
from backend.statistics.releases.counts import Counts
from backend.statistics.releases.scoping import ids_of
from backend.statistics.releases.tables import CASE, Plan
from backend.statistics.tdi import counting as tdi

OFFICE: Final = "B"

_DIGEST: Final = """
    SELECT f.quarter, coalesce(f.team_id::text, ''), count(*),
           encode(sha256(convert_to(string_agg(f::text, E'\\n' ORDER BY f.id), 'UTF8')), 'hex')
    FROM statistics.fact f
    WHERE f.quarter = ANY(%(quarters)s) AND (f.team_id = ANY(%(teams)s) OR (f.team_id IS NULL AND %(nation)s))
    GROUP BY 1, 2 ORDER BY 1, 2
"""


def gather(plan: Plan, scopes: Sequence[Scope]) -> Counts:
    """Return every count that releases of these scopes are made of."""
    counts = Counts()
    teams = ids_of({slug for scope in scopes for slug in scope.teams})
    kinds = [kind for kind in periods.KINDS if any(scope.period.kind == kind for scope in scopes)]
    for table in plan.tables:
        for kind in kinds if CASE in table.kinds else kinds[-1:]:
            of_kind = [one for one in scopes if CASE not in table.kinds or one.period.kind == kind]
            count(counts, table, kind=kind, quarters=_quarters(of_kind), teams=teams)
    return counts


def made_besides(scope: Scope, tier: Tier) -> Made:
    """Return what the release says besides the tables of the plan: what is counted without persons, exact; and, for
    the Office and of a whole year, the TDI-shaped tables of the country.
    """
    has_tdi = tier == OFFICE and scope.period.kind == periods.YEAR and scope.complete
    return Made(
        counts=directory_reading.counts(scope),
        tallies=tally_facts.in_release(scope.period.quarters, teams=ids_of(scope.teams)),
        tdi=tdi.tables(scope.period.quarters, tier) if has_tdi else None,
    )


def facts_digest(scope: Scope) -> str:
    """Return the SHA-256 in hex over all facts that the release may count, in order of quarter, team and id.

    Their ids are random, so nobody finds the counts by trying what gives this digest.
    """
    teams = ids_of(scope.teams)
    given: Mapping[str, Any] = {
        "quarters": list(scope.period.quarters),
        "teams": list(teams),
        "nation": scope.complete,
    }
    with as_counter() as cursor:
        cursor.execute(_DIGEST, given)
        rows = [
            f"{quarter} {teams[UUID(team)] if team else ''} {n} {digest}"
            for quarter, team, n, digest in cursor
        ]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def scopes_of(documents: Iterable[Mapping[str, Any]]) -> list[Scope]:
    """Return the scopes of earlier releases."""
    return [scope_of(one) for one in documents]


def _quarters(scopes: Iterable[Scope]) -> list[str]:
    return sorted({quarter for scope in scopes for quarter in scope.period.quarters})
