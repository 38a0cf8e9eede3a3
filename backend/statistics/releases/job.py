"""The job that builds what was asked for: counts, protects, attacks, and sets what came of it, once and for all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from audit.acts import act
from backend import asker
from backend.cases.break_glass import database_now
from backend.statistics.disclosure import masks, ptable
from backend.statistics.models import QuarterLock
from backend.statistics.releases import ladder, periods, plan, scoping
from backend.statistics.releases.attacking import Contradiction, attack
from backend.statistics.releases.building import Draft, Tier, canonical, document
from backend.statistics.releases.cells import Atom, Scope
from backend.statistics.releases.counts import Counts
from backend.statistics.releases.gathering import facts_digest, gather, made_besides, scopes_of
from backend.statistics.releases.ladder import Levels, Step
from backend.statistics.releases.models import PUBLIC_TIER, Release
from backend.statistics.releases.preparing import AGAINST
from backend.statistics.releases.states import BUILDING, PREPARED, REFUSED, SEEN
from permissions.actor import Actor

# A group of towns is shown apart in public figures where each of them counts so many people in the year.
APART_FROM: Final = 50
# Why there is no release: cells fail at every level, or the facts break a rule that all know.
FAILED, CONTRADICTION = "failed", "contradiction"


@dataclass(frozen=True)
class Built:
    """What came of a build. Without a document it was refused."""

    steps: Sequence[Step]
    document: Mapping[str, Any] | None
    reason: str = ""


def build_waiting(by: Actor) -> int:
    """Build every release that waits; returns how many."""
    with asker.working_as(asker.RELEASES), transaction.atomic():
        waiting = list(Release.objects.filter(status=BUILDING).order_by("prepared_at"))
    for row in waiting:
        build(by, row)
    return len(waiting)


def build(by: Actor, row: Release) -> None:
    """Build one release, and save what came of it. One that somebody else has built meanwhile stays as it is."""
    period = periods.parse(row.period)
    locks = scoping.locks_of(period)
    earlier = _earlier(period)
    draft = _draft(row, scoping.scope_of(period, locks), earlier)
    built = _climbed(draft, [one.document for one in earlier])
    numbers = sorted(one.number for one in earlier if one.number is not None)
    manifest = _manifest(draft, built, [one for one in locks if one.team.slug in draft.scope.teams], numbers)
    verb = "release.built" if built.document is not None else "release.refused"
    with act(by, verb, row, tier=row.tier, period=row.period) as current:
        if row.status != BUILDING:
            return
        row.status = PREPARED if built.document is not None else REFUSED
        row.built_at, row.plan_version = database_now(), draft.plan.version
        row.gate, row.manifest = _gate(built), manifest
        if built.document is not None:
            row.document, row.sha256 = built.document, sha256_of(built.document)
            current.note(sha256=str(row.sha256))
        row.save()


def sha256_of(made: Mapping[str, Any]) -> str:
    """Return the hash of a document, in hex."""
    return hashlib.sha256(canonical(made)).hexdigest()


def _earlier(period: periods.Period) -> list[Release]:
    """Return every release of the year that the Office could read, what was declined among them."""
    year = [str(one) for one in periods.of_year(period.year)]
    with asker.working_as(asker.RELEASES), transaction.atomic():
        built = Release.objects.filter(status__in=SEEN, period__in=year, document__isnull=False)
        return list(built.order_by("built_at", "pk"))


def _draft(row: Release, scope: Scope, earlier: Sequence[Release]) -> Draft:
    the_plan = plan.current()
    counts = gather(the_plan, [scope, *scopes_of(one.document for one in earlier)])
    if row.tier == PUBLIC_TIER:
        scope = replace(scope, groups=apart(scope, counts))
    tier: Tier = "C" if row.tier == PUBLIC_TIER else "B"
    levels = ladder.first_levels(the_plan, scope, tier)
    return Draft(the_plan, tier, scope, levels, counts, made=made_besides(scope, tier))


def apart(scope: Scope, counts: Counts) -> Mapping[str, tuple[str, ...]]:
    """Return the groups, those of large towns taken apart; judged by the protected count, which may be told."""
    groups: dict[str, tuple[str, ...]] = {}
    for name, teams in scope.groups.items():
        large = all(_people(scope, counts, team) >= APART_FROM for team in teams)
        groups |= {team: (team,) for team in teams} if large else {name: teams}
    return groups


def _people(scope: Scope, counts: Counts, team: str) -> int:
    atom = Atom("people", str(scope.period), team, "", "", "in_coordination")
    return masks.shown(*counts.sum([atom]), "C").n or 0


def _climbed(draft: Draft, earlier: Sequence[Mapping[str, Any]]) -> Built:
    def attempt(levels: Levels) -> Step:
        made = document(replace(draft, levels=levels))
        found = attack(made, earlier=earlier, counts=draft.counts, plan=draft.plan)
        return Step(levels, found.failed, found.withheld)

    try:
        steps = ladder.climb(
            draft.levels, attempt=attempt, plan=draft.plan, scope=draft.scope, tier=draft.tier
        )
    except Contradiction:
        return Built((), None, CONTRADICTION)
    if not ladder.passed(steps):
        return Built(steps, None, FAILED)
    last = steps[-1]
    return Built(steps, document(replace(draft, levels=last.levels, withheld=last.withheld)))


def _gate(built: Built) -> dict[str, Any]:
    steps = [one.as_json() for one in built.steps]
    return {"passed": built.document is not None, "reason": built.reason, "steps": steps}


def _manifest(
    draft: Draft, built: Built, locks: Sequence[QuarterLock], against: Sequence[int]
) -> dict[str, Any]:
    last = built.steps[-1] if built.steps else Step({})
    return {
        "plan_version": draft.plan.version,
        "plan_sha256": draft.plan.digest,
        "ptable_sha256": ptable.ours().sha256,
        "code_version": settings.SPECTACULAR_SETTINGS["VERSION"],
        "quarters": [{"team": one.team.slug, "quarter": one.quarter, "digest": one.digest} for one in locks],
        "facts_sha256": facts_digest(draft.scope),
        "levels": dict(last.levels),
        "withheld": sorted(last.withheld),
        AGAINST: list(against),
    }
