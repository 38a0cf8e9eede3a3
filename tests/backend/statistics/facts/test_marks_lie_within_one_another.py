"""What is a part of another figure never exceeds it; what is said of one person depends on nobody and nothing later."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.statistics.facts import marks
from backend.statistics.facts.model import (
    CASE_HALF,
    CASE_QUARTER,
    CASE_YEAR,
    KINDS,
    NATIONAL,
    REFERRAL,
    TDI,
    Fact,
)
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Said, State, Step, Told
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.persons import BEGIN, HERE, QUARTER, TEAM, THERE, at, persons

# In these a mark may come true in a later quarter than the one in which the person first counts.
LONGER = {CASE_HALF, CASE_YEAR, NATIONAL}
YEAR = tuple(Quarter(2026, number) for number in range(1, 5))
BRIEF = settings(max_examples=60, deadline=None)


def counted(facts: list[Fact], *kinds: str) -> Counter[str]:
    return Counter(mark for fact in facts if fact.kind in kinds for mark in fact.marks)


@given(st.lists(persons(), max_size=3))
@BRIEF
def test_a_part_is_never_more_than_the_whole(people: list[Told]) -> None:
    """In a quarter by quarterly kinds; what is written once in a half or a year, in all of its quarters together."""
    of_year = [fact for one in people for quarter in YEAR for fact in facts_of(one, quarter)]
    of_quarter = [fact for fact in of_year if fact.quarter == str(QUARTER) and fact.kind not in LONGER]
    for facts in (of_quarter, of_year):
        for kind in sorted({*KINDS} - {TDI}):
            found = counted(facts, kind)
            for part, whole in marks.PARTS:
                assert found[part] <= found[whole], (kind, part, whole)


@given(persons())
@BRIEF
def test_known_and_unknown_are_everybody(person: Told) -> None:
    found = counted(facts_of(person, QUARTER), CASE_QUARTER)
    for item in marks.ITEMS:
        assert found[marks.known(item)] + found[marks.unknown(item)] == found[marks.IN_COORDINATION]


@given(persons())
@BRIEF
def test_every_mark_is_declared_and_each_kind_has_its_own(person: Told) -> None:
    for fact in facts_of(person, QUARTER):
        assert fact.marks <= marks.MARKS
        assert fact.marks
        if fact.kind in {CASE_QUARTER, CASE_HALF, CASE_YEAR}:
            assert fact.marks <= marks.CASE_MARKS
        if fact.kind == REFERRAL:
            assert fact.marks <= marks.REFERRAL_MARKS


@given(persons())
@BRIEF
def test_in_a_year_a_person_has_each_mark_once(person: Told) -> None:
    of_year = [fact for quarter in YEAR for fact in facts_of(person, quarter)]
    for kind, most in ((CASE_YEAR, 1), (CASE_HALF, 2), (CASE_QUARTER, 4)):
        assert all(n <= most for n in counted(of_year, kind).values())
    once = {marks.IN_COORDINATION, marks.NEW, marks.WOMEN, marks.REACH, marks.REACH_OF}
    national = counted(of_year, NATIONAL)
    assert all(national[mark] <= 1 for mark in once)
    assert sum(marks.NEW in fact.marks for fact in of_year if fact.kind == CASE_QUARTER) <= 1


@given(persons())
@BRIEF
def test_a_year_has_what_its_quarters_have(person: Told) -> None:
    of_year = [fact for quarter in YEAR for fact in facts_of(person, quarter)]
    quarters, year = counted(of_year, CASE_QUARTER), counted(of_year, CASE_YEAR)
    for mark in (marks.IN_COORDINATION, marks.HELPED, marks.NEW):
        assert year[mark] == min(quarters[mark], 1)


@given(persons())
@BRIEF
def test_each_referral_is_sent_and_answered_for_the_first_time_in_one_quarter(person: Told) -> None:
    of_year = [fact for quarter in YEAR for fact in facts_of(person, quarter)]
    assert counted(of_year, REFERRAL)[marks.REQUESTED] <= len(person.referrals)
    assert counted(of_year, REFERRAL)[marks.CONSENTED] <= sum(one.by_consent for one in person.referrals)


@given(persons(), persons())
@BRIEF
def test_a_person_adds_nothing_to_the_facts_of_another(one: Told, other: Told) -> None:
    before = facts_of(one, QUARTER)
    facts_of(other, QUARTER)
    assert facts_of(one, QUARTER) == before


@given(persons())
@BRIEF
def test_what_comes_later_changes_no_fact(person: Told) -> None:
    end = QUARTER.span.end
    earlier = replace(
        person,
        states=tuple(one for one in person.states if one.at < end),
        revisions=tuple(one for one in person.revisions if one.at < end),
        referrals=tuple(
            replace(one, steps=tuple(step for step in one.steps if step.at < end)) for one in person.referrals
        ),
    )
    assert facts_of(person, QUARTER) == facts_of(earlier, QUARTER)


@given(persons())
@BRIEF
def test_what_is_secret_is_named_without_a_team(person: Told) -> None:
    for fact in facts_of(person, QUARTER):
        if fact.team_id is None:
            assert (fact.kind in {NATIONAL, TDI}, fact.organisation_from, fact.organisation_to) == (
                True,
                None,
                None,
            )
        else:
            assert fact.service_group not in {"WV", "PR"}
            assert fact.service_code not in {"WV-SAF", "PR-PRE", "TX-HIC"}
            assert fact.reason != "violence"
            assert fact.age_group != "minor"


def test_nobody_who_was_never_active_is_counted() -> None:
    person = Told(team_id=TEAM, town="", states=())
    assert facts_of(person, QUARTER) == []


MOVED: list[tuple[str, list[tuple[float, str, str, str]], set[str]]] = [
    ("accepted", [(200, "accept", "requested", "accepted")], {marks.DECIDED, marks.ACCEPTED}),
    ("rejected", [(200, "reject", "requested", "rejected")], {marks.DECIDED, marks.REJECTED, marks.ENDED}),
    (
        "taken back",
        [(200, "reject", "requested", "rejected"), (200.5, "undo", "rejected", "requested")],
        set(),
    ),
]


@pytest.mark.parametrize(("name", "steps", "found"), MOVED, ids=[one[0] for one in MOVED])
def test_a_step_counts_unless_it_was_taken_back(name: str, steps: list[Any], found: set[str]) -> None:
    del name
    sent = Step(at(190), "send", "draft", "requested")
    moved = [Step(at(day), verb, source, to) for day, verb, source, to in steps]
    facts = facts_of(_with(sent, *moved), QUARTER)
    main = next(fact for fact in facts if marks.REQUESTED in fact.marks)
    assert main.marks & {marks.DECIDED, marks.ACCEPTED, marks.REJECTED, marks.ENDED} == found


def test_a_mistake_is_counted_nowhere() -> None:
    sent = Step(at(190), "send", "draft", "requested")
    wrong = Step(at(195), "correct", "requested", "entered-in-error", "duplicate")
    assert counted(facts_of(_with(sent, wrong), QUARTER), REFERRAL) == Counter()


def test_what_was_recorded_late_counts_in_the_quarter_of_that_day() -> None:
    sent, met = Step(at(85), "send", "draft", "requested"), at(88)
    steps = (
        sent,
        Step(at(86), "accept", "requested", "accepted"),
        Step(at(95), "start", "accepted", "in-progress"),
    )
    person = _with(*steps, contact=met)
    first, second = (facts_of(person, Quarter(2026, number)) for number in (1, 2))
    assert not [fact for fact in first if marks.WAITED in fact.marks]
    [waited] = [fact for fact in second if marks.WAITED in fact.marks]
    assert (waited.days, waited.censored) == (3, False)


def _with(*steps: Step, contact: Any = None) -> Told:
    said = Said(
        requester=HERE,
        recipient=THERE,
        service="TX-OPC",
        urgency="routine",
        by_consent=True,
        contact_at=contact,
        steps=steps,
    )
    return Told(team_id=TEAM, town="", states=(State(BEGIN, "active", HERE, HERE),), referrals=(said,))
