"""Acts on a whole account: switching it off and on, signing somebody out, and who may let somebody back in.

Each reaches every role of the person, not the one alone by which the account was found. So whoever does it reaches
every live role: else one town could give somebody of another a role, and close them out of their own. Each team in
which the person has a live role finds it in its log.
"""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict
from backend.teams import sessions_end
from backend.teams.models import MachineToken, Membership
from backend.teams.models.base import live
from backend.teams.roster import not_over
from permissions import scope
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

ACTION: Final = "account.disable"
SWITCHES_ON: Final = "system.configure"


def ways_in(by: Actor, rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Narrow `rows` to the roles by which `by` may find a whole account: live ones, to a platform administrator all."""
    everywhere = any(seat.team_id is None for seat in by.seats_for(ACTION))
    return rows if everywhere else rows.filter(live())


def reaches(by: Actor, user_id: UUID) -> bool:
    """Say whether every role that the person holds now or is going to hold is within reach of `by`, who is another."""
    held = Membership.objects.filter(not_over(), user_id=user_id, valid_from__isnull=False)
    within = scope.visible_to(by, held, ACTION).values("pk")
    return by.id != user_id and not held.exclude(pk__in=within).exists()


def logs_of(user_id: UUID) -> set[UUID | None]:
    """Return the logs that hear of what is done to the account: the national one, and each team's of a live role."""
    held = Membership.objects.filter(live(), user_id=user_id)
    return {None, *held.values_list("team_id", flat=True)}


def disable_account(by: Actor, membership: Membership) -> None:
    """Switch off the account found by `membership`: sessions and tokens are refused from the next request on.

    Raises NotFound for a role that is over or out of sight, Forbidden for oneself and for whom `by` reaches in part.
    """
    user = membership.user
    with act(by, "account.disabled", user) as this:
        _authorise(by, membership)
        this.also(logs_of(user.id))
        user.is_active = False
        sessions_end.end_inside_an_act(user)


def enable_account(by: Actor, membership: Membership) -> None:
    """Switch an account on again, which only the platform does. What was open stays closed: sessions and tokens.

    Raises NotFound, Forbidden, Conflict `account_is_on`.
    """
    user = membership.user
    with act(by, "account.enabled", user) as this:
        by.require(SWITCHES_ON, membership)
        if user.is_active:
            raise Conflict("account_is_on")
        this.also(logs_of(user.id))
        user.is_active = True
        sessions_end.end_inside_an_act(user)
        now = timezone.now()
        for token in MachineToken.objects.filter(acting_for=user, expires_at__gt=now):
            token.expires_at = now
            token.save()


def sign_out_member(by: Actor, membership: Membership) -> None:
    """End all sessions of somebody whose account `by` may switch off. Raises as `disable_account` does."""
    user = membership.user
    with act(by, "account.sessions_ended", user) as this:
        _authorise(by, membership)
        this.also(logs_of(user.id))
        sessions_end.end_inside_an_act(user)


def _authorise(by: Actor, membership: Membership) -> None:
    by.require(ACTION, membership)
    if not ways_in(by, Membership.objects.filter(pk=membership.pk)).exists():
        raise NotFound
    if not reaches(by, membership.user_id):
        raise Forbidden
