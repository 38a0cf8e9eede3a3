"""W1, W2, W4, C4, K1 to K4: what a town is too small for, in facts that name no team, once in a year a person."""

from backend.cases.items import ItemValue
from backend.statistics.facts import marks
from backend.statistics.facts.model import NATIONAL, TDI
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Said
from backend.statistics.indicators.registry import NOT_MEASURED, registry
from tests.backend.statistics.facts.stories import (
    Q1,
    Q2,
    Q3,
    Q4,
    fact_with,
    in_the_year,
    joined,
    of_country,
    person,
    referral,
)

Items = dict[str, ItemValue]
WOMAN, MAN, UNSAID = (Items(sex=code) for code in ("2", "1", "99"))
VIOLENCE = [("02-05", "violence", "open")]


def helped(day: str, service: str = "WV-LEG") -> Said:
    return referral(("02-06", "requested"), ("02-07", "accepted"), (day, "completed", "service-completed"),
                    contact="02-07", service=service)  # fmt: skip


def test_a_woman_with_the_need_counts_once_in_the_year_and_was_not_reached_without_a_service() -> None:
    told = person(items=[("02-02", WOMAN)], needs=VIOLENCE)
    year = in_the_year(told, NATIONAL)
    assert (year[marks.REACH_OF], year[marks.REACH]) == (1, 0)
    assert of_country(told, Q1)[marks.REACH_OF] == 1


def test_a_man_or_a_woman_without_the_need_is_not_of_them() -> None:
    man = person(helped("03-01"), items=[("02-02", MAN)], needs=VIOLENCE)
    housed = person(helped("03-01"), items=[("02-02", WOMAN)], needs=[("02-05", "housing", "open")])
    for told in (man, housed):
        assert not {marks.REACH, marks.REACH_OF} & in_the_year(told, NATIONAL).keys()


def test_she_is_reached_in_the_quarter_in_which_such_a_service_was_completed() -> None:
    told = person(helped("08-01"), items=[("02-02", WOMAN)], needs=VIOLENCE)
    assert of_country(told, Q2)[marks.REACH] == 0
    assert fact_with(marks.REACH, told, Q3, NATIONAL).marks == {marks.REACH}
    assert in_the_year(told, NATIONAL)[marks.REACH] == 1


def test_another_service_one_that_failed_and_one_of_last_year_reach_nobody() -> None:
    failed = referral(
        ("02-06", "requested"), ("02-07", "accepted"), ("03-01", "failed", "client-moved"), service="WV-SAF"
    )
    past = referral(("2025-11-02", "requested"), ("2025-11-03", "accepted"),
                    ("2025-12-31 23:59:59", "completed", "service-completed"), service="WV-SAF")  # fmt: skip
    for said in (helped("03-01", "SO-SHE"), failed, past):
        told = person(said, items=[("02-02", WOMAN)], needs=VIOLENCE)
        assert in_the_year(told, NATIONAL)[marks.REACH] == 0


def test_that_she_is_a_woman_may_be_learnt_later_in_the_year() -> None:
    told = person(items=[("02-02", UNSAID), ("05-02", WOMAN)], needs=VIOLENCE)
    assert of_country(told, Q1)[marks.REACH_OF] == 0
    assert of_country(told, Q2)[marks.REACH_OF] == 1
    assert in_the_year(told, NATIONAL)[marks.REACH_OF] == 1


def test_a_service_that_was_completed_before_the_need_was_written_down_has_reached_her() -> None:
    told = person(helped("03-01"), items=[("02-02", WOMAN)], needs=[("05-05", "violence", "met")])
    assert fact_with(marks.REACH_OF, told, Q2, NATIONAL).marks == {marks.REACH, marks.REACH_OF}


def test_whether_her_sex_is_known_counts_once_from_when_it_is() -> None:
    told = person(items=[("02-02", UNSAID), ("05-02", WOMAN)])
    counted = [
        {marks.IN_COORDINATION, marks.SEX_KNOWN, marks.WOMEN} & of_country(told, one).keys()
        for one in (Q1, Q2, Q3)
    ]
    assert counted == [{marks.IN_COORDINATION}, {marks.SEX_KNOWN, marks.WOMEN}, set()]


def test_the_share_of_women_is_of_those_whose_sex_is_known() -> None:
    for items, known, women in ((WOMAN, 1, 1), (MAN, 1, 0), (UNSAID, 0, 0), (Items(), 0, 0)):
        year = in_the_year(person(items=[("01-05", items)]), NATIONAL)
        assert (year[marks.IN_COORDINATION], year[marks.SEX_KNOWN], year[marks.WOMEN]) == (1, known, women)


