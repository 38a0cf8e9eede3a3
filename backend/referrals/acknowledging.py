"""The requester closes the loop, and says what comes next for the need; and the follow-up after ninety days."""

from datetime import date
from typing import Final

from django.utils import timezone

from backend.errors import Fault, Invalid
from backend.reference.lists import entry
from backend.referrals import choices, needs
from backend.referrals.models import Referral
from backend.referrals.stepping import taking
from permissions.actor import Actor

STILL_ENGAGED: Final = ("yes", "no", "not_known")


def acknowledge(
    by: Actor,
    referral: Referral,
    *,
    answer: str = "",
    look_again_on: date | None = None,
    version: int | None = None,
) -> Referral:
    """Acknowledge the outcome, once. Anything but help needs an answer; `wait` a date to look at it again.

    The answer sets the state of the need. Raises Invalid required, unknown_code or in_the_past.
    """
    given = ("acknowledgement_answer",) if answer else ()
    with taking(by, referral, verb="acknowledge", version=version, given=given) as taken:
        if answer:
            _answer(referral, answer, look_again_on)
        referral.acknowledged_at = timezone.now()
        taken.detail = answer
    return referral


def _answer(referral: Referral, answer: str, look_again_on: date | None) -> None:
    choices.listed("acknowledgement_answers", answer, at="/acknowledgement_answer")
    if answer == "wait":
        referral.look_again_on = _date_ahead(look_again_on)
    referral.acknowledgement_answer = answer
    needs.answered(referral, entry("acknowledgement_answers", answer).attributes["need_status"])


def _date_ahead(day: date | None) -> date:
    if day is None:
        raise Invalid(Fault("/look_again_on", "required"))
    if day <= timezone.now().date():
        raise Invalid(Fault("/look_again_on", "in_the_past"))
    return day


def follow_up(
    by: Actor, referral: Referral, *, still_engaged: str = "", version: int | None = None
) -> Referral:
    """Record, 90 days after a service was started, whether the person is still there. By code; opens nothing."""
    given = ("still_engaged",) if still_engaged else ()
    with taking(by, referral, verb="follow-up", version=version, given=given) as taken:
        if still_engaged not in STILL_ENGAGED:
            raise Invalid(Fault("/still_engaged", "unknown_code"))
        referral.still_engaged, referral.followed_up_at = still_engaged, timezone.now()
        taken.detail = still_engaged
    return referral
