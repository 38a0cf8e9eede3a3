"""At most 20 items and 40 minutes a month, the riskiest first, the lot apart, each thing once."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from backend.review.choosing import DRAWN, FOUND, Candidate, Room, choose, given_out, left
from backend.review.rules import SAMPLE, rules

pytestmark = pytest.mark.pure
LAST, FIRST = date(2026, 11, 30), date(2026, 11, 1)
AT = datetime(2026, 11, 22, tzinfo=UTC)


def candidate(number: int = 0, **values: Any) -> Candidate:
    usual: dict[str, Any] = {
        "rule": "bulk_reads", "risk": 80, "minutes": 3, "entry_id": UUID(int=number), "bundle": str(number),
        "weight": 1, "at": AT, "verb": "case.read", "person": uuid4(), "case": None,
    }  # fmt: skip
    return Candidate(**usual | values)


@pytest.mark.parametrize("minutes", [1, 2, 3, 5])
def test_five_hundred_risky_entries_make_no_more_than_fit(minutes: int) -> None:
    many = [candidate(number, minutes=minutes) for number in range(500)]
    chosen = choose(many, left(FOUND, day=LAST, taken=()))
    assert len(chosen) <= FOUND.items
    assert sum(one.minutes for one in chosen) <= FOUND.minutes
    assert len(chosen) == min(FOUND.items, FOUND.minutes // minutes)


def test_both_rooms_together_are_what_a_lead_was_promised() -> None:
    assert (FOUND.items + DRAWN.items, FOUND.minutes + DRAWN.minutes) == (20, 40)


def test_risk_goes_before_weight_and_weight_before_age() -> None:
    given = [
        candidate(1, risk=60, weight=99),
        candidate(2, risk=80, weight=1),
        candidate(3, risk=80, weight=7),
        candidate(4, risk=80, weight=7, at=AT.replace(day=1)),
    ]
    assert [one.entry_id.int for one in choose(given, None)] == [4, 3, 2, 1]


def test_what_is_too_long_lets_a_shorter_one_by() -> None:
    given = [candidate(1, minutes=5, risk=99), candidate(2, minutes=2)]
    assert [one.entry_id.int for one in choose(given, Room(5, 3))] == [2]


def test_one_entry_and_one_bundle_come_once() -> None:
    given = [candidate(1), candidate(1, rule="exports", risk=90), candidate(2, bundle="night")]
    given += [candidate(3, bundle="night"), candidate(4, bundle="night", rule="exports")]
    assert [(one.entry_id.int, one.rule) for one in choose(given, None)] == [
        (1, "exports"), (2, "bulk_reads"), (4, "exports"),
    ]  # fmt: skip


def test_room_opens_by_the_week_and_is_whole_at_the_end() -> None:
    assert given_out(FOUND, FIRST) == Room(4, 9)
    assert given_out(FOUND, LAST) == FOUND
    assert given_out(Room(15, 35), date(2027, 2, 28)) == FOUND
    assert left(FOUND, day=FIRST, taken=(3, 3)) == Room(2, 3)


def test_what_is_taken_beyond_the_room_leaves_none() -> None:
    assert choose([candidate()], left(FOUND, day=FIRST, taken=(5,) * 9)) == []


def test_every_rule_says_what_it_weighs() -> None:
    found = {one.name: one for one in rules()}
    assert set(found) == {
        "break_glass", "bulk_reads", "database_changed", "denied_in_a_row", "erasures", "exports", "foreign_hours",
        "lead_acts", "no_own_side", "sample",
    }  # fmt: skip
    assert [one.risk for one in rules()] == sorted((one.risk for one in rules()), reverse=True)
    assert found[SAMPLE].risk == 0
    assert all(one.minutes <= 5 and one.about and "SELECT" in one.sql for one in rules())
