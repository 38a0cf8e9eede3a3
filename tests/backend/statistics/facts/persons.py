"""Persons made up for pure tests of facts: a case and its referrals, as a random walk through the legal steps."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from backend.cases.content import Need
from backend.statistics.facts.said import Revision, Said, State, Step, Told
from backend.statistics.periods import Quarter

QUARTER = Quarter(2026, 3)
TEAM, HERE, THERE, NEED = (UUID(int=number) for number in range(1, 5))
BEGIN = Quarter(2026, 1).span.begin
DAYS = (Quarter(2026, 4).span.end - BEGIN).days
TOWN, AWAY = "town", "away"
# What may follow which status, as (verb, status).
NEXT = {
    "requested": [("accept", "accepted"), ("reject", "rejected"), ("cancel", "cancelled")],
    "accepted": [("start", "in-progress"), ("hold", "on-hold"), ("fail", "failed"), ("cancel", "cancelled")],
    "in-progress": [("complete", "completed"), ("fail", "failed"), ("hold", "on-hold")],
    "on-hold": [("resume", "in-progress"), ("cancel", "cancelled"), ("complete", "completed")],
    "rejected": [("acknowledge", "rejected"), ("undo", "requested")],
    "completed": [("acknowledge", "completed"), ("undo", "in-progress"), ("correct", "entered-in-error")],
    "failed": [("acknowledge", "failed"), ("undo", "in-progress")],
}
REASONS = {
    "rejected": ["no-capacity", "waitlist", "client-declined"],
    "cancelled": ["no-answer", "service-closed", "client-moved"],
    "failed": ["client-not-reached"],
    "on-hold": ["waitlist", "transport"],
}
OUTCOMES = ["service-started", "one-off-help-given", "assessed-not-needed"]
SERVICES = ["TX-OPC", "HR-DIC", "SO-SHE", "WV-SAF", "PR-PRE", "TX-HIC"]
ITEMS: dict[str, list[Any]] = {
    "sex": ["1", "2", "99"],
    "age_band": ["15-17", "20-24", "30-34", "ge65", "99"],
    "primary_drug": ["11", "99"],
    "injecting": ["1", "2.3", "99"],
    "hiv_test": ["1", "2.2", "3", "99"],
}


def at(days: float) -> datetime:
    return BEGIN + timedelta(days=days)


@st.composite
def referrals(draw: Any) -> Said:
    moments = sorted(draw(st.lists(st.floats(1, DAYS - 1), min_size=2, max_size=9, unique=True)))
    steps = [Step(at(moments[0]), "send", "draft", "requested")]
    contact = None
    for moment in moments[1:]:
        source = steps[-1].to
        if source not in NEXT:
            break
        verb, to = draw(st.sampled_from(NEXT[source]))
        if verb in {"start", "resume"} and contact is None:
            contact = at(moment - draw(st.floats(0, 0.9)))
        reason = draw(st.sampled_from(REASONS.get(to, [""])))
        outcome = draw(st.sampled_from(OUTCOMES)) if verb == "complete" else ""
        steps.append(Step(at(moment), verb, source, to, reason, outcome))
    return Said(
        requester=HERE,
        recipient=THERE,
        service=draw(st.sampled_from(SERVICES)),
        urgency=draw(st.sampled_from(["routine", "urgent"])),
        by_consent=draw(st.booleans()),
        contact_at=contact,
        need_id=NEED,
        sector_from="health",
        sector_to=draw(st.sampled_from(["cso", "health", ""])),
        town=draw(st.sampled_from([TOWN, AWAY, ""])),
        steps=tuple(steps),
    )


@st.composite
def persons(draw: Any) -> Told:
    moments = sorted(draw(st.lists(st.floats(0, DAYS - 1), min_size=1, max_size=5, unique=True)))
    states = [State(at(moments[0]), "proposed", HERE, HERE)]
    for moment in moments[1:]:
        states.append(State(at(moment), draw(st.sampled_from(["active", "on_hold", "closed"])), HERE, THERE))
    revisions = [
        Revision(at(moment), "basic_profile", {name: draw(st.sampled_from(of)) for name, of in ITEMS.items()})
        for moment in moments
    ]
    gaps = [
        Revision(at(moment), "needs", {}, (_need(draw),))
        for moment in draw(st.lists(st.floats(0, DAYS), max_size=3))
    ]
    return Told(
        team_id=TEAM,
        town=TOWN,
        states=tuple(states),
        revisions=(*revisions, *gaps),
        referrals=tuple(draw(st.lists(referrals(), max_size=4))),
    )


def _need(draw: Any) -> Need:
    return Need(
        NEED, draw(st.sampled_from(["housing", "violence"])), draw(st.sampled_from(["open", "gap", "met"]))
    )
