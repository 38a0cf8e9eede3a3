"""The facts of one person in one quarter: what is counted in the team, without what is counted in the country. Pure.

Only what was recorded before the end of the quarter is looked at, so what comes later changes none of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from backend.cases.content import Need
from backend.statistics.facts import marks, of_country, of_referral
from backend.statistics.facts.model import (
    CASE_HALF,
    CASE_QUARTER,
    CASE_YEAR,
    GAP,
    REFERRAL,
    REFERRAL_90,
    Fact,
)
from backend.statistics.facts.person import (
    Dimensions,
    became_active,
    dimensions,
    is_restricted,
    item_marks,
    known_items,
    new_gaps,
    state_at,
    was_coordinated,
)
from backend.statistics.facts.referral_steps import Course, courses_of, helped_in
from backend.statistics.facts.said import State, Told
from backend.statistics.periods import Quarter, Span

_LATER: Final = (marks.HELPED, marks.NEW)


def facts_of(told: Told, quarter: Quarter) -> list[Fact]:
    """Return what a person adds to a quarter. A case that went into another one is told with that one."""
    span = quarter.span
    state = state_at(told, until=span.end)
    if state is None or state.merged_into is not None:
        return []
    courses = courses_of(told, span)
    items = known_items(told, until=span.end)
    found = dimensions(items)
    team = _blank(told, quarter, state, found)
    return [
        *_of_person(told, quarter, team, frozenset(item_marks(items)), courses),
        *(fact for one in courses for fact in _of_referral(one, span, team, told.town)),
        *(_of_gap(gap, courses, team) for gap in new_gaps(told, span)),
        *of_country.facts_of(told, quarter, courses=courses, items=items, found=found),
    ]


def _blank(told: Told, quarter: Quarter, state: State, found: Dimensions) -> Fact:
    return Fact(
        kind=CASE_QUARTER,
        quarter=str(quarter),
        team_id=told.team_id,
        organisation_from=state.opener,
        organisation_to=state.holder,
        age_group=found.age_group,
        sex=found.sex,
        substance_group=found.substance_group,
        referral_source=found.referral_source,
    )


def _of_person(
    told: Told, quarter: Quarter, team: Fact, known: frozenset[str], courses: list[Course]
) -> Iterator[Fact]:
    now = _counts(told, quarter.span)
    if not now:
        return
    waits = frozenset({marks.WAITING} if any(one.waits for one in courses) else ())
    yield replace(team, marks=now | known | waits)
    for kind, earlier in ((CASE_HALF, quarter.earlier_in_half()), (CASE_YEAR, quarter.earlier_in_year())):
        before = frozenset[str]().union(*(_counts(told, one.span) for one in earlier))
        if not before:
            yield replace(team, kind=kind, marks=now | known)
        elif more := (now - before) & frozenset(_LATER):
            yield replace(team, kind=kind, marks=more)


def _counts(told: Told, span: Span) -> frozenset[str]:
    """Return as what a case counts in a quarter, by what was known at its end: nothing if not in coordination."""
    if not was_coordinated(told, span):
        return frozenset()
    begun = became_active(told)
    found = {marks.IN_COORDINATION}
    if begun and span.begin <= begun < span.end:
        found.add(marks.NEW)
    if helped_in(courses_of(told, span), span):
        found.add(marks.HELPED)
    return frozenset(found)


def _of_referral(one: Course, span: Span, team: Fact, town: str) -> Iterator[Fact]:
    said = one.said
    outcome, reason = of_referral.outcome_and_reason(one, span)
    shown = "" if of_referral.is_restricted(said.service) else said.service
    base = replace(
        team,
        kind=REFERRAL,
        organisation_from=said.requester,
        organisation_to=said.recipient,
        sector_from=said.sector_from,
        # The sector of such a service says as much as its code.
        sector_to=said.sector_to if shown else "",
        service_code=shown,
        service_group=of_referral.group_of(shown),
    )
    if main := of_referral.main_marks(one, span, town=town):
        yield replace(base, outcome=outcome, reason=reason, marks=main)
    for mark, days, censored in of_referral.waits(one, span):
        yield replace(base, marks=frozenset({mark}), days=days, censored=censored)
    if later := of_referral.later_marks(one, span):
        yield replace(base, kind=REFERRAL_90, marks=later)


def _of_gap(gap: Need, courses: list[Course], team: Fact) -> Fact:
    """Return a gap by the service of the last referral for it, else by the need; by neither where that is secret."""
    fact = replace(team, kind=GAP, marks=frozenset({marks.GAP}))
    service = of_referral.last_service(courses, need_id=gap.id)
    if is_restricted(gap) or of_referral.is_restricted(service):
        return fact
    if not service:
        return replace(fact, reason=gap.code)
    return replace(fact, service_code=service, service_group=of_referral.group_of(service))