def test_two_cases_that_were_joined_are_one_woman_in_the_year() -> None:
    goes = person(items=[("02-02", WOMAN)], needs=VIOLENCE)
    stays = person(
        items=[("08-01", WOMAN)], needs=[("08-01", "violence", "open")], states=[("07-05", "active")]
    )
    one, gone = joined(stays, goes, on="08-01")
    assert of_country(gone, Q1)[marks.REACH_OF] == of_country(gone, Q1)[marks.WOMEN] == 1
    assert not {marks.REACH_OF, marks.WOMEN, marks.IN_COORDINATION} & of_country(one, Q3).keys()


def test_a_first_contact_is_safe_within_two_days() -> None:
    def safe(day: str, service: str = "WV-SAF") -> tuple[int, int]:
        said = referral(("07-02", "requested"), ("07-02", "accepted"), (day, "in-progress"),
                        contact=day, service=service)  # fmt: skip
        found = of_country(person(said))
        return found[marks.SAFE_CONTACT_OF], found[marks.SAFE_CONTACT]

    assert safe("07-04 23:59:59") == (1, 1)
    assert safe("07-05 00:00") == (1, 0)
    assert safe("07-03", "PR-PRE") == safe("07-03", "TX-OPC") == (0, 0)


def test_the_second_day_decides_about_the_quarter_and_no_contact_at_all_is_unsafe() -> None:
    for sent, quarter in (("09-28", Q3), ("09-29 00:00", Q4)):
        told = person(referral((sent, "requested"), service="WV-HOT"))
        assert [one for one in (Q3, Q4) if of_country(told, one)[marks.SAFE_CONTACT_OF]] == [quarter]
        assert of_country(told, quarter)[marks.SAFE_CONTACT] == 0


def test_a_fact_of_the_country_names_the_service_and_nobody_who_was_part_of_it() -> None:
    told = person(referral(("07-02", "requested"), service="PR-PRE"), items=[("07-02", WOMAN)])
    fact = fact_with(marks.REQUESTED, told, Q3, NATIONAL)
    assert (fact.service_code, fact.service_group) == ("PR-PRE", "PR")
    assert (fact.team_id, fact.organisation_from, fact.organisation_to) == (None, None, None)
    assert (fact.sector_from, fact.sector_to, fact.age_group, fact.sex) == ("", "", "", "")


def test_an_ordinary_referral_is_no_fact_of_the_country() -> None:
    assert of_country(person(referral(("07-02", "requested"))))[marks.REQUESTED] == 0


def test_a_minor_is_told_apart_in_the_country_and_nowhere_else() -> None:
    for band, age in (("lt15", "minor"), ("15-17", "minor"), ("18-19", "lt25")):
        told = person(items=[("01-05", {"age_band": band})])
        assert fact_with(marks.IN_COORDINATION, told, Q1, NATIONAL).age_group == age
        assert not [one for one in facts_of(told, Q1) if one.team_id and one.age_group == "minor"]


def test_a_new_person_is_counted_by_substance_known_or_not_and_an_old_one_is_not() -> None:
    for drug, group in (("11", "1"), ("99", "99"), ("", "99")):
        told = person(states=[("07-05", "active")], items=[("07-05", {"primary_drug": drug})])
        assert fact_with(marks.NEW, told, Q3, NATIONAL).substance_group == group
        assert of_country(told, Q4)[marks.NEW] == 0


def test_new_in_the_country_is_new_in_the_team() -> None:
    told = person(states=[("07-05", "active"), ("08-05", "closed"), ("10-05", "active")])
    assert in_the_year(told, NATIONAL)[marks.NEW] == in_the_year(told, "case_year")[marks.NEW] == 1


def test_the_tables_of_treatment_count_new_people_with_a_primary_drug_in_cells_that_nothing_joins() -> None:
    told = person(states=[("07-05", "active")], items=[("07-05", {"primary_drug": "11", **WOMAN})])
    cells = [one for one in facts_of(told, Q3) if one.kind == TDI]
    assert len(cells) > 5
    assert {(one.team_id, one.sex, one.age_group, one.substance_group) for one in cells} == {
        (None, "", "", "")
    }
    assert not [one for one in facts_of(told, Q4) if one.kind == TDI]


def test_nothing_is_counted_of_a_release_from_prison_of_which_no_day_is_recorded() -> None:
    for code in ("K1", "K2", "K3", "K4"):
        [part] = registry()[code].parts
        assert (part.kind, part.marks) == (NOT_MEASURED, ())
        assert part.reason["en"]
