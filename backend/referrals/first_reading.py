"""What the requester sees of a referral that was just created, from what was at hand: nothing is asked again."""

from typing import Any

from backend.cases.content import Content
from backend.referrals import content, sides
from backend.referrals.access import FULL
from backend.referrals.content import Facts
from backend.referrals.creating import Created
from backend.referrals.lifecycle import REQUESTER
from backend.referrals.models import ReferralEvent
from backend.referrals.reading import EVENT, Reading
from backend.referrals.services import code_of
from backend.referrals.standing import standing_from
from permissions.actor import Actor


def read_created(by: Actor, made: Created) -> Reading:
    """Return the reading of a new referral for the one who made it. The entry of the act covers the opening."""
    referral = made.referral
    standing = standing_from(referral, basis_holds=referral.basis_until is not None, owing=frozenset())
    who = sides.sides_of(by, referral, cut_off=False)
    return Reading(
        referral=referral,
        access=FULL,
        side=REQUESTER,
        allowed_actions=sides.verbs_for(by, referral, standing=standing, who=who),
        service_code=code_of(referral),
        reason_code="",
        facts=_facts(made),
        appointment=None,
        events=(_event(made.event),),
        questions=(),
        needs_rerouting=False,
        overdue=False,
        asked_to_confirm=False,
    )


def _facts(made: Created) -> Facts:
    profile = made.facts.get(content.PROFILE, Content())
    need = content.need_of(made.referral, made.facts)
    return Facts(need=need, age_band=profile.items.get(content.AGE))


def _event(event: ReferralEvent) -> dict[str, Any]:
    return {**{name: getattr(event, name) for name in EVENT}, "by_organisation": event.by_organisation_id}
