"""A8: a need that was set to gap in the quarter counts once, by service or need; where that is secret by neither."""

from dataclasses import replace
from uuid import UUID

from backend.cases.content import Need
from backend.statistics.facts import marks
from backend.statistics.facts.model import GAP, NATIONAL, Fact
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Revision, Told
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.stories import NEED, Q1, Q2, Q3, Q4, at, joined, person, referral


def gaps(told: Told, quarter: Quarter = Q3, kind: str = GAP) -> list[Fact]:
    return [one for one in facts_of(told, quarter) if one.kind == kind and marks.GAP in one.marks]


def named(told: Told, kind: str = GAP) -> list[tuple[str, str, str]]:
    return [(one.service_code, one.service_group, one.reason) for one in gaps(told, kind=kind)]


def test_a_need_counts_in_the_quarter_in_which_it_was_set_to_gap() -> None:
    for moment, quarter in (("07-01 00:00", Q3), ("09-30 23:59:59", Q3), ("10-01 00:00", Q4)):
        told = person(needs=[("05-02", "housing", "open"), (moment, "housing", "gap")])
        assert [one for one in (Q1, Q2, Q3, Q4) if gaps(told, one)] == [quarter], moment


def test_a_need_without_a_gap_is_none_whatever_else_it_is() -> None:
    for status in ("open", "being_met", "met", "withdrawn"):
        assert not gaps(person(needs=[("07-02", "housing", status)]))


def test_a_gap_that_opened_again_was_one_all_the_same() -> None:
    assert len(gaps(person(needs=[("07-02", "housing", "gap"), ("07-09", "housing", "open")]))) == 1


def test_a_need_that_is_twice_a_gap_in_one_quarter_counts_once_and_in_the_next_again() -> None:
    told = person(
        needs=[
            ("07-02", "housing", "gap"),
            ("07-09", "housing", "open"),
            ("08-02", "housing", "gap"),
            ("10-02", "housing", "open"),
            ("10-05", "housing", "gap"),
        ]
    )
    assert [len(gaps(told, one)) for one in (Q2, Q3, Q4)] == [0, 1, 1]


def test_a_gap_that_is_only_saved_again_is_not_a_new_one() -> None:
    assert not gaps(person(needs=[("05-02", "housing", "gap"), ("07-02", "housing", "gap")]))


def test_without_a_referral_a_gap_has_the_name_of_its_need() -> None:
    assert named(person(needs=[("07-20", "housing", "gap")])) == [("", "", "housing")]


def test_a_gap_has_the_name_of_the_service_that_was_sent_to_last() -> None:
    early = referral(("07-02", "requested"), service="SO-SHE", need_id=NEED)
    late = referral(("07-05", "requested"), service="RE-HWY", need_id=NEED)
    told = person(late, early, needs=[("07-20", "housing", "gap")])
    assert named(told) == [("RE-HWY", "RE", "")]


def test_what_was_drafted_first_and_sent_last_is_the_last() -> None:
    slow = referral(("06-02", "edit"), ("07-09", "requested"), service="RE-HWY", need_id=NEED)
    quick = referral(("07-05", "requested"), service="SO-SHE", need_id=NEED)
    assert named(person(slow, quick, needs=[("07-20", "housing", "gap")])) == [("RE-HWY", "RE", "")]


def test_a_referral_for_another_need_a_draft_and_a_mistake_name_no_gap() -> None:
    other = referral(("07-02", "requested"), need_id=UUID(int=99))
    draft = referral(("07-02", "edit"), need_id=NEED)
    wrong = referral(("07-02", "requested"), ("07-03", "entered-in-error", "duplicate"), need_id=NEED)
    told = person(other, draft, wrong, needs=[("07-20", "housing", "gap")])
    assert named(told) == [("", "", "housing")]


def test_a_secret_need_is_a_gap_of_its_team_without_a_name_and_has_one_in_the_country() -> None:
    for need in ("violence", "prison_release", "hiv_hcv_care", "young_person"):
        told = person(needs=[("07-20", need, "gap")])
        assert named(told) == [("", "", "")], need
        assert named(told, NATIONAL) == [("", "", need)]


def test_a_need_that_was_answered_by_a_secret_service_is_named_in_the_country_alone() -> None:
    shelter = referral(("07-02", "requested"), service="WV-SAF", need_id=NEED)
    told = person(shelter, needs=[("07-20", "housing", "gap")])
    assert named(told) == [("", "", "")]
    assert named(told, NATIONAL) == [("WV-SAF", "WV", "")]


def test_an_ordinary_gap_is_counted_in_its_team_alone() -> None:
    assert named(person(needs=[("07-20", "transport", "gap")]), NATIONAL) == []


def test_a_gap_that_a_joined_case_brought_along_counts_once() -> None:
    goes = person(needs=[("05-02", "housing", "gap")])
    stays = person(needs=[])
    brought = Revision(at("08-01"), "social", {}, (Need(NEED, "housing", "gap"),))
    one, _gone = joined(replace(stays, revisions=(brought,)), goes, on="08-01")
    assert gaps(one) == []
    assert len(gaps(goes, Q2)) == 1
