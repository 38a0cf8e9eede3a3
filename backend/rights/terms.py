"""What a request may say, and until when it is to be answered. Pure.

The kinds are the rights of ZZPL arts 26 to 37 and the complaint; thirty days from receipt, sixty more once, for a
reason, as its art. 21 has it (article numbers from a secondary source, unverified).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from backend.errors import Fault

ACCESS, RECTIFICATION, ERASURE = "access", "rectification", "erasure"
KINDS: Final = (ACCESS, RECTIFICATION, ERASURE, "restriction", "objection", "complaint")
CHANNELS: Final = ("in_person", "letter", "phone", "representative")
PROLONG_REASONS: Final = ("complex", "many_requests")
GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"
ANSWERS: Final = (GRANTED, PARTLY, REFUSED)
# Why less was done than was asked for; a request that is granted has no reason.
REASONS: Final = (
    "not_the_person",
    "unfounded",
    "excessive",
    "rights_of_others",
    "duty_in_law",
    "nothing_held",
)
TERM: Final = timedelta(days=30)
LONGER: Final = timedelta(days=60)


def due_on(received_on: date, *, prolonged: bool = False) -> date:
    """Return the last day for the answer, counted from the day of receipt."""
    return received_on + TERM + (LONGER if prolonged else timedelta())


def answer_faults(answer: str, *, reason: str) -> Iterator[Fault]:
    """Yield what is wrong with an answer: it is one of three, and less than all needs a reason."""
    if answer not in ANSWERS:
        yield Fault("/answer", "unknown_code")
    elif answer == GRANTED and reason:
        yield Fault("/reason", "not_for_this_step")
    elif answer != GRANTED and reason not in REASONS:
        yield Fault("/reason", "unknown_code" if reason else "required")


def record_faults(*, kind: str, channel: str, received_on: date, today: date) -> Iterator[Fault]:
    """Yield what is wrong with a new request: unknown codes, a day to come, or one long past its term."""
    if kind not in KINDS:
        yield Fault("/kind", "unknown_code")
    if channel not in CHANNELS:
        yield Fault("/channel", "unknown_code")
    if not today - TERM - LONGER <= received_on <= today:
        yield Fault("/received_on", "out_of_range")
