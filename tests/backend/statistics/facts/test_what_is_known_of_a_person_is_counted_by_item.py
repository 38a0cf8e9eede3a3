"""D2, C5 and the groups by which a person is counted: what was known at the end of the quarter, of whom is there."""

from backend.cases.items import ItemValue
from backend.statistics.facts import marks
from backend.statistics.facts.model import CASE_QUARTER
from tests.backend.statistics.facts.stories import Q2, Q3, Q4, fact_with, joined, of_case, person

KNOWN_SEX, UNKNOWN_SEX = marks.known("sex"), marks.unknown("sex")
KNOWN_DRUGS = marks.known("secondary_drugs")
TESTS = (marks.TESTABLE_HIV, marks.TESTED_HIV)


def test_what_was_never_recorded_is_unknown_like_what_was_recorded_so() -> None:
    for items, known in (({"sex": "2"}, 1), ({"sex": "99"}, 0), ({"sex": ""}, 0), ({}, 0)):
        found = of_case(person(items=[("07-02", dict[str, ItemValue](items))]))
        assert (found[KNOWN_SEX], found[UNKNOWN_SEX]) == (known, 1 - known), items


def test_a_list_is_known_when_it_says_anything_but_not_known() -> None:
    lists: tuple[tuple[list[str], int], ...] = ((["11"], 1), (["11", "99"], 1), ([], 0), (["99"], 0))
    for drugs, known in lists:
        found = of_case(person(items=[("07-02", {"secondary_drugs": drugs})]))
        assert found[KNOWN_DRUGS] == known, drugs


def test_only_what_was_recorded_by_the_end_of_the_quarter_is_known() -> None:
    in_time = person(items=[("09-30 23:59:59", {"sex": "1"})])
    too_late = person(items=[("10-01 00:00", {"sex": "1"})])
    assert of_case(in_time)[KNOWN_SEX] == 1
    assert (of_case(too_late)[KNOWN_SEX], of_case(too_late, Q4)[KNOWN_SEX]) == (0, 1)


def test_the_last_value_counts_also_when_it_is_less() -> None:
    told = person(items=[("05-02", {"sex": "1"}), ("07-02", {"sex": "99"})])
    assert (of_case(told, Q2)[KNOWN_SEX], of_case(told, Q3)[KNOWN_SEX]) == (1, 0)


def test_who_is_not_in_coordination_is_neither_known_nor_unknown() -> None:
    left = person(states=[("02-01", "active"), ("06-01", "closed")], items=[("02-01", {"sex": "1"})])
    assert not of_case(left)


def test_the_items_of_a_treatment_that_begins_are_not_asked_of_a_case() -> None:
    assert not {"year", "centre_type"} & {*marks.ITEMS}
    found = of_case(person())
    assert sum(mark.startswith("unknown_") for mark in found) == len(marks.ITEMS)


def test_testable_is_who_has_ever_injected_with_a_test_that_is_known_and_not_refused() -> None:
    for injecting, test, testable, tested in (
        ("2.2", "2.2", 1, 1),
        ("2", "1", 1, 0),
        ("2.1", "2.1", 1, 0),
        ("2.3", "3", 0, 0),
        ("2.2", "99", 0, 0),
        ("1", "2.2", 0, 0),
        ("99", "2.2", 0, 0),
    ):
        found = of_case(person(items=[("07-02", {"injecting": injecting, "hiv_test": test})]))
        assert tuple(found[mark] for mark in TESTS) == (testable, tested), (injecting, test)
        assert not found[marks.TESTABLE_HCV]


def test_who_injected_and_has_no_test_on_record_is_not_testable() -> None:
    found = of_case(person(items=[("07-02", {"injecting": "2.2", "hcv_test": "2.2"})]))
    assert (found[marks.TESTABLE_HIV], found[marks.TESTABLE_HCV], found[marks.TESTED_HCV]) == (0, 1, 1)


def test_ages_are_told_in_four_groups_and_a_minor_is_young_like_others() -> None:
    bands = {
        "lt15": "lt25", "15-17": "lt25", "20-24": "lt25", "25-29": "25-34", "40-44": "35-44",
        "45-49": "ge45", "ge65": "ge45", "99": "99", "": "99",
    }  # fmt: skip
    for band, group in bands.items():
        told = person(items=[("07-02", {"age_band": band})])
        assert fact_with(marks.IN_COORDINATION, told, Q3, CASE_QUARTER).age_group == group, band


def test_what_is_not_known_of_a_person_is_99_in_every_group() -> None:
    fact = fact_with(marks.IN_COORDINATION, person(), Q3, CASE_QUARTER)
    assert (fact.age_group, fact.sex, fact.substance_group, fact.referral_source) == ("99",) * 4


def test_a_substance_is_told_by_its_group() -> None:
    told = person(items=[("07-02", {"primary_drug": "11"})])
    assert fact_with(marks.IN_COORDINATION, told, Q3, CASE_QUARTER).substance_group == "1"


def test_of_two_cases_that_were_joined_the_one_that_stays_says_what_is_known() -> None:
    stays, goes = person(items=[("02-02", {"sex": "2"})]), person(items=[("03-02", {"sex": "1"})])
    one, _gone = joined(stays, goes, on="08-01")
    assert fact_with(marks.IN_COORDINATION, one, Q3, CASE_QUARTER).sex == "2"
