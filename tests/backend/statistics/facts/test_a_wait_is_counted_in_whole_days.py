"""P1, P5: days from sending to contact and to the answer, by when each was recorded; shares on the day they are due."""

from backend.statistics.facts import marks
from backend.statistics.facts.model import REFERRAL
from backend.statistics.facts.of_case import facts_of
from backend.statistics.facts.said import Said
from backend.statistics.periods import Quarter
from tests.backend.statistics.facts.stories import Q2, Q3, Q4, by_system, of_referral, person, referral

SENT, ACCEPTED = ("07-02", "requested"), ("07-03", "accepted")
WAITS = (marks.WAITED, marks.WAITING_STILL, marks.DECISION_TIME)


def waits(said: Said, quarter: Quarter = Q3) -> list[tuple[str, int | None, bool]]:
    facts = (fact for fact in facts_of(person(said), quarter) if fact.kind == REFERRAL)
    return sorted((mark, fact.days, fact.censored) for fact in facts for mark in fact.marks if mark in WAITS)


def met_on(day: str, *, sent: str = "07-02") -> Said:
    return referral((sent, "requested"), (sent, "accepted"), (day, "in-progress"), contact=day)


def shares(said: Said, quarter: Quarter = Q3) -> tuple[int, int, int, int]:
    found = of_referral(said, quarter)
    return (
        found[marks.FOLLOWED_5],
        found[marks.WITHIN_5],
        found[marks.URGENT_FOLLOWED],
        found[marks.URGENT_WITHIN_1],
    )


def test_days_are_those_of_the_calendar_in_belgrade() -> None:
    overnight = referral(
        ("07-02 23:59:59", "requested"),
        ("07-03 00:00", "accepted"),
        ("07-03 00:01", "in-progress"),
        contact="07-03 00:00",
    )
    assert waits(overnight) == [(marks.DECISION_TIME, 1, False), (marks.WAITED, 1, False)]


def test_a_contact_counts_when_it_was_recorded_with_the_days_until_it_happened() -> None:
    said = referral(("06-20", "requested"), ("06-21", "accepted"), ("07-10", "in-progress"), contact="06-24")
    assert (marks.WAITED, 4, False) in waits(said, Q3)
    assert waits(said, Q2) == [(marks.DECISION_TIME, 1, False), (marks.WAITING_STILL, 10, True)]


def test_a_first_contact_may_be_recorded_with_the_outcome_or_when_a_pause_ends() -> None:
    at_end = referral(SENT, ACCEPTED, ("07-09", "completed", "one-off-help-given"), contact="07-08")
    after = referral(
        SENT, ACCEPTED, ("07-05", "on-hold", "waitlist"), ("07-30", "in-progress"), contact="07-30"
    )
    assert (marks.WAITED, 6, False) in waits(at_end)
    assert (marks.WAITED, 28, False) in waits(after)


def test_an_end_without_contact_is_a_wait_of_at_least_so_long() -> None:
    ended = referral(SENT, ACCEPTED, ("07-12", "failed", "client-not-reached"))
    assert (marks.WAITED, 10, True) in waits(ended)
    assert waits(ended, Q4) == []


def test_who_still_waits_at_the_end_has_waited_until_its_last_day() -> None:
    assert waits(referral(SENT)) == [(marks.WAITING_STILL, 90, True)]
    assert waits(referral(SENT), Q4) == [(marks.WAITING_STILL, 182, True)]


def test_one_who_was_met_waits_no_more() -> None:
    assert waits(met_on("07-05"), Q4) == []


def test_a_contact_stays_when_the_outcome_with_which_it_was_recorded_is_taken_back() -> None:
    said = referral(
        ("09-20", "requested"),
        ("09-21", "accepted"),
        ("09-30 20:00", "completed", "one-off-help-given"),
        ("10-01 09:00", "in-progress"),
        ("10-01 10:00", "completed", "service-started"),
        contact="09-25",
    )
    assert (marks.WAITED, 5, False) in waits(said, Q3)
    assert waits(said, Q4) == []


def test_a_wait_of_more_than_a_year_is_a_year() -> None:
    assert waits(referral(("2025-01-02", "requested"))) == [(marks.WAITING_STILL, 365, True)]
    assert waits(referral(("2025-09-30", "requested"))) == [(marks.WAITING_STILL, 365, True)]
    assert waits(referral(("2025-10-01", "requested"))) == [(marks.WAITING_STILL, 364, True)]


def test_the_time_to_an_answer_is_that_of_a_refusal_too_but_of_no_cancellation() -> None:
    refused = referral(SENT, ("07-06", "rejected", "no-capacity"))
    called_off = referral(SENT, ("07-06", "cancelled", "no-answer"))
    assert (marks.DECISION_TIME, 4, False) in waits(refused)
    assert [one for one, _days, _censored in waits(called_off)] == [marks.WAITED]


def test_the_fifth_day_is_within_five_days_and_the_sixth_is_not() -> None:
    assert shares(met_on("07-07 23:59:59"))[:2] == (1, 1)
    assert shares(met_on("07-08 00:00"))[:2] == (1, 0)


def test_the_share_is_asked_in_the_quarter_of_the_fifth_day() -> None:
    for sent, quarter in (("09-25", Q3), ("09-26 00:00", Q4)):
        said = met_on("09-27", sent=sent)
        assert [one for one in (Q2, Q3, Q4) if shares(said, one)[0]] == [quarter], sent


def test_a_contact_recorded_after_the_quarter_of_the_fifth_day_comes_too_late_for_it() -> None:
    said = referral(("09-20", "requested"), ("09-21", "accepted"), ("10-01", "in-progress"), contact="09-22")
    assert shares(said, Q3)[:2] == (1, 0)
    assert shares(said, Q4)[:2] == (0, 0)


def test_one_that_ended_without_contact_before_the_fifth_day_was_not_followed_so_long() -> None:
    ends = {
        "07-06": 0,  # the fourth day
        "07-07": 1,  # the fifth
    }
    for day, followed in ends.items():
        assert shares(referral(SENT, (day, "cancelled", "client-moved")))[:2] == (followed, 0), day


def test_one_that_was_met_and_ended_before_the_fifth_day_counts_as_met() -> None:
    quick = referral(SENT, ACCEPTED, ("07-04", "completed", "one-off-help-given"), contact="07-03")
    assert shares(quick)[:2] == (1, 1)


def test_an_urgent_one_is_due_on_the_next_day() -> None:
    def urgent(day: str, urgency: str) -> tuple[int, int]:
        said = referral(SENT, ("07-02", "accepted"), (day, "in-progress"), contact=day, urgency=urgency)
        return shares(said)[2:]

    assert urgent("07-03 23:59:59", "urgent") == urgent("07-03", "asap") == urgent("07-02", "stat") == (1, 1)
    assert urgent("07-04 00:00", "urgent") == (1, 0)
    assert urgent("07-03", "routine") == (0, 0)


def test_a_pause_by_a_lapse_stops_no_clock() -> None:
    held = by_system(referral(SENT, ACCEPTED), "07-04", verb="lapse", to="on-hold", reason="agreement-lapsed")
    assert shares(held)[:2] == (1, 0)
    assert (marks.WAITING_STILL, 90, True) in waits(held)
