"""What had become of a referral by a moment: its steps as they stood then, without those that were taken back. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from backend.reference.lists import entry
from backend.referrals.lifecycle import ENDED
from backend.statistics.facts.said import Said, Step, Told
from backend.statistics.periods import Span, day_of

ERROR = "entered-in-error"
ANSWERS = frozenset({"accepted", "rejected"})
MEETS = frozenset({"start", "resume", "complete"})


@dataclass(frozen=True, slots=True)
class Course:
    """The steps that counted at one moment; a moment later it may be another course.

    `contact` is the step by which the first contact was recorded: it stays when that step is taken back.
    """

    said: Said
    steps: tuple[Step, ...]
    contact: Step | None = None

    @property
    def status(self) -> str:
        """Return the status at that moment; "" for a referral that was not there yet."""
        return self.steps[-1].to if self.steps else ""

    @property
    def sent(self) -> Step | None:
        """Return the step by which it was sent, None for a draft."""
        return next((one for one in self.steps if one.verb == "send"), None)

    @property
    def answer(self) -> Step | None:
        """Return the step by which it was accepted or rejected."""
        return next((one for one in self.steps if one.to in ANSWERS and one.source == "requested"), None)

    @property
    def ending(self) -> Step | None:
        """Return the step that ended it, if it has ended."""
        return next((one for one in self.steps if one.to in ENDED and one.source not in ENDED), None)

    @property
    def acknowledged(self) -> Step | None:
        """Return the step by which the requester closed the loop."""
        return next((one for one in self.steps if one.verb == "acknowledge"), None)

    @property
    def follow_up(self) -> Step | None:
        """Return the answer to whether the person is still there."""
        return next((one for one in self.steps if one.verb == "follow-up"), None)

    @property
    def waits(self) -> bool:
        """Say whether the person waits: for an answer, for the first contact, or on a waiting list."""
        last = self.steps[-1] if self.steps else None
        held = next((one for one in reversed(self.steps) if one.to == "on-hold" != one.source), None)
        return (
            self.status == "requested"
            or (self.status == "accepted" and self.contact is None)
            or (last is not None and last.to == "on-hold" and held is not None and held.reason == "waitlist")
        )

    @property
    def helped(self) -> Step | None:
        """Return the step by which it ended with help given."""
        end = self.ending
        if end is None or end.to != "completed" or not end.outcome:
            return None
        return end if entry("referral_outcomes", end.outcome).is_yes("help_given") else None

    def contact_day(self) -> date | None:
        """Return the day of the first contact, where one was recorded by then."""
        return day_of(self.said.contact_at) if self.contact and self.said.contact_at else None


def course(said: Said, *, until: datetime) -> Course | None:
    """Return how a referral stood just before `until`; None where it was a mistake by then, or no more than a draft."""
    kept: list[Step] = []
    taken = sorted((step for step in said.steps if step.at < until), key=lambda step: step.at)
    for one in taken:
        if one.to == ERROR:
            return None
        if one.verb == "undo":
            _take_back(kept, one)
        kept.append(one)
    found = Course(said, tuple(kept), _contact(said, taken))
    return found if found.sent else None


def courses_of(told: Told, span: Span) -> list[Course]:
    """Return the referrals of a person as they stood when a span was over, those of joined cases among them."""
    said = (one for part in (told, *told.joined) for one in part.referrals)
    return [found for one in said if (found := course(one, until=span.end)) is not None]


def _contact(said: Said, taken: Iterable[Step]) -> Step | None:
    at = said.contact_at
    return None if at is None else next((one for one in taken if one.verb in MEETS and at <= one.at), None)


def _take_back(kept: list[Step], undo: Step) -> None:
    """Remove the step that is taken back, with what came after it; the undoing says where it stands since."""
    for at in range(len(kept) - 1, -1, -1):
        if kept[at].to == undo.source != kept[at].source:
            del kept[at:]
            return


def happened(step: Step | None, span: Span) -> bool:
    """Say whether a step was recorded in a span of days."""
    return step is not None and span.begin <= step.at < span.end


def helped_in(courses: Iterable[Course], span: Span) -> bool:
    """Say whether any of them ended with help given in a span of days."""
    return any(happened(one.helped, span) for one in courses)
