"""Numbers, the try before this one, hints, and the person's order: from the list of a case's referrals alone."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import Conflict
from backend.reference.lists import codes
from backend.referrals.lifecycle import ENDED, OPEN, helped
from backend.referrals.models import Referral
from backend.referrals.tries import Tries

pytestmark = pytest.mark.pure

SENT = datetime(2026, 6, 1, tzinfo=UTC)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
NEED, OTHER_NEED = UUID(int=11), UUID(int=12)
OUTCOMES = list(codes("referral_outcomes"))
STATUSES = [*codes("referral_statuses")]


@dataclass
class Row:
    """As much of a referral as the tries look at."""

    number: int = 1
    status: str = "rejected"
    outcome_code: str = ""
    recipient_organisation_id: UUID | None = FIRST
    service_code: str = "TX-OPC"
    need_id: UUID | None = NEED
    sent_at: datetime | None = SENT
    id: UUID = field(default_factory=uuid4)

    @property
    def code(self) -> str:
        return f"LO-7K3M-9QXF-C-R{self.number:02}"


def tries(*rows: Row) -> Tries:
    return Tries(cast("tuple[Referral, ...]", rows), seen=frozenset(row.id for row in rows))


def new(**values: Any) -> Referral:
    return cast("Referral", Row(**{"number": 9, "status": "", "sent_at": None, **values}))


def blocked(given_tries: Tries, referral: Referral, *, strictly: bool, earlier: set[UUID]) -> bool:
    try:
        given_tries.check_order(referral, earlier=earlier, strictly=strictly)
    except Conflict as conflict:
        return conflict.code == "not_next_in_order"
    return False


def test_the_first_referral_is_number_one_and_no_number_is_given_twice() -> None:
    assert tries().next_number == 1
    assert tries(Row(number=1), Row(number=4)).next_number == 5


@pytest.mark.parametrize("status", STATUSES)
def test_a_try_is_replaced_once_it_has_ended(status: str) -> None:
    row = Row(status=status)
    assert (tries(row).replaceable(row.id) is not None) == (status in ENDED)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_try_that_helped_is_not_replaced(outcome: str) -> None:
    row = Row(status="completed", outcome_code=outcome)
    assert (tries(row).replaceable(row.id) is None) == helped(outcome)


def test_a_try_of_another_case_is_not_among_them() -> None:
    assert tries(Row()).replaceable(uuid4()) is None


@pytest.mark.parametrize("status", STATUSES)
def test_only_open_ones_are_hinted_at(status: str) -> None:
    row = Row(status=status)
    assert tries(row).similar(new()) == ([row.code] if status in OPEN else [])


@pytest.mark.parametrize(
    ("values", "similar"),
    [
        ({}, True),
        ({"service_code": "SO-SHE"}, True),
        ({"recipient_organisation_id": SECOND}, True),
        ({"recipient_organisation_id": SECOND, "service_code": "SO-SHE"}, False),
        ({"recipient_organisation_id": SECOND, "service_code": ""}, False),
    ],
)
def test_the_same_place_or_the_same_plain_service_is_similar(
    values: dict[str, Any], *, similar: bool
) -> None:
    row = Row(status="requested")
    assert bool(tries(row).similar(new(**values))) == similar


def test_two_confidential_services_are_not_compared() -> None:
    row = Row(status="requested", service_code="", recipient_organisation_id=SECOND)
    assert tries(row).similar(new(service_code="")) == []


def test_what_the_caller_does_not_see_is_not_hinted_at() -> None:
    shown, hidden = Row(number=1, status="requested"), Row(number=2, status="requested")
    rows = cast("tuple[Referral, ...]", (shown, hidden))
    assert Tries(rows, seen=frozenset({shown.id})).similar(new()) == [shown.code]
    assert Tries(rows).similar(new()) == []
    assert Tries(rows).next_number == 3


def test_the_order_heeds_also_what_the_caller_does_not_see() -> None:
    rows = cast("tuple[Referral, ...]", (Row(status="requested"),))
    assert blocked(Tries(rows), new(), strictly=False, earlier={FIRST})


def test_a_referral_is_not_similar_to_itself() -> None:
    row = Row(status="requested")
    assert tries(row).similar(cast("Referral", row)) == []


def test_the_first_in_order_waits_for_nobody() -> None:
    assert not blocked(tries(), new(), strictly=True, earlier=set())


def test_under_a_consent_for_one_need_everybody_named_earlier_must_have_been_tried() -> None:
    assert blocked(tries(), new(), strictly=True, earlier={FIRST})
    assert not blocked(tries(Row()), new(), strictly=True, earlier={FIRST})
    assert blocked(tries(Row()), new(), strictly=True, earlier={FIRST, SECOND})


def test_under_a_broad_consent_nobody_must() -> None:
    assert not blocked(tries(), new(), strictly=False, earlier={FIRST, SECOND})


@pytest.mark.parametrize("strictly", [True, False])
@pytest.mark.parametrize("status", STATUSES)
def test_an_open_try_with_somebody_named_earlier_stands_in_the_way(status: str, *, strictly: bool) -> None:
    row = Row(status=status)
    stands = status in OPEN or (strictly and status == "entered-in-error")
    assert blocked(tries(row), new(), strictly=strictly, earlier={FIRST}) == stands


@pytest.mark.parametrize("strictly", [True, False])
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_try_that_helped_stands_in_the_way_and_one_without_help_does_not(
    outcome: str, *, strictly: bool
) -> None:
    row = Row(status="completed", outcome_code=outcome)
    assert blocked(tries(row), new(), strictly=strictly, earlier={FIRST}) == helped(outcome)


def test_a_draft_that_was_never_sent_is_no_try() -> None:
    row = Row(status="cancelled", sent_at=None)
    assert blocked(tries(row), new(), strictly=True, earlier={FIRST})


def test_a_try_for_another_need_is_none_for_this_one() -> None:
    other = Row(status="requested", need_id=OTHER_NEED)
    assert not blocked(tries(other), new(), strictly=False, earlier={FIRST})
    assert blocked(tries(other), new(), strictly=True, earlier={FIRST})


def test_without_a_need_there_is_nothing_to_try_in_order() -> None:
    row = Row(status="requested", need_id=None)
    assert not blocked(tries(row), new(need_id=None), strictly=False, earlier={FIRST})


rows = st.builds(
    Row,
    status=st.sampled_from(STATUSES),
    outcome_code=st.sampled_from(["", *OUTCOMES]),
    recipient_organisation_id=st.sampled_from([FIRST, SECOND, THIRD]),
    need_id=st.sampled_from([NEED, OTHER_NEED, None]),
    sent_at=st.sampled_from([SENT, None]),
)


@given(st.lists(rows, max_size=6), st.sets(st.sampled_from([FIRST, SECOND]), max_size=2))
def test_what_a_broad_consent_forbids_a_narrow_one_forbids_too(found: list[Row], earlier: set[UUID]) -> None:
    broad = blocked(tries(*found), new(), strictly=False, earlier=earlier)
    narrow = blocked(tries(*found), new(), strictly=True, earlier=earlier)
    assert narrow or not broad


@given(st.lists(rows, max_size=6))
def test_who_was_named_later_never_stands_in_the_way(found: list[Row]) -> None:
    assert not blocked(tries(*found), new(), strictly=True, earlier=set())


@given(st.lists(rows, max_size=6))
def test_the_next_number_is_new(found: list[Row]) -> None:
    for place, row in enumerate(found):
        row.number = place * 2 + 1
    assert tries(*found).next_number not in {row.number for row in found}
