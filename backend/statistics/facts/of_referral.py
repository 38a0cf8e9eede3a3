"""What a referral counts as in a quarter: its marks, by what had been recorded when the quarter was over. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from backend.cases.classes import is_confidential
from backend.reference.lists import codes, entry
from backend.statistics.facts import marks
from backend.statistics.facts.model import MOST_DAYS
from backend.statistics.facts.referral_steps import Course, happened
from backend.statistics.periods import Span, day_of

UNMET_REJECTED: Final = frozenset({"no-capacity", "waitlist", "not-eligible-area", "service-closed"})
UNMET_CANCELLED: Final = frozenset({"no-answer", "service-closed"})
HELP: Final = frozenset({"service-started", "service-completed", "one-off-help-given"})
URGENT: Final = frozenset({"urgent", "asap", "stat"})
STARTED: Final = "service-started"
VIOLENCE, PRISON = "WV", "PR"
WAITS, FIRST_DAY, LOOP_CLOSES, LONG, FOLLOWED_UP, SAFE = 5, 1, 14, 90, 120, 2


def is_restricted(service: str) -> bool:
    """Say whether a service is named in national figures alone."""
    return bool(service) and (is_confidential(service) or group_of(service) in {VIOLENCE, PRISON})


def group_of(service: str) -> str:
    """Return the group of a service, "" where there is none."""
    found = codes("services").get(service)
    return found.attributes["group"] if found else ""


def last_service(courses: Iterable[Course], *, need_id: UUID) -> str:
    """Return the service of the referral that was sent last for a need, "" where none was."""
    sent = [(one.sent.at, one.said.service) for one in courses if one.sent and one.said.need_id == need_id]
    return max(sent, default=(None, ""))[1]


def main_marks(course: Course, span: Span, *, town: str) -> frozenset[str]:
    """Return the marks of the one fact that a referral has in a quarter, besides those with days."""
    found = {*_sending(course, span, town), *_answering(course, span), *_ending(course, span)}
    return frozenset(found | {*_following(course, span)})


def _sending(course: Course, span: Span, town: str) -> Iterator[str]:
    if not happened(course.sent, span):
        return
    said = course.said
    yield marks.REQUESTED
    if said.by_consent:
        yield marks.CONSENTED
    if said.sector_to and said.sector_from != said.sector_to:
        yield marks.CROSS_SECTOR
    if said.sector_to == "cso":
        yield marks.TO_CSO
    if said.town:
        yield marks.LOCATED
        if said.town != town:
            yield marks.ELSEWHERE


def _answering(course: Course, span: Span) -> Iterator[str]:
    answer, ending = course.answer, course.ending
    if happened(answer, span) and answer is not None:
        yield from (marks.DECIDED, marks.ANSWER_COUNTS, marks.UNMET_OF)
        yield marks.ACCEPTED if answer.to == "accepted" else marks.REJECTED
        if answer.to == "rejected" and answer.reason in UNMET_REJECTED:
            yield marks.UNMET
    if ending is None or not happened(ending, span):
        return
    if ending.to == "cancelled" and ending.reason in UNMET_CANCELLED:
        yield from (marks.ANSWER_COUNTS, marks.UNMET_OF, marks.UNMET)


def _ending(course: Course, span: Span) -> Iterator[str]:
    ending = course.ending
    if ending is None:
        return
    if happened(ending, span):
        yield marks.ENDED
        if ending.to in {"failed", "cancelled"}:
            yield marks.DROPPED
    closes = day_of(ending.at) + timedelta(days=LOOP_CLOSES)
    if ending.to != "cancelled" and span.holds(closes):
        yield marks.TO_ACKNOWLEDGE
        if course.acknowledged and day_of(course.acknowledged.at) <= closes:
            yield marks.ACKNOWLEDGED_14


def _following(course: Course, span: Span) -> Iterator[str]:
    urgent = course.said.urgency in URGENT
    for days, followed, within, counts in (
        (WAITS, marks.FOLLOWED_5, marks.WITHIN_5, True),
        (FIRST_DAY, marks.URGENT_FOLLOWED, marks.URGENT_WITHIN_1, urgent),
    ):
        if counts and was_followed(course, span, days=days):
            yield followed
            if met_within(course, days=days):
                yield within


def was_followed(course: Course, span: Span, *, days: int) -> bool:
    """Say whether the last of `days` days after sending is in the span, and nothing but contact ended it before."""
    last = sent_day(course) + timedelta(days=days)
    if not span.holds(last):
        return False
    return met_within(course, days=days) or course.ending is None or day_of(course.ending.at) >= last


def met_within(course: Course, *, days: int) -> bool:
    """Say whether the first contact was at most so many days after sending."""
    met = course.contact_day()
    return met is not None and (met - sent_day(course)).days <= days


def sent_day(course: Course) -> date:
    """Return the day on which a referral was sent."""
    if course.sent is None:
        raise ValueError("A referral that was not sent is counted nowhere.")
    return day_of(course.sent.at)


def waits(course: Course, span: Span) -> Iterator[tuple[str, int, bool]]:
    """Yield marks with days and whether they are censored: the wait for a contact, the wait for an answer."""
    sent, met, ending = sent_day(course), course.contact_day(), course.ending
    if met is not None and happened(course.contact, span):
        yield marks.WAITED, _days(sent, met), False
    elif met is None and ending is not None and happened(ending, span):
        yield marks.WAITED, _days(sent, day_of(ending.at)), True
    elif met is None and ending is None:
        yield marks.WAITING_STILL, _days(sent, span.last), True
    if happened(course.answer, span) and course.answer is not None:
        yield marks.DECISION_TIME, _days(sent, day_of(course.answer.at)), False


def _days(first: date, last: date) -> int:
    return min(max((last - first).days, 0), MOST_DAYS)


def later_marks(course: Course, span: Span) -> frozenset[str]:
    """Return what the ninetieth day after sending, and the 120th after a service began, say in the span."""
    found: set[str] = set()
    ninetieth = sent_day(course) + timedelta(days=LONG)
    ending = course.ending
    if span.holds(ninetieth):
        found.add(marks.FOLLOWED_90)
        if ending and ending.outcome in HELP and day_of(ending.at) <= ninetieth:
            found.add(marks.COMPLETED_90)
    if ending and ending.outcome == STARTED:
        answered = day_of(ending.at) + timedelta(days=FOLLOWED_UP)
        if span.holds(answered):
            found.add(marks.STARTED_90)
            if (
                course.follow_up
                and course.follow_up.detail == "yes"
                and day_of(course.follow_up.at) <= answered
            ):
                found.add(marks.ENGAGED_90)
    return frozenset(found)


def outcome_and_reason(course: Course, span: Span) -> tuple[str, str]:
    """Return the codes with which it was answered or ended in the span; empty where it was not."""
    step = next((one for one in (course.ending, course.answer) if happened(one, span)), None)
    if step is None:
        return "", ""
    reason = step.reason if step.to in {"rejected", "failed", "cancelled"} else ""
    return step.outcome, reason if not reason or not entry("referral_reasons", reason).attributes[
        "data_class"
    ] else ""
