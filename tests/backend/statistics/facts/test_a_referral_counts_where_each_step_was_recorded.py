"""R, P2, P6, A7: sending, answer and ending count in the quarter in which they were recorded, unless taken back."""

from backend.statistics.facts import marks
from backend.statistics.facts.model import REFERRAL
from tests.backend.statistics.facts.stories import (
    Q2,
    Q3,
    Q4,
    by_system,
    fact_with,
    of_referral,
    person,
    referral,
)

SENT, ACCEPTED = ("07-02", "requested"), ("07-03", "accepted")
ANSWERED = {marks.DECIDED, marks.ACCEPTED, marks.REJECTED, marks.ANSWER_COUNTS, marks.UNMET_OF, marks.UNMET}
OVER = {marks.ENDED, marks.DROPPED}


def test_the_first_and_the_last_second_of_a_quarter_are_in_it() -> None:
    for moment, quarter in (
        ("06-30 23:59:59", Q2),
        ("07-01 00:00", Q3),
        ("09-30 23:59:59", Q3),
        ("10-01 00:00", Q4),
    ):
        said = referral((moment, "requested"))
        counted = [one for one in (Q2, Q3, Q4) if of_referral(said, one)[marks.REQUESTED]]
        assert counted == [quarter], moment


def test_a_draft_is_no_referral_and_neither_is_one_that_was_thrown_away() -> None:
    sent = referral(SENT)
    draft = referral(("07-01", "edit"))
    thrown = referral(("07-01", "edit"), ("07-02", "cancelled", "client-moved"))
    assert (of_referral(sent)[marks.REQUESTED], of_referral(draft), of_referral(thrown)) == (1, {}, {})


def test_a_referral_of_which_nothing_was_recorded_in_a_quarter_only_waits_in_it() -> None:
    assert of_referral(referral(("05-02", "requested"))).keys() == {marks.WAITING_STILL}


def test_an_answer_is_one_of_two_and_both_make_up_what_was_decided() -> None:
    accepted, rejected = referral(SENT, ACCEPTED), referral(SENT, ("07-03", "rejected", "client-declined"))
    counts = {marks.DECIDED, marks.ANSWER_COUNTS, marks.UNMET_OF}
    assert of_referral(accepted).keys() & ANSWERED == counts | {marks.ACCEPTED}
    assert of_referral(rejected).keys() & ANSWERED == counts | {marks.REJECTED}


def test_what_is_recorded_on_behalf_of_a_provider_counts_like_any_answer() -> None:
    """Its steps have the same verbs; who reported them, a fact does not say."""
    reported = referral(SENT, ACCEPTED, recipient=None, sector_to="")
    assert of_referral(reported)[marks.ACCEPTED] == 1
    fact = fact_with(marks.ACCEPTED, person(reported), Q3, REFERRAL)
    assert (fact.organisation_to, fact.sector_to) == (None, "")


def test_an_answer_is_counted_in_its_own_quarter_and_not_in_that_of_the_sending() -> None:
    said = referral(("09-30", "requested"), ("10-01 00:00", "accepted"))
    assert of_referral(said, Q3).keys() & {marks.REQUESTED, *ANSWERED} == {marks.REQUESTED}
    assert of_referral(said, Q4)[marks.ACCEPTED] == 1
    assert of_referral(said, Q4)[marks.REQUESTED] == 0


def test_an_answer_that_was_taken_back_is_none_and_the_next_one_counts() -> None:
    undone = (SENT, ("07-03 10:00", "rejected", "no-capacity"), ("07-03 11:00", "requested"))
    assert not of_referral(referral(*undone)).keys() & {*ANSWERED, *OVER}
    again = of_referral(referral(*undone, ("07-04", "accepted")))
    assert (again[marks.DECIDED], again[marks.ACCEPTED], again[marks.REJECTED], again[marks.ENDED]) == (
        (1, 1, 0, 0)
    )


def test_what_was_rejected_twice_and_taken_back_once_is_rejected_once() -> None:
    said = referral(
        SENT,
        ("07-03 10:00", "rejected", "no-capacity"),
        ("07-03 11:00", "requested"),
        ("07-03 12:00", "rejected", "client-declined"),
    )
    found = of_referral(said)
    assert (found[marks.REJECTED], found[marks.UNMET], found[marks.ENDED]) == (1, 0, 1)


def test_only_the_undoing_before_the_end_of_the_quarter_takes_back() -> None:
    said = referral(
        ("09-20", "requested"), ("09-30 20:00", "rejected", "no-capacity"), ("10-01 09:00", "requested")
    )
    assert of_referral(said, Q3)[marks.REJECTED] == 1
    assert of_referral(said, Q4)[marks.REJECTED] == 0


