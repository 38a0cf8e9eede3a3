"""Single persons whose figures are known beforehand: joined cases, gaps, waiting, tests, violence; the calendar."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest

from backend.cases.content import Need
from backend.statistics.facts import marks
from backend.statistics.facts.model import CASE_QUARTER, CASE_YEAR, GAP, NATIONAL, REFERRAL, TDI, Fact
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Revision, Said, State, Step, Told
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.persons import BEGIN, HERE, NEED, QUARTER, TEAM, THERE, TOWN, at

IN_QUARTER = 190.0


def person(*referrals: Said, items: dict[str, Any] | None = None, since: float = 0, **values: Any) -> Told:
    """Return somebody active from a day on, with items and referrals."""
    told = Told(
        team_id=TEAM,
        town=TOWN,
        states=(State(at(since), "active", HERE, HERE),),
        revisions=(Revision(at(since), "basic_profile", items or {}),),
        referrals=referrals,
    )
    return replace(told, **values)


def referred(service: str, *steps: Step, contact: float | None = None, **values: Any) -> Said:
    sent = Step(at(IN_QUARTER), "send", "draft", "requested")
    return Said(
        requester=HERE,
        recipient=THERE,
        service=service,
        urgency="routine",
        by_consent=True,
        contact_at=None if contact is None else at(contact),
        need_id=NEED,
        steps=(sent, *steps),
        **values,
    )


def completed(service: str, outcome: str = "service-started") -> Said:
    steps = (
        Step(at(191), "accept", "requested", "accepted"),
        Step(at(192), "start", "accepted", "in-progress"),
        Step(at(193), "complete", "in-progress", "completed", "", outcome),
    )
    return referred(service, *steps, contact=191.5)


def of(facts: list[Fact], kind: str) -> list[Fact]:
    return [fact for fact in facts if fact.kind == kind]


def the_marks(facts: list[Fact], kind: str) -> frozenset[str]:
    return frozenset().union(*(fact.marks for fact in of(facts, kind)))


def test_joined_cases_are_one_person_with_the_help_of_both() -> None:
    other = person(completed("TX-OPC"))
    facts = facts_of(person(joined=(other,)), QUARTER)
    [one] = of(facts, CASE_QUARTER)
    assert marks.HELPED in one.marks
    assert marks.REQUESTED in the_marks(facts, REFERRAL)


def test_a_case_that_went_into_another_has_no_fact_of_its_own() -> None:
    gone = State(at(100), "closed", HERE, HERE, merged_into=UUID(int=9))
    told = person(completed("TX-OPC"))
    assert facts_of(replace(told, states=(*told.states, gone)), QUARTER) == []
    later = replace(gone, at=at(300))
    assert of(facts_of(replace(told, states=(*told.states, later)), QUARTER), CASE_QUARTER)


@pytest.mark.parametrize(
    ("status", "counts"), [("active", 1), ("on_hold", 1), ("proposed", 0), ("closed", 0)]
)
def test_in_coordination_is_active_or_on_hold(status: str, counts: int) -> None:
    told = person(states=(State(BEGIN, status, HERE, HERE),))
    assert len(of(facts_of(told, QUARTER), CASE_QUARTER)) == counts


def test_who_is_closed_on_the_first_day_was_there_on_it() -> None:
    first = QUARTER.span.begin
    states = (State(BEGIN, "active", HERE, HERE), State(first.replace(hour=9), "closed", HERE, HERE))
    assert len(of(facts_of(person(states=states), QUARTER), CASE_QUARTER)) == 1
    assert of(facts_of(person(states=states), Quarter(2026, 4)), CASE_QUARTER) == []


def test_a_reopened_case_is_not_new() -> None:
    states = tuple(
        State(at(day), status, HERE, HERE) for day, status in ((5, "active"), (50, "closed"), (200, "active"))
    )
    assert marks.NEW not in the_marks(facts_of(person(states=states), QUARTER), CASE_QUARTER)
    assert marks.NEW in the_marks(facts_of(person(states=states), Quarter(2026, 1)), CASE_YEAR)


@pytest.mark.parametrize(
    ("steps", "waits"),
    [
        ((), True),
        ((Step(at(191), "accept", "requested", "accepted"),), True),
        ((Step(at(191), "reject", "requested", "rejected", "no-capacity"),), False),
    ],
    ids=["requested", "accepted", "rejected"],
)
def test_who_has_no_answer_or_no_contact_waits(steps: tuple[Step, ...], waits: bool) -> None:
    facts = facts_of(person(referred("TX-OPC", *steps)), QUARTER)
    assert (marks.WAITING in the_marks(facts, CASE_QUARTER)) is waits
    assert (marks.WAITING_STILL in the_marks(facts, REFERRAL)) is waits


@pytest.mark.parametrize(
    ("injecting", "test", "found"),
    [
        ("2.3", "2.2", {marks.TESTABLE_HIV, marks.TESTED_HIV}),
        ("2", "1", {marks.TESTABLE_HIV}),
        ("2.3", "3", set()),
        ("2.3", "99", set()),
        ("1", "2.2", set()),
    ],
)
def test_tests_matter_for_who_ever_injected(injecting: str, test: str, found: set[str]) -> None:
    facts = facts_of(person(items={"injecting": injecting, "hiv_test": test}), QUARTER)
    assert the_marks(facts, CASE_QUARTER) & {marks.TESTABLE_HIV, marks.TESTED_HIV} == found


@pytest.mark.parametrize(
    ("code", "service", "named"),
    [
        ("housing", "", ("", "housing")),
        ("housing", "SO-SHE", ("SO-SHE", "")),
        ("violence", "WV-SAF", ("", "")),
    ],
)
def test_a_gap_is_named_by_the_last_service_asked_for(
    code: str, service: str, named: tuple[str, str]
) -> None:
    needs = [
        Revision(at(day), "social", {}, (Need(NEED, code, status),))
        for day, status in ((5, "open"), (195, "gap"))
    ]
    said = (referred(service),) if service else ()
    facts = facts_of(person(*said, revisions=tuple(needs)), QUARTER)
    [gap] = of(facts, GAP)
    assert (gap.service_code, gap.reason) == named
    in_country = [fact.service_code for fact in of(facts, NATIONAL) if marks.GAP in fact.marks]
    assert in_country == ["WV-SAF"] * (code == "violence")


def test_a_woman_who_suffers_violence_is_reached_by_such_a_service() -> None:
    need = Revision(at(1), "violence", {}, (Need(NEED, "violence", "open"),))
    told = person(completed("WV-SAF"), items={"sex": "2"}, since=185)
    facts = facts_of(replace(told, revisions=(*told.revisions, need)), QUARTER)
    found = the_marks(facts, NATIONAL)
    assert {marks.REACH, marks.REACH_OF, marks.SAFE_CONTACT, marks.SAFE_CONTACT_OF} <= found
    assert not [fact for fact in facts if fact.team_id and fact.service_group]


def test_a_minor_is_told_apart_in_the_country_alone() -> None:
    facts = facts_of(person(items={"age_band": "15-17", "primary_drug": "11"}, since=IN_QUARTER), QUARTER)
    assert {fact.age_group for fact in facts if fact.team_id} == {"lt25"}
    assert "minor" in {fact.age_group for fact in of(facts, NATIONAL)}
    assert of(facts, TDI)


@pytest.mark.parametrize(
    ("day", "text"),
    [(date(2026, 1, 1), "2026-Q1"), (date(2026, 6, 30), "2026-Q2"), (date(2024, 12, 31), "2024-Q4")],
)
def test_a_day_lies_in_its_quarter(day: date, text: str) -> None:
    quarter = Quarter.of(day)
    assert (str(quarter), Quarter.read(text)) == (text, quarter)
    assert quarter.span.holds(day)


def test_quarters_follow_one_another_without_a_gap() -> None:
    quarters = [*Quarter(2026, 1).before(9)][::-1]
    for one, after in pairwise(quarters):
        assert one.span.end == after.span.begin
        assert one < after
