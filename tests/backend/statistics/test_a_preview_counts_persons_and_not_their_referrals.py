"""Of the quarter under way, too, a person is one: in the team once, and once in each organisation on a side. Pure."""

from collections import Counter
from uuid import UUID

import pytest

from backend.statistics.facts import marks
from backend.statistics.live_figures import by_side, of_organisations

pytestmark = pytest.mark.pure
ANA, MILAN, CLINIC, SOCIETY, SHELTER = (UUID(int=number) for number in range(1, 6))


def test_a_person_helped_by_two_organisations_is_one_person_helped() -> None:
    assert by_side({(ANA, CLINIC, SOCIETY), (ANA, CLINIC, SHELTER)}) == {
        None: 1, CLINIC: 1, SOCIETY: 1, SHELTER: 1,
    }  # fmt: skip


def test_two_persons_of_the_same_organisations_are_two() -> None:
    assert by_side({(ANA, CLINIC, SOCIETY), (MILAN, CLINIC, SOCIETY)}) == {None: 2, CLINIC: 2, SOCIETY: 2}


def test_an_organisation_on_both_sides_counts_the_person_once() -> None:
    assert by_side({(ANA, CLINIC, CLINIC)}) == {None: 1, CLINIC: 1}


def test_a_provider_without_an_organisation_adds_nothing_to_the_whole() -> None:
    assert by_side({(ANA, CLINIC, None)}) == {None: 1, CLINIC: 1}


def test_of_nobody_nothing_is_counted() -> None:
    assert by_side(set()) == {}


def test_a_member_is_left_with_the_own_organisation_and_not_with_the_whole() -> None:
    found = Counter(
        {(None, marks.HELPED, ""): 4, (CLINIC, marks.HELPED, ""): 1, (SOCIETY, marks.HELPED, ""): 3}
    )
    assert of_organisations(found, [CLINIC]) == {(CLINIC, marks.HELPED, ""): 1}
    assert of_organisations(found, []) == {}
