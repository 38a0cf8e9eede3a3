"""N1 to N4: who was in coordination on a day of the quarter, was helped or new in it, or waits at its end."""

from dataclasses import replace
from uuid import UUID

from backend.statistics.facts import marks
from backend.statistics.facts.of_case import facts_of
from tests.backend.statistics.facts.stories import (
    Q2,
    Q3,
    Q4,
    by_system,
    joined,
    of_case,
    person,
    referral,
)

SENT, ACCEPTED = ("07-02", "requested"), ("07-03", "accepted")
HELPED = (SENT, ACCEPTED, ("07-06", "in-progress"))


def test_a_case_that_is_only_proposed_has_no_fact_of_a_person() -> None:
    assert not of_case(person(states=[("07-02", "proposed")]))
    assert not of_case(person(states=[("07-02", "proposed"), ("07-09", "closed")]))


def test_one_on_hold_all_quarter_is_in_coordination() -> None:
    held = person(states=[("02-01", "active"), ("03-01", "on_hold")])
    assert of_case(held)[marks.IN_COORDINATION] == 1


def test_the_first_day_of_the_quarter_counts_when_the_case_closes_on_it() -> None:
    last = person(states=[("02-01", "active"), ("07-01 00:00", "closed")])
    before = person(states=[("02-01", "active"), ("06-30 23:59:59", "closed")])
    assert of_case(last)[marks.IN_COORDINATION] == 1
    assert not of_case(before)


def test_the_last_second_of_the_quarter_counts_and_the_next_does_not() -> None:
    assert of_case(person(states=[("09-30 23:59:59", "active")]))[marks.NEW] == 1
    assert not of_case(person(states=[("10-01 00:00", "active")]))
    assert of_case(person(states=[("10-01 00:00", "active")]), Q4)[marks.NEW] == 1


def test_a_case_that_opened_and_closed_on_one_day_was_there_that_day() -> None:
    brief = person(states=[("08-01 09:00", "active"), ("08-01 15:00", "closed")])
    assert of_case(brief)[marks.IN_COORDINATION] == of_case(brief)[marks.NEW] == 1
    assert not of_case(brief, Q4)


def test_a_reopened_case_is_in_coordination_but_not_new() -> None:
    again = person(states=[("02-01", "active"), ("03-01", "closed"), ("08-01", "active")])
    assert (of_case(again)[marks.IN_COORDINATION], of_case(again)[marks.NEW]) == (1, 0)
    assert not of_case(again, Q2)


def test_a_case_that_was_closed_untouched_is_new_when_it_first_becomes_active() -> None:
    refused = person(states=[("02-01", "proposed"), ("02-03", "closed"), ("08-01", "active")])
    assert of_case(refused)[marks.NEW] == 1


def test_help_counts_in_the_quarter_in_which_the_outcome_was_recorded() -> None:
    late = person(referral(*HELPED, ("09-30 23:59:59", "completed", "service-started"), contact="07-06"))
    next_day = person(referral(*HELPED, ("10-01 00:00", "completed", "service-started"), contact="07-06"))
    assert of_case(late)[marks.HELPED] == 1
    assert (of_case(next_day)[marks.HELPED], of_case(next_day, Q4)[marks.HELPED]) == (0, 1)


def test_an_outcome_without_help_is_none() -> None:
    for outcome, helped in (
        ("one-off-help-given", 1),
        ("service-completed", 1),
        ("assessed-not-needed", 0),
        ("referred-on", 0),
    ):
        told = person(referral(*HELPED, ("08-01", "completed", outcome), contact="07-06"))
        assert of_case(told)[marks.HELPED] == helped, outcome


def test_help_that_was_taken_back_or_a_mistake_is_none() -> None:
    done = (*HELPED, ("08-01 10:00", "completed", "service-started"))
    undone = referral(*done, ("08-01 11:00", "in-progress"), contact="07-06")
    mistaken = referral(*done, ("08-09", "entered-in-error", "duplicate"), contact="07-06")
    assert of_case(person(undone))[marks.HELPED] == of_case(person(mistaken))[marks.HELPED] == 0


def test_two_kinds_of_help_are_one_person_helped() -> None:
    done = referral(*HELPED, ("08-01", "completed", "one-off-help-given"), contact="07-06")
    assert of_case(person(done, done))[marks.HELPED] == 1


