"""P3, P4, E1: the fourteenth day after an end, the ninetieth after sending, the 120th after a service began."""

from backend.statistics.facts import marks
from backend.statistics.facts.model import REFERRAL_90
from backend.statistics.facts.said import Said
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.stories import Q1, Q2, Q3, Q4, marks_in, of_referral, person, referral

SENT, ACCEPTED = ("07-02", "requested"), ("07-03", "accepted")
REFUSED = ("07-10", "rejected", "no-capacity")


def closed(said: Said, quarter: Quarter = Q3) -> tuple[int, int]:
    found = of_referral(said, quarter)
    return found[marks.TO_ACKNOWLEDGE], found[marks.ACKNOWLEDGED_14]


def later(said: Said, quarter: Quarter) -> set[str]:
    return {*marks_in(person(said), quarter, REFERRAL_90)}


def completed(day: str, outcome: str = "one-off-help-given") -> Said:
    return referral(SENT, ACCEPTED, (day, "completed", outcome), contact="07-04")


def started(day: str, *answers: tuple[str, str, str]) -> Said:
    return referral(
        ("02-02", "requested"), ("02-03", "accepted"), (day, "completed", "service-started"), *answers,
        contact="02-04",
    )  # fmt: skip


def test_a_loop_is_closed_by_the_fourteenth_day_and_not_on_the_fifteenth() -> None:
    assert closed(referral(SENT, REFUSED, ("07-24 23:59:59", "acknowledge"))) == (1, 1)
    assert closed(referral(SENT, REFUSED, ("07-25 00:00", "acknowledge"))) == (1, 0)
    assert closed(referral(SENT, REFUSED)) == (1, 0)


def test_a_loop_is_asked_about_in_the_quarter_of_its_fourteenth_day() -> None:
    for ended, quarter in (("09-16 23:59:59", Q3), ("09-17 00:00", Q4)):
        said = referral(SENT, ACCEPTED, (ended, "failed", "client-moved"), ("09-18", "acknowledge"))
        assert [one for one in (Q3, Q4) if closed(said, one)[0]] == [quarter]
        assert closed(said, quarter) == (1, 1)


def test_what_was_called_off_has_no_loop_to_close() -> None:
    for ending, code, asked in (
        ("failed", "client-moved", 1),
        ("completed", "service-started", 1),
        ("cancelled", "client-moved", 0),
    ):
        assert closed(referral(SENT, ACCEPTED, ("08-01", ending, code)))[0] == asked, ending


def test_an_end_that_was_taken_back_has_no_loop_either() -> None:
    undone = referral(SENT, ("07-10 10:00", "rejected", "no-capacity"), ("07-10 11:00", "requested"))
    assert closed(undone) == (0, 0)


def test_help_by_the_ninetieth_day_completes_a_referral() -> None:
    """2 July and ninety days is 30 September."""
    assert later(completed("09-30 23:59:59"), Q3) == {marks.FOLLOWED_90, marks.COMPLETED_90}
    assert later(completed("10-01 00:00"), Q3) == {marks.FOLLOWED_90}
    assert later(completed("10-01 00:00"), Q4) == set()


def test_the_ninetieth_day_decides_in_which_quarter_a_referral_was_followed() -> None:
    assert later(referral(("07-02 23:59:59", "requested")), Q3) == {marks.FOLLOWED_90}
    assert later(referral(("07-03 00:00", "requested")), Q3) == set()
    assert later(referral(("07-03 00:00", "requested")), Q4) == {marks.FOLLOWED_90}


def test_an_outcome_without_help_or_an_early_end_is_followed_and_not_completed() -> None:
    for outcome, is_help in (
        ("service-started", True),
        ("service-completed", True),
        ("one-off-help-given", True),
        ("assessed-not-needed", False),
        ("referred-on", False),
    ):
        assert (marks.COMPLETED_90 in later(completed("08-01", outcome), Q3)) is is_help, outcome
    assert later(referral(SENT, ("07-05", "cancelled", "client-moved")), Q3) == {marks.FOLLOWED_90}


def test_whether_the_person_is_still_there_is_answered_by_the_120th_day() -> None:
    """2 March and 120 days is 30 June."""
    in_time = later(started("03-02", ("06-30 23:59:59", "follow-up", "yes")), Q2)
    late = started("03-02", ("07-01 00:00", "follow-up", "yes"))
    assert in_time >= {marks.STARTED_90, marks.ENGAGED_90}
    assert later(late, Q2) & {marks.STARTED_90, marks.ENGAGED_90} == {marks.STARTED_90}
    assert later(late, Q3) == set()


def test_only_yes_says_that_the_person_is_still_there() -> None:
    for answer in ("no", "unknown"):
        said = started("03-02", ("06-10", "follow-up", answer))
        assert later(said, Q2) & {marks.STARTED_90, marks.ENGAGED_90} == {marks.STARTED_90}


def test_the_120th_day_is_in_one_quarter_alone() -> None:
    for begun, quarter in (("03-02 23:59:59", Q2), ("03-03 00:00", Q3)):
        said = started(begun)
        assert [one for one in (Q1, Q2, Q3) if marks.STARTED_90 in later(said, one)] == [quarter]


def test_retention_is_asked_of_services_that_were_started_and_of_no_other_help() -> None:
    said = referral(
        ("02-02", "requested"),
        ("02-03", "accepted"),
        ("03-02", "completed", "service-completed"),
        contact="02-04",
    )
    assert marks.STARTED_90 not in later(said, Q2)
