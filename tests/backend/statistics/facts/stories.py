"""One person and one referral told in a few words, for tests of what they count as. Moments are those of Belgrade."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.cases.content import Need
from backend.cases.items import ItemValue
from backend.reference.working_days import BELGRADE
from backend.statistics.facts.model import CASE_HALF, CASE_QUARTER, CASE_YEAR, NATIONAL, REFERRAL, Fact
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Revision, Said, State, Step, Told
from backend.statistics.periods import Quarter

TEAM, CLINIC, SOCIETY, NEED = (UUID(int=number) for number in range(1, 5))
HERE, AWAY = "town", "away"
Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in range(1, 5))
CASES = (CASE_QUARTER, CASE_HALF, CASE_YEAR)
# Under which verb a status is left for another one, where the verb is not that of the new status.
VERBS = {
    "requested": "send",
    "accepted": "accept",
    "rejected": "reject",
    "cancelled": "cancel",
    "on-hold": "hold",
    "in-progress": "start",
    "completed": "complete",
    "failed": "fail",
    "entered-in-error": "correct",
}
COMES_BACK = {("on-hold", "in-progress"): "resume"}
TAKEN_BACK = {("rejected", "requested"), ("completed", "in-progress"), ("failed", "in-progress")}


def at(text: str) -> datetime:
    """Read `07-01` or `07-01 23:59:59` of 2026, or the same with a year; noon where no time is said."""
    day, _, time = text.partition(" ")
    dated = day if len(day) > 5 else f"2026-{day}"
    return datetime.fromisoformat(f"{dated}T{time or '12:00'}").replace(tzinfo=BELGRADE)


def referral(*moves: tuple[str, str] | tuple[str, str, str], contact: str = "", **said: Any) -> Said:
    """Tell a referral by (moment, new status, reason or outcome) or (moment, verb, detail) where none changes."""
    steps: list[Step] = []
    for moment, word, *code in moves:
        source = steps[-1].to if steps else "draft"
        steps.append(_step(at(moment), word, source, *code))
    blank = Said(
        requester=CLINIC,
        recipient=SOCIETY,
        service="TX-OPC",
        urgency="routine",
        by_consent=True,
        contact_at=at(contact) if contact else None,
        sector_from="health",
        sector_to="cso",
        town=HERE,
        steps=tuple(steps),
    )
    return replace(blank, **said)


def _step(moment: datetime, word: str, source: str, code: str = "") -> Step:
    if word not in VERBS:
        return Step(moment, word, source, source, detail=code)
    verb = COMES_BACK.get((source, word), VERBS[word])
    if (source, word) in TAKEN_BACK:
        verb = "undo"
    if word == "completed":
        return Step(moment, verb, source, word, outcome=code)
    return Step(moment, verb, source, word, reason=code)


def by_system(said: Said, moment: str, *, verb: str, to: str, reason: str) -> Said:
    """Return the referral after what the service itself did: a consent withdrawn, an agreement lapsed."""
    return replace(said, steps=(*said.steps, Step(at(moment), verb, said.steps[-1].to, to, reason)))


def person(
    *referrals: Said,
    states: Iterable[tuple[str, str]] = (("01-05", "active"),),
    items: Iterable[tuple[str, dict[str, ItemValue]]] = (),
    needs: Iterable[tuple[str, str, str]] = (),
    **told: Any,
) -> Told:
    """Tell a person by states (moment, status), items (moment, all of them) and one need (moment, code, status)."""
    known = [Revision(at(moment), "basic_profile", values) for moment, values in items]
    wanted = [
        Revision(at(moment), "social", {}, (Need(NEED, code, status),)) for moment, code, status in needs
    ]
    return Told(
        team_id=TEAM,
        town=HERE,
        states=tuple(State(at(moment), status, CLINIC, SOCIETY) for moment, status in states),
        revisions=(*known, *wanted),
        referrals=referrals,
        **told,
    )


def joined(stays: Told, goes: Told, *, on: str) -> tuple[Told, Told]:
    """Return the person of two cases as of the day they were joined, and the case that went, by then closed."""
    went = State(at(on), "closed", CLINIC, SOCIETY, merged_into=UUID(int=9))
    gone = replace(goes, states=(*goes.states, went))
    return replace(stays, joined=(gone,)), gone


def marks_in(told: Told, quarter: Quarter, *kinds: str) -> Counter[str]:
    """Count the marks of a person's facts of a quarter, of some kinds."""
    return Counter(mark for fact in facts_of(told, quarter) if fact.kind in kinds for mark in fact.marks)


def of_case(told: Told, quarter: Quarter = Q3) -> Counter[str]:
    return marks_in(told, quarter, CASE_QUARTER)


def of_referral(said: Said, quarter: Quarter = Q3) -> Counter[str]:
    return marks_in(person(said), quarter, REFERRAL)


def of_country(told: Told, quarter: Quarter = Q3) -> Counter[str]:
    return marks_in(told, quarter, NATIONAL)


def in_the_year(told: Told, kind: str) -> Counter[str]:
    return sum((marks_in(told, quarter, kind) for quarter in (Q1, Q2, Q3, Q4)), Counter[str]())


def fact_with(mark: str, told: Told, quarter: Quarter, kind: str) -> Fact:
    """Return the one fact of a kind that has a mark."""
    [found] = [one for one in facts_of(told, quarter) if one.kind == kind and mark in one.marks]
    return found