def test_help_for_one_who_is_not_in_coordination_counts_nobody() -> None:
    done = referral(*HELPED, ("08-01", "completed", "one-off-help-given"), contact="07-06")
    assert not of_case(person(done, states=[("02-01", "active"), ("06-01", "closed")]))


def test_who_waits_for_an_answer_or_a_first_contact_at_the_end_waits() -> None:
    assert of_case(person(referral(SENT)))[marks.WAITING] == 1
    assert of_case(person(referral(SENT, ACCEPTED)))[marks.WAITING] == 1
    met = referral(SENT, ACCEPTED, ("09-30 23:59:59", "in-progress"), contact="09-30")
    assert of_case(person(met))[marks.WAITING] == 0


def test_a_contact_that_is_recorded_after_the_end_leaves_the_person_waiting_at_the_end() -> None:
    late = person(referral(SENT, ACCEPTED, ("10-01 00:00", "in-progress"), contact="09-29"))
    assert (of_case(late)[marks.WAITING], of_case(late, Q4)[marks.WAITING]) == (1, 0)


def test_on_hold_is_waiting_only_for_a_place_on_the_list() -> None:
    begun = (SENT, ACCEPTED, ("07-06", "in-progress"))
    for reason, waits in (("waitlist", 1), ("transport", 0), ("no-capacity", 0)):
        held = referral(*begun, ("08-01", "on-hold", reason), contact="07-06")
        assert of_case(person(held))[marks.WAITING] == waits, reason


def test_a_question_asked_on_the_waiting_list_ends_no_wait() -> None:
    held = referral(SENT, ACCEPTED, ("08-01", "on-hold", "waitlist"), ("08-09", "ask"), ("08-10", "reply"))
    assert of_case(person(held))[marks.WAITING] == 1


def test_what_a_lapse_holds_waits_for_no_provider() -> None:
    held = by_system(referral(SENT, ACCEPTED), "08-01", verb="lapse", to="on-hold", reason="agreement-lapsed")
    assert of_case(person(held))[marks.WAITING] == 0


def test_the_undoing_of_an_ending_leaves_it_in_progress_whatever_was_before() -> None:
    waited = (SENT, ACCEPTED, ("08-01", "on-hold", "waitlist"), ("08-05 10:00", "failed", "client-moved"))
    assert of_case(person(referral(*waited, ("08-05 11:00", "in-progress"))))[marks.WAITING] == 0
    at_once = (SENT, ACCEPTED, ("08-05 10:00", "completed", "service-started"))
    undone = referral(*at_once, ("08-05 11:00", "in-progress"), contact="08-04")
    assert of_case(person(undone))[marks.WAITING] == 0


def test_the_undoing_of_a_rejection_makes_the_person_wait_again() -> None:
    refused = (SENT, ("07-03 10:00", "rejected", "no-capacity"))
    assert of_case(person(referral(*refused)))[marks.WAITING] == 0
    assert of_case(person(referral(*refused, ("07-03 11:00", "requested"))))[marks.WAITING] == 1


def test_two_cases_that_were_joined_are_one_person() -> None:
    first = person(states=[("02-01", "active")])
    second = person(states=[("07-01", "active")])
    one, gone = joined(second, first, on="08-01")
    assert of_case(one)[marks.IN_COORDINATION] == 1
    assert of_case(one)[marks.NEW] == 0
    assert facts_of(gone, Q3) == []


def test_a_case_that_is_joined_after_the_end_of_the_quarter_is_still_one_of_its_own() -> None:
    _one, gone = joined(person(), person(), on="10-01 00:00")
    assert of_case(gone)[marks.IN_COORDINATION] == 1
    assert facts_of(gone, Q4) == []


def test_help_recorded_in_the_case_that_went_is_help_for_the_person() -> None:
    done = referral(*HELPED, ("07-20", "completed", "one-off-help-given"), contact="07-06")
    one, _gone = joined(person(), person(done), on="08-01")
    assert of_case(one)[marks.HELPED] == 1


def test_a_person_known_to_two_teams_counts_in_both_and_nothing_links_them() -> None:
    here = person()
    there = replace(here, team_id=UUID(int=77), town="there")
    [one], [other] = (
        [fact for fact in facts_of(told, Q3) if fact.kind == "case_quarter"] for told in (here, there)
    )
    assert one.marks == other.marks
    assert one.team_id != other.team_id
