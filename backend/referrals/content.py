"""The facts of the case that a referral opens: to its requester, in a preview, and to the recipient who accepted."""

from dataclasses import dataclass, field

from backend.cases import classes, reading, sealed_rows
from backend.cases.content import Content, Need
from backend.cases.items import ItemValue
from backend.cases.models import Case
from backend.cases.standing import standing
from backend.cases.terms import in_order
from backend.referrals.finding import needs_referred
from backend.referrals.models import Referral
from permissions.actor import Actor

AGE = "age_band"
PROFILE = "basic_profile"


@dataclass(frozen=True, slots=True)
class Facts:
    """What was opened. `need` is the one that the referral answers, None where its class is not open."""

    data_classes: tuple[str, ...] = ()
    need: Need | None = None
    age_band: ItemValue = None
    items: dict[str, ItemValue] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    flags: tuple[str, ...] = ()


def of_requester(referral: Referral) -> Facts:
    """Return what the requester wrote the referral from: the need and the age band."""
    return _outline(referral, frozenset(classes.stored()))


def of_preview(referral: Referral) -> Facts:
    """Return what decides about a request: the need and the age band, as far as they are offered."""
    return _outline(referral, frozenset(referral.data_classes) & set(classes.stored()))


def _outline(referral: Referral, wanted: frozenset[str]) -> Facts:
    facts = sealed_rows.open_classes(referral.case_id, data_classes=wanted)
    profile = facts.get(PROFILE, Content())
    return Facts(
        data_classes=in_order(wanted), need=need_of(referral, facts), age_band=profile.items.get(AGE)
    )


def need_of(referral: Referral, facts: sealed_rows.Facts) -> Need | None:
    """Return the need that the referral answers, where its class was opened."""
    needs = (need for content in facts.values() for need in content.needs)
    return next((need for need in needs if need.id == referral.need_id), None)


def of_recipient(by: Actor, referral: Referral) -> Facts:
    """Return what the consent opens to the recipient of an accepted referral. Raises NotFound without a reason."""
    case = Case(id=referral.case_id, team_id=referral.team_id)
    stands = standing(by, case)
    opened = in_order(stands.data_classes)
    facts = sealed_rows.open_classes(referral.case_id, data_classes=set(opened) & set(classes.stored()))
    items = reading.shown_items(stands, facts)
    return Facts(
        data_classes=opened,
        need=need_of(referral, facts),
        age_band=items.get(AGE),
        items=items,
        needs=reading.shown_needs(case, stands=stands, facts=facts, needs_referred=needs_referred),
        flags=tuple(sorted(flag for content in facts.values() for flag in content.flags)),
    )
