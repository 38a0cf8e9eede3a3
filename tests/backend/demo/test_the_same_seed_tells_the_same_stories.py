"""The demo is the same for everybody who uses the same seed, and every story can be carried out."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases import classes, items
from backend.demo.accounts import KEYS, PARTNERS
from backend.demo.build import shares
from backend.demo.places import organisations
from backend.demo.situations import COMMON, NO_ACCOUNTS, OUTSIDE, WITH_A_SECOND, Situation
from backend.demo.stories import EVENTFUL, IN_TURN, LOOPS, NOTES, QUIET, SCRIPTS, Story, requester_of, story
from backend.reference.lists import code_exists, entry

pytestmark = pytest.mark.pure
YEAR = 2026
numbers, seeds = st.integers(0, 2000), st.integers(-5, 10_000)


def told(number: int, seed: int = 1) -> Story:
    return story(number, seed=seed, year=YEAR)


@given(numbers, seeds)
def test_telling_it_twice_gives_the_same(number: int, seed: int) -> None:
    assert told(number, seed) == told(number, seed)


def test_another_seed_tells_other_stories() -> None:
    differing = [number for number in range(50) if told(number, 1) != told(number, 2)]
    assert len(differing) > 40


@given(numbers, seeds)
def test_the_items_of_everybody_are_faultless(number: int, seed: int) -> None:
    given_items = told(number, seed).items
    assert list(items.faults(given_items, this_year=YEAR)) == []
    assert list(items.together_faults(given_items)) == []


@given(numbers, seeds)
def test_nobody_needs_the_same_thing_twice(number: int, seed: int) -> None:
    needs = [one.situation.need for one in told(number, seed).tries]
    assert len(needs) == len(set(needs))


@given(numbers, seeds)
def test_nobody_refers_to_itself(number: int, seed: int) -> None:
    found = told(number, seed)
    for one in found.tries:
        assert requester_of(found.opener) not in one.situation.providers


@given(numbers, seeds)
def test_a_coordinator_is_not_asked_to_refer_a_diagnosis_that_a_partner_recorded(
    number: int, seed: int
) -> None:
    found = told(number, seed)
    needs = {one.situation.need for one in found.tries}
    assert found.opener not in PARTNERS or needs.isdisjoint(classes.REVEALS_DIAGNOSIS)


@given(numbers, seeds)
def test_whoever_expects_a_child_is_a_woman(number: int, seed: int) -> None:
    found = told(number, seed)
    if any(one.situation.need == "pregnancy" for one in found.tries):
        assert found.items["sex"] == "2"


@given(numbers, seeds)
def test_an_ended_case_has_no_open_referral(number: int, seed: int) -> None:
    found = told(number, seed)
    if found.ending == "closed":
        assert all(one.loop in {"once", "not_needed", "closed_loop"} for one in found.tries)


def test_two_towns_are_told_every_script_within_their_first_fourteen() -> None:
    for share in list(shares(IN_TURN).values())[:EVENTFUL]:
        loops = Counter(tuple(one.loop for one in told(number).tries) for number in share)
        assert set(loops) == {script.loops for script in SCRIPTS}


def test_the_first_fourteen_stories_have_every_script() -> None:
    endings = [(tuple(one.loop for one in told(number).tries), told(number).opener) for number in range(14)]
    assert {loops for loops, _opener in endings} == {script.loops for script in SCRIPTS}


@pytest.mark.parametrize("cases", [0, 1, 6, 7, 14, 400])
def test_the_stories_are_dealt_out_once_each(cases: int) -> None:
    dealt = [number for share in shares(cases).values() for number in share]
    assert sorted(dealt) == list(range(cases))
    sizes = [len(share) for share in shares(cases).values()]
    assert max(sizes) - min(sizes) <= 1


def test_quiet_scripts_know_only_loops_that_there_are() -> None:
    for script in (*SCRIPTS, *(script for script, _weight in QUIET)):
        assert set(script.loops) <= set(LOOPS)
        assert not script.opener or script.opener in KEYS
        assert script.ending in {"active", "proposed", "closed", "on_hold"}


ALL = (*COMMON, *OUTSIDE)


@pytest.mark.parametrize("situation", ALL, ids=lambda one: f"{one.need}-{one.service}")
def test_every_situation_is_made_of_codes_that_exist(situation: Situation) -> None:
    assert code_exists("needs", situation.need)
    assert entry("services", situation.service).is_yes("referable")
    assert code_exists("urgencies", situation.urgency)
    assert code_exists("handover_modes", situation.handover)
    assert not situation.flag or code_exists("risk_flags", situation.flag)
    assert set(situation.data_classes) >= {"basic_profile", "needs", classes.need_class(situation.need)}


@pytest.mark.parametrize("situation", ALL, ids=lambda one: f"{one.need}-{one.service}")
def test_every_situation_is_answered_by_somebody_who_gives_that_service(situation: Situation) -> None:
    for provider, code in (
        (situation.provider, situation.service),
        (situation.second_provider, situation.second_service),
    ):
        start = KEYS.get(provider, provider)
        here = [one for one in organisations() if bool(one.team) == (provider in KEYS)]
        givers = [one for one in here if provider and one.name.startswith(start)]
        assert not provider or givers
        assert all(code in one.services for one in givers)


def test_those_outside_have_no_accounts_and_those_inside_have() -> None:
    without = {one.name for one in organisations() if not one.has_accounts}
    assert without == NO_ACCOUNTS
    assert {one.provider for one in OUTSIDE} <= NO_ACCOUNTS
    assert not {provider for one in COMMON for provider in one.providers} & NO_ACCOUNTS


def test_some_have_a_second_provider_of_another_organisation() -> None:
    assert len(WITH_A_SECOND) >= 3
    assert all(one.second_provider != one.provider for one in WITH_A_SECOND)


def test_notes_are_in_both_scripts() -> None:
    letters = {letter for note in NOTES for letter in note if letter.isalpha()}
    assert any(letter in letters for letter in "љњђ")
    assert any(letter in letters for letter in "čšž")
