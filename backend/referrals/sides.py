"""On which side of a referral somebody stands, and which line of the policy each verb needs there."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from backend.referrals import agreement, lifecycle
from backend.referrals.lifecycle import ON_BEHALF, REQUESTER, SYSTEM, TARGET, Standing
from backend.referrals.models import Referral
from backend.referrals.models.reach import REACH
from permissions.actor import Actor
from permissions.scope import Forbidden

_ANSWERS: Final = frozenset({"accept", "reject"})
_BY_REQUESTER: Final = {
    "acknowledge": "referral.acknowledge",
    "cancel": "referral.cancel",
    "ask": "referral.ask",
    "reply": "referral.reply",
    "follow-up": "referral.follow_up",
}


def coordinates(by: Actor, team_id: UUID) -> bool:
    """Say whether `by` is the coordinator of the team, or the deputy acting in that place."""
    return any(seat.team_id == team_id and seat.word(REACH.view) == "yes" for seat in by.seats)


def sides_of(by: Actor, referral: Referral, *, cut_off: bool | None = None) -> frozenset[str]:
    """Return the sides on which `by` stands. The coordinator stands with the requester, whoever that is.

    The requester also reports for a provider without accounts, and for one whose agreement has lapsed or that is shut
    out of the case (`cut_off`, asked of the database where it is not known).
    """
    if by.kind == "system":
        return frozenset({SYSTEM})
    mine = by.organisations(team_id=referral.team_id)
    sides = {TARGET} if referral.recipient_organisation_id in mine else set()
    if referral.requester_organisation_id in mine or coordinates(by, referral.team_id):
        sides.add(REQUESTER)
        if cannot_answer(referral, cut_off=cut_off):
            sides.add(ON_BEHALF)
    return frozenset(sides)


def cannot_answer(referral: Referral, *, cut_off: bool | None = None) -> bool:
    """Say whether nobody of the recipient can answer: without accounts, agreement, or the case itself."""
    recipient = referral.recipient_organisation
    if recipient is None or referral.sent_at is None:
        return False
    if not recipient.has_accounts:
        return True
    return agreement.is_cut_off(referral) if cut_off is None else cut_off


def side_for(by: Actor, referral: Referral, *, verb: str, standing: Standing) -> str:
    """Return the side on which `by` takes `verb`: who stands on several takes it where it is legal now.

    Raises NotFound, or Forbidden for another side's verb.
    """
    mine = sides_of(by, referral)
    fitting = [side for side in lifecycle.SIDES if side in mine and lifecycle.belongs_to(verb, side)]
    if fitting == [SYSTEM]:
        return SYSTEM
    if not fitting:
        by.require(REACH.view, referral)
        raise Forbidden
    side = fitting[0]
    for other in fitting if len(fitting) > 1 else ():
        if verb in verbs_for(by, referral, standing=standing, who=(other,)):
            side = other
            break
    by.require(action_for(verb, side, status=referral.status), referral)
    return side


def action_for(verb: str, side: str, *, status: str) -> str:
    """Return the line of the policy that a verb needs on a side."""
    if side == ON_BEHALF:
        return "referral.report_on_behalf"
    if verb in _BY_REQUESTER:
        return _BY_REQUESTER[verb]
    if side == TARGET:
        answer = verb in _ANSWERS or (verb == "undo" and status == "rejected")
        return "referral.answer" if answer else "referral.report_progress"
    if verb == "correct" and status in lifecycle.ENDED:
        return "referral.correct"
    return "referral.create"


def verbs_for(by: Actor, referral: Referral, *, standing: Standing, who: Collection[str]) -> tuple[str, ...]:
    """Return the verbs that state, side and policy allow `by` now, without asking the database."""
    return tuple(
        sorted(
            {
                verb
                for side in who
                for verb in lifecycle.legal_verbs(standing, (side,))
                if _may(by, referral, action_for(verb, side, status=referral.status), side=side)
            }
        )
    )


def _may(by: Actor, referral: Referral, action: str, *, side: str) -> bool:
    owner = referral.recipient_organisation_id if side == TARGET else referral.requester_organisation_id
    return any(
        seat.team_id in {None, referral.team_id}
        and (seat.word(action) == "yes" or seat.organisation_id == owner)
        for seat in by.seats_for(action)
    )


def person(by: Actor) -> UUID:
    """Return the person who acts, or for whom a machine acts. Raises Forbidden for nobody."""
    found = by.acting_for or by.id
    if found is None:
        raise Forbidden
    return found


def organisation_of(by: Actor, referral: Referral, *, side: str) -> UUID | None:
    """Return for which organisation `by` takes a step on `side`."""
    if side == TARGET:
        return referral.recipient_organisation_id
    mine = by.organisations(team_id=referral.team_id)
    if referral.requester_organisation_id in mine:
        return referral.requester_organisation_id
    return min(mine, default=None)
