"""Of which teams a release is: those that have locked every quarter of its period."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db import transaction

from backend import asker
from backend.reference.lists import LISTS
from backend.statistics.models import QuarterLock
from backend.statistics.releases.cells import Scope
from backend.statistics.releases.periods import Period
from backend.teams.models import Team

_GROUP: Final = "public_release_group"
# A country of fewer towns would be a town.
LEAST_TEAMS: Final = 3


def locks_of(period: Period) -> list[QuarterLock]:
    """Return the locks of the period's quarters, in the order of team and quarter."""
    with asker.working_as(asker.RELEASES), transaction.atomic():
        found = QuarterLock.objects.filter(quarter__in=period.quarters).select_related("team")
        return sorted(found, key=lambda one: (one.team.slug, one.quarter))


def scope_of(period: Period, locks: Iterable[QuarterLock]) -> Scope:
    """Return the scope of a release. `complete`: three teams or more have locked every quarter, and no other team has
    locked some of them.
    """
    locked: dict[str, set[str]] = {}
    for lock in locks:
        locked.setdefault(lock.team.slug, set()).add(lock.quarter)
    whole = tuple(sorted(slug for slug, quarters in locked.items() if quarters == {*period.quarters}))
    everyone = set(Team.objects.values_list("slug", flat=True))
    return Scope(
        period,
        whole,
        groups_of(whole),
        tuple(sorted(everyone - {*whole})),
        LEAST_TEAMS <= len(whole) == len(locked),
    )


def ids_of(slugs: Collection[str]) -> dict[UUID, str]:
    """Return the teams by id, with their short names."""
    return dict(Team.objects.filter(slug__in=slugs).values_list("pk", "slug"))


def groups_of(teams: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return which teams are one place in public figures; a team that the list does not know is one by itself."""
    known = LISTS["teams"].by_key
    groups: dict[str, tuple[str, ...]] = {}
    for slug in teams:
        name = known[slug].attributes[_GROUP] if slug in known else slug
        groups[name] = (*groups.get(name, ()), slug)
    return groups
