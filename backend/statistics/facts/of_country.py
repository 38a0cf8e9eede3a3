"""What is counted in the country alone, in facts without a team, one for each question, unlinked to each other. Pure.

They stand for what a town is too small for: violence, prison, services that amount to a diagnosis, minors. Each is
written in the quarter of the year in which it first holds, so that in a year a person counts once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from backend.cases.classes import NOT_KNOWN
from backend.cases.items import ItemValue
from backend.statistics.facts import marks, of_referral
from backend.statistics.facts.model import NATIONAL, TDI, Fact
from backend.statistics.facts.person import (
    WOMAN,
    Dimensions,
    became_active,
    dimensions,
    is_restricted,
    known_items,
    national_age,
    needs_at,
    new_gaps,
    was_coordinated,
)
from backend.statistics.facts.referral_steps import Course, courses_of, happened
from backend.statistics.facts.said import Told
from backend.statistics.periods import Quarter, Span
from backend.statistics.tdi.rows import cells_of

VIOLENCE = "violence"
Counts = Callable[[Told, Quarter], frozenset[str]]


def facts_of(
    told: Told,
    quarter: Quarter,
    *,
    courses: Iterable[Course],
    items: Mapping[str, ItemValue],
    found: Dimensions,
) -> Iterator[Fact]:
    """Yield what a person and their referrals add to the figures of the country in a quarter."""
    courses, text, span = list(courses), str(quarter), quarter.span
    yield from _people(told, quarter, found)
    if is_new(told, span):
        yield from _in_tables(items, text)
    yield from _women_and_violence(told, quarter)
    for one in courses:
        if of_referral.is_restricted(one.said.service):
            yield from _of_referral(one, text, span)
    for gap in new_gaps(told, span):
        service = of_referral.last_service(courses, need_id=gap.id)
        if is_restricted(gap) or of_referral.is_restricted(service):
            yield _of_gap(gap.code, service, text)


def _of_gap(need: str, service: str, text: str) -> Fact:
    """Return a gap by the service of the last referral for it, else by the need."""
    fact = Fact(kind=NATIONAL, quarter=text, marks=frozenset({marks.GAP}))
    if not service:
        return replace(fact, reason=need)
    return replace(fact, service_code=service, service_group=of_referral.group_of(service))


def _people(told: Told, quarter: Quarter, found: Dimensions) -> Iterator[Fact]:
    """Once in a year that they are there, with what is known of the sex; where that is learnt later, once it is."""
    text = str(quarter)
    before = _before(told, quarter, _by_sex)
    if more := _by_sex(told, quarter) - before:
        first = marks.IN_COORDINATION in more
        age = national_age(found) if first else ""
        yield Fact(kind=NATIONAL, quarter=text, age_group=age, sex=found.sex, marks=frozenset(more))
    if marks.IN_COORDINATION in _by_sex(told, quarter) and is_new(told, quarter.span):
        yield Fact(
            kind=NATIONAL, quarter=text, substance_group=found.substance_group, marks=frozenset({marks.NEW})
        )


def _by_sex(told: Told, quarter: Quarter) -> frozenset[str]:
    """Return as what a person counts by what was known at the end of a quarter; nothing if not in coordination."""
    if not was_coordinated(told, quarter.span):
        return frozenset()
    sex = dimensions(known_items(told, until=quarter.span.end)).sex
    known = {marks.SEX_KNOWN} if sex != NOT_KNOWN else set()
    return frozenset({marks.IN_COORDINATION} | known | ({marks.WOMEN} if sex == WOMAN else set()))


def _before(told: Told, quarter: Quarter, counts: Counts) -> frozenset[str]:
    """Return as what a person has counted in the year so far, in whichever case that has been joined since."""
    parts = (told, *told.joined)
    return frozenset[str]().union(*(counts(one, past) for past in quarter.earlier_in_year() for one in parts))


def is_new(told: Told, span: Span) -> bool:
    """Say whether the person was taken into coordination for the first time in a span of days."""
    begun = became_active(told)
    return begun is not None and span.begin <= begun < span.end


def _in_tables(items: Mapping[str, ItemValue], text: str) -> Iterator[Fact]:
    """Yield the cells of the TDI tables in which a new person counts, one fact each: nothing joins two cells."""
    for cell in cells_of(items):
        yield Fact(
            kind=TDI,
            quarter=text,
            table_code=cell.table_code,
            row_code=cell.row_code,
            column_code=cell.column_code,
            marks=frozenset({marks.NEW}),
        )


def _women_and_violence(told: Told, quarter: Quarter) -> Iterator[Fact]:
    """Once in a year that she is one of them, and once that she was reached; both at once where it is so."""
    if more := _reached(told, quarter) - _before(told, quarter, _reached):
        yield Fact(kind=NATIONAL, quarter=str(quarter), marks=more)


def _reached(told: Told, quarter: Quarter) -> frozenset[str]:
    """Return whether she is one of them at the end of a quarter, and was reached in the year by then."""
    end = quarter.span.end
    needs = needs_at(told, until=end).values()
    if marks.WOMEN not in _by_sex(told, quarter) or all(one.code != VIOLENCE for one in needs):
        return frozenset()
    completed = any(
        happened(one.ending, quarter.year_to_date) and one.status == "completed" and _is_of_violence(one)
        for one in courses_of(told, quarter.span)
    )
    return frozenset({marks.REACH_OF} | ({marks.REACH} if completed else set()))


def _is_of_violence(one: Course) -> bool:
    return of_referral.group_of(one.said.service) == of_referral.VIOLENCE


def _of_referral(one: Course, text: str, span: Span) -> Iterator[Fact]:
    """Yield what became of a referral to such a service, with its code and without its sides."""
    service = one.said.service
    group = of_referral.group_of(service)
    base = Fact(kind=NATIONAL, quarter=text, service_code=service, service_group=group)
    outcome, reason = of_referral.outcome_and_reason(one, span)
    if main := of_referral.main_marks(one, span, town="") & marks.NATIONAL_MARKS:
        yield replace(base, outcome=outcome, reason=reason, marks=main)
    last = of_referral.sent_day(one) + timedelta(days=of_referral.SAFE)
    if _is_of_violence(one) and span.holds(last):
        safe = {marks.SAFE_CONTACT} if of_referral.met_within(one, days=of_referral.SAFE) else set()
        yield replace(base, marks=frozenset({marks.SAFE_CONTACT_OF} | safe))
