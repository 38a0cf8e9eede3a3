"""Which service a person was assigned to and what happened there: read row by row, each told or refused with a code."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.imports.errors import Unreadable
from backend.imports.mapping import MappedCase
from backend.imports.people import read_people
from backend.imports.splitting import folder_content
from backend.imports.story import Story
from backend.imports.uploads import shipped_text
from backend.reference.lists import codes
from backend.referrals.reporting import Report
from tests.backend.imports.packed import MAPPING, SENT, VISITS, mapping, zipped
from tests.backend.imports.sites import REASONS, SERVICES, WHOLE, rows_of

pytestmark = pytest.mark.pure


def story(sent: str = SENT, visits: str = VISITS, text: str = MAPPING) -> Story:
    plan = mapping(text)
    first = next(read_people(plan, zipped(sent=sent, visits=visits)).each)
    assert first.row is not None
    found = plan.apply(first.row, first.rows).story
    assert found is not None
    return found


def visit(came: str = "no", why: str = "", day: str = "1") -> str:
    return f"id,came,why,day,label\nA,{came},{why},{day},x\n"


def refused(found: Story) -> dict[tuple[str, int], list[tuple[str, str]]]:
    return {
        place: [(reason.column, reason.code) for reason in reasons]
        for place, reasons in found.refused.items()
    }


def told(found: Story) -> list[tuple[str, str, str]]:
    return [(one.verb, one.detail, one.reason_code) for one in found.told]


def test_the_referral_and_what_was_told_of_it_are_read_in_the_order_of_the_file() -> None:
    found = story()
    assert (found.service_code, found.need) == ("SO-FOO", "housing")
    assert found.report == Report(channel="phone", reporter="provider")
    assert told(found) == [("assigned", "", ""), ("attended", "", ""), ("missed", "", "detained")]
    assert (found.refused, found.fails) == ({}, "")


@pytest.mark.parametrize(
    ("day", "on"),
    [
        ("0", date(2020, 2, 28)),
        ("1", date(2020, 2, 29)),
        ("2.0", date(2020, 3, 1)),
        ("-1", date(2020, 2, 27)),
        ("", None),
    ],
)
def test_days_are_counted_from_the_day_that_the_mapping_names(day: str, on: date | None) -> None:
    assert story(visits=visit(day=day)).told[1].happened_on == on


@pytest.mark.parametrize("day", ["1.5", "soon", "nan", "inf", "-inf", "1e9", "36526", "0x1"])
def test_a_day_that_is_no_whole_number_of_days_refuses_its_row(day: str) -> None:
    found = story(visits=visit(day=day))
    assert refused(found) == {("visits", 2): [("day", "value_unknown")]}
    assert told(found) == [("assigned", "", "")]


def test_a_day_past_the_end_of_the_calendar_refuses_its_row() -> None:
    late = MAPPING.replace("2020-02-28", "9999-12-30")
    assert refused(story(visits=visit(day="30"), text=late)) == {("visits", 2): [("day", "value_unknown")]}


def test_a_mark_and_a_reason_stand_beside_each_other() -> None:
    assert told(story(visits=visit(why="silent")))[1] == ("missed", "no-show", "")


def test_of_several_reasons_the_first_in_the_mapping_is_kept() -> None:
    assert told(story(visits=visit(why="dead")))[1] == ("missed", "", "deceased")


@pytest.mark.parametrize("why", ["silent", "jail"])
def test_a_visit_that_says_why_it_did_not_take_place_is_only_recorded(why: str) -> None:
    assert told(story(visits=visit("yes", why)))[1][0] == "recorded"


def test_a_reason_by_which_a_referral_fails_is_said_apart() -> None:
    assert story(visits=visit(why="dead")).fails == "deceased"
    assert story(visits=visit(why="jail")).fails == ""


def test_a_cell_that_the_mapping_does_not_know_refuses_its_row_and_no_other() -> None:
    found = story(visits=VISITS + "A,perhaps,,2,three\n")
    assert refused(found) == {("visits", 4): [("came", "value_unknown")]}
    assert len(found.told) == 3


def test_what_happened_to_somebody_without_a_referral_is_refused() -> None:
    found = story(sent="id,to,day\n")
    assert (found.service_code, list(found.told)) == ("", [])
    assert refused(found) == {("visits", number): [("", "no_referral")] for number in (2, 3)}


@pytest.mark.parametrize(
    ("to", "reason"),
    [("nowhere", ("to", "no_service")), ("moon", ("to", "value_unknown"))],
)
def test_a_referral_to_nobody_is_refused_and_takes_its_visits_with_it(
    to: str, reason: tuple[str, str]
) -> None:
    found = story(sent=f"id,to,day\nA,{to},0\n")
    assert refused(found) == {
        ("sent", 2): [reason],
        ("visits", 2): [("", "no_referral")],
        ("visits", 3): [("", "no_referral")],
    }


def test_the_same_service_again_is_one_more_event_and_another_one_is_refused() -> None:
    found = story(sent=SENT + "A,kitchen,5\nA,shelter,6\n")
    assert [one.happened_on for one in found.told if one.verb == "assigned"] == [
        date(2020, 2, 28),
        date(2020, 3, 4),
    ]
    assert refused(found) == {("sent", 4): [("to", "another_service")]}


def test_a_mapping_without_such_tables_tells_no_story() -> None:
    before, _, after = MAPPING.partition("referrals:\n")
    plan = mapping(before + after[after.index("\nignored:") :])
    first = next(read_people(plan, zipped(sent=None, visits=None)).each)
    assert first.row is not None
    assert plan.apply(first.row, first.rows).story is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2020-02-28"', '"the first day"'),
        ('"2020-02-28"', "[]"),
        ("channel: phone", "channel: pigeon"),
        ("  on_behalf: {channel: phone, reporter: provider}\n", ""),
        ("on_behalf: {channel: phone, reporter: provider}", "on_behalf: phone"),
        ("no-show", "gone"),
        ("code: hospitalised", "code: abroad"),
        ("attended", "danced"),
        ("attended", "null"),
        ("attended", "[attended]"),
        ("fails: [deceased]", "fails: [1]"),
        ("fails: [deceased]", "fails: 1"),
        ("  ignored: [label]", "  ignore: [label]"),
        ("  need: housing\n", "  need: 5\n"),
        ("  table: sent\n", ""),
        ("  column: came\n", ""),
        ("referrals:\n", "referrals: null\nothers:\n"),
        ("when: [ward]", "if: [ward]"),
        ("marks: [{", "marks: {x: {"),
        ("{kitchen: SO-FOO,", "{kitchen: 5,"),
    ],
    ids=lambda value: value.strip()[:30] or "left out",
)
def test_a_broken_rule_is_refused_with_the_mapping(old: str, new: str) -> None:
    assert old in MAPPING
    with pytest.raises(Unreadable) as wrong:
        mapping(MAPPING.replace(old, new, 1))
    assert wrong.value.code == "bad_mapping"


def test_events_hang_on_a_referral() -> None:
    before, _, after = MAPPING.partition("referrals:\n")
    with pytest.raises(Unreadable) as wrong:
        mapping(before + after[after.index("events:") :])
    assert wrong.value.code == "bad_mapping"


@given(st.text(max_size=12))
def test_any_day_is_read_or_refused(text: str) -> None:
    cell = "".join(letter for letter in text if letter.isprintable() and letter not in ',";')
    found = story(visits=visit(day=cell))
    assert len(found.told) + len(found.refused) == 2


@pytest.fixture(scope="module")
def cases() -> list[MappedCase]:
    """Return all people of CTN-0094; a cell that the mapping does not know would raise."""
    plan = mapping(shipped_text("ctn_0094"))
    people = list(read_people(plan, folder_content(WHOLE)).each)
    found = [plan.apply(person.row, person.rows) for person in people if person.row]
    assert len(found) == len(people)
    return found


def test_the_mapping_of_ctn_0094_knows_every_cell_of_every_table(cases: list[MappedCase]) -> None:
    assert len({case.row_key for case in cases}) == 3560
    stories = [case.story for case in cases if case.story]
    reasons = Counter(reason.code for one in stories for why in one.refused.values() for reason in why)
    assert reasons == {"no_referral": 1116}
    assert sum(len(one.told) for one in stories) == 4691 + 53899 - 1116
    assert sum(bool(one.service_code) for one in stories) == 2492
    assert [one.fails for one in stories if one.fails] == ["deceased", "deceased"]


def test_the_facts_of_ctn_0094_are_as_many_as_in_its_tables(cases: list[MappedCase]) -> None:
    assert Counter(case.items["sex"] for case in cases) == {"1": 2351, "2": 1205, "99": 4}
    assert Counter(case.items["accommodation"] for case in cases) == {"1": 1535, "2": 63, "99": 1962}
    assert Counter(case.items["labour"] for case in cases) == {
        "2": 864, "3": 43, "4": 341, "6": 61, "99": 1944 + 307,
    }  # fmt: skip
    assert Counter(case.items["education"] for case in cases) == {"3": 691, "4": 724, "99": 1793 + 352}
    assert Counter(case.items["age_band"] for case in cases)["99"] == 208
    assert Counter(need for case in cases for need in case.needs)["alcohol_gambling"] == 565


def test_ages_of_ctn_0094_stand_in_the_band_that_holds_them() -> None:
    values = mapping(shipped_text("ctn_0094")).plan["items"]["age_band"]["values"]
    known = codes("tdi_items:age_band")
    for cell, band in values.items():
        assert band in known
        if cell and band[0].isdigit() and band != "99":
            first, _, last = band.partition("-")
            assert float(first) <= float(cell) <= float(last)


def test_every_code_of_the_ctn_0094_mapping_is_in_the_reference_lists() -> None:
    plan = mapping(shipped_text("ctn_0094")).plan
    assert plan["referrals"]["values"] == SERVICES
    assert set(SERVICES.values()) <= codes("services").keys()
    assert {rule["column"]: rule["code"] for rule in plan["events"]["reasons"]} == REASONS
    for name, rule in plan["items"].items():
        listed = codes("substances") if name == "primary_drug" else codes(f"tdi_items:{name}")
        assert {code for code in rule["values"].values() if code} <= listed.keys()
    assert {rule["code"] for rule in plan["needs"]} <= codes("needs").keys()


def test_of_ctn_0094_race_origin_and_marriage_are_read_by_nothing() -> None:
    plan = mapping(shipped_text("ctn_0094"))
    assert {"race", "is_hispanic", "marital"} <= set(plan.plan["ignored"])
    assert not {"race", "is_hispanic", "marital"} & plan.columns()
    assert set(rows_of(WHOLE, "demographics")[0]) <= plan.columns() | set(plan.plan["ignored"])