def test_a_mistake_counts_nowhere_from_the_quarter_in_which_it_was_found() -> None:
    said = referral(("06-20", "requested"), ("06-21", "accepted"), ("07-02", "entered-in-error", "duplicate"))
    assert of_referral(said, Q2)[marks.ACCEPTED] == 1
    assert of_referral(said, Q3) == of_referral(said, Q4) == {}


def test_that_a_correction_was_only_asked_for_changes_nothing() -> None:
    said = referral(SENT, ("07-03", "rejected", "no-capacity"), ("07-09", "correct"))
    assert of_referral(said)[marks.REJECTED] == 1


def test_unmet_demand_is_a_refusal_for_want_of_a_place_and_not_for_the_person() -> None:
    for reason, unmet in (
        ("no-capacity", 1),
        ("waitlist", 1),
        ("not-eligible-area", 1),
        ("service-closed", 1),
        ("not-eligible-age", 0),
        ("needs-other-service", 0),
        ("client-declined", 0),
    ):
        found = of_referral(referral(SENT, ("07-03", "rejected", reason)))
        assert (found[marks.UNMET_OF], found[marks.UNMET]) == (1, unmet), reason


def test_unmet_demand_is_also_what_was_called_off_because_nobody_answered() -> None:
    for reason, counts in (
        ("no-answer", 1),
        ("service-closed", 1),
        ("client-moved", 0),
        ("consent-withdrawn", 0),
    ):
        found = of_referral(referral(SENT, ("07-20", "cancelled", reason)))
        assert (found[marks.ANSWER_COUNTS], found[marks.UNMET_OF], found[marks.UNMET]) == ((counts,) * 3), (
            reason
        )
        assert found[marks.DECIDED] == 0


def test_one_that_was_accepted_and_then_called_off_is_one_referral_in_the_denominator() -> None:
    found = of_referral(referral(SENT, ACCEPTED, ("07-20", "cancelled", "no-answer")))
    assert (found[marks.ANSWER_COUNTS], found[marks.UNMET_OF], found[marks.UNMET]) == (1, 1, 1)


def test_a_place_that_runs_out_after_acceptance_is_no_refusal() -> None:
    found = of_referral(referral(SENT, ACCEPTED, ("07-20", "failed", "no-capacity")))
    assert (found[marks.UNMET], found[marks.DROPPED]) == (0, 1)


def test_dropped_is_what_failed_or_was_cancelled_and_every_ending_is_ended() -> None:
    for ending, code, dropped in (
        ("failed", "client-not-reached", 1),
        ("cancelled", "client-moved", 1),
        ("completed", "assessed-not-needed", 0),
    ):
        found = of_referral(referral(SENT, ACCEPTED, ("08-01", ending, code)))
        assert (found[marks.ENDED], found[marks.DROPPED]) == (1, dropped), ending
    refused = of_referral(referral(SENT, ("07-03", "rejected", "no-capacity")))
    assert (refused[marks.ENDED], refused[marks.DROPPED]) == (1, 0)


def test_what_the_service_ends_by_itself_is_dropped_too() -> None:
    withdrawn = by_system(
        referral(SENT), "08-01", verb="withdraw", to="cancelled", reason="consent-withdrawn"
    )
    held = by_system(referral(SENT, ACCEPTED), "08-01", verb="lapse", to="on-hold", reason="agreement-lapsed")
    lapsed = by_system(held, "08-31", verb="lapse", to="cancelled", reason="agreement-lapsed")
    assert of_referral(withdrawn)[marks.DROPPED] == of_referral(lapsed)[marks.DROPPED] == 1
    assert of_referral(held)[marks.ENDED] == 0


def test_the_reason_of_an_ending_stands_in_the_fact_unless_it_tells_of_health_or_prison() -> None:
    for reason, said in (
        ("client-moved", "client-moved"),
        ("consent-withdrawn", "consent-withdrawn"),
        ("detained", ""),
        ("hospitalised", ""),
    ):
        told = person(referral(SENT, ACCEPTED, ("08-01", "cancelled", reason)))
        assert fact_with(marks.DROPPED, told, Q3, REFERRAL).reason == said


def test_an_acknowledgement_is_no_second_ending() -> None:
    said = referral(SENT, ("07-03", "rejected", "no-capacity"), ("10-05", "acknowledge", "need-stays-open"))
    assert of_referral(said, Q4)[marks.ENDED] == 0
