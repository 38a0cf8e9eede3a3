"""What is published of a quarter names every kind, masks few, and holds nothing from which few could be worked out."""

import pytest

from backend.rights import terms
from backend.statistics.transparency.counting import RIGHTS
from backend.statistics.transparency.shaping import Exact, Reviewed, masked, published

pytestmark = pytest.mark.pure
BASES = ("vital_interest", "child_protection", "court_order")


def said(found: Exact) -> dict[str, object]:
    return published(found, bases=BASES, kinds=RIGHTS)


@pytest.mark.parametrize("n", range(5))
def test_nought_to_four_look_the_same(n: int) -> None:
    assert masked(n) == {"n": None, "mask": "0-4"}
    few = Exact(
        looks=n, bases=dict.fromkeys(BASES, n), rights=dict.fromkeys(RIGHTS, n), erased=n, case_keys=n
    )
    assert said(few) == said(Exact())


def test_five_are_said() -> None:
    assert masked(5) == {"n": 5, "mask": ""}
    assert said(Exact(looks=5))["break_glass"] == {"n": 5, "mask": ""}


def test_every_basis_and_right_is_named_whether_it_was_used_or_not() -> None:
    found = said(Exact(bases={"vital_interest": 7}, rights={"access": 9}))
    assert found["safeguarding"] == [
        {"code": "vital_interest", "n": 7, "mask": ""},
        {"code": "child_protection", "n": None, "mask": "0-4"},
    ]
    assert [one["code"] for one in found["rights_requests"]] == list(RIGHTS)  # type: ignore[attr-defined]


def test_orders_of_a_court_stand_by_themselves() -> None:
    found = said(Exact(bases={"court_order": 6}))
    assert found["authority_orders"] == {"n": 6, "mask": ""}
    assert "court_order" not in str(found["safeguarding"])


def test_there_is_no_total_over_kinds() -> None:
    one = said(Exact(bases={"vital_interest": 7, "child_protection": 1}, rights={"access": 20, "erasure": 2}))
    other = said(
        Exact(bases={"vital_interest": 7, "child_protection": 4}, rights={"access": 20, "erasure": 3})
    )
    assert one == other


def test_the_rights_are_those_of_the_law_as_requests_are_recorded() -> None:
    assert set(RIGHTS) == set(terms.KINDS)


def test_of_review_a_share_is_told_and_only_on_enough_items() -> None:
    many, few = Reviewed("sabac", 12, 9), Reviewed("bor", 9, 9)
    assert said(Exact(reviewed=(many, few)))["review"] == {
        "percent_in_time": 86,
        "teams": [{"team": "sabac", "percent_in_time": 75}],
    }
    assert said(Exact(reviewed=(few,)))["review"] == {"percent_in_time": None, "teams": []}


def test_no_number_of_items_is_told() -> None:
    same = [said(Exact(reviewed=(Reviewed("bor", 100 * n, 90 * n),))) for n in (1, 2)]
    assert same[0] == same[1]
