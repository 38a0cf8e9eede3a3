"""Spells in which a deputy acts in the coordinator's place. Somebody else always says so, never the
deputy."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict, Fault, Invalid
from backend.teams.models import ActingSpell, Membership
from backend.teams.models.base import live
from backend.teams.writing import needed
from permissions.actor import Actor
from permissions.scope import Forbidden

REASONS: Final = frozenset({"absent", "conflict_of_interest", "late_triage"})


def start_acting(
    by: Actor, membership: Membership, *, reason: str, until: datetime | None = None
) -> ActingSpell:
    """Let a deputy act as the coordinator from now on, at most `until`. Raises Conflict for who is no
    deputy now."""
    if reason not in REASONS:
        raise Invalid(Fault("/reason", "unknown_code"))
    if until is not None and until <= timezone.now():
        raise Invalid(Fault("/until", "in_the_past"))
    spell = ActingSpell(membership=membership, team=membership.team, reason=reason, valid_until=until)
    with act(by, "acting.started", membership, needs=needed(by, "membership.manage"), reason=reason):
        _not_oneself(by, membership)
        deputies = Membership.objects.filter(live(), pk=membership.pk, role="deputy_coordinator")
        if not deputies.exists():
            raise Conflict("not_a_deputy")
        if ActingSpell.objects.filter(live(), membership=membership).exists():
            raise Conflict("already_acting")
        spell.save()
    return spell


def end_acting(by: Actor, membership: Membership) -> None:
    """End the spell that runs. Raises Conflict when none does. The deputy may lay it down too."""
    own = by.id == membership.user_id
    needs = None if own else needed(by, "membership.manage")
    with act(by, "acting.ended", membership, needs=needs):
        spell = ActingSpell.objects.filter(live(), membership=membership).first()
        if spell is None:
            raise Conflict("not_acting")
        spell.valid_until = timezone.now()
        spell.save()


def _not_oneself(by: Actor, membership: Membership) -> None:
    if by.id == membership.user_id:
        raise Forbidden
