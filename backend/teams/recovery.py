"""Back in after every second factor was lost. One person starts it, another confirms, and a link works once.

Whoever may switch an account off may let it back in: coordinator, municipal lead, data protection officer for the
own team, platform administrator for everybody. Never the one whom it is for, and never one person alone. The link
only takes the lost factors away: the password is still needed, and the next sign-in adds a new factor. It is an act
on the whole account (`accounts`): both reach every role of the person, when they say so and when the link is used.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict
from backend.teams import accounts, letters, second_factor, secrets_shown_once, sessions_end
from backend.teams.accounts import ACTION
from backend.teams.actors import actor_for, live_memberships
from backend.teams.models import Membership, Recovery, User
from backend.teams.writing import signed
from permissions import scope
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

PREFIX: Final = "spona_re_"
# How long the second person has, and how long the link works then.
TO_CONFIRM: Final = timedelta(hours=24)
TO_USE: Final = timedelta(minutes=30)


def start(by: Actor, *, membership: Membership) -> Recovery:
    """Start it for the holder of a live role. Raises Forbidden, Conflict membership_over or recovery_open."""
    recovery = Recovery(
        membership=membership,
        team_id=membership.team_id,
        user_id=membership.user_id,
        started_by_id=signed(by),
        expires_at=timezone.now() + TO_CONFIRM,
    )
    with act(by, "recovery.started", recovery, user=membership.user_id) as this:
        _not_for_oneself(by, recovery)
        _agreed_by(by, recovery)
        this.also(accounts.logs_of(recovery.user_id))
        if Recovery.objects.filter(_open(), user_id=membership.user_id).exists():
            raise Conflict("recovery_open")
        recovery.save()
        _tell("recovery_started", recovery)
    return recovery


def confirm(by: Actor, recovery: Recovery) -> str:
    """Confirm it as the second person. Returns the secret of the link, which is not kept: it works for half an hour.

    Raises Forbidden for the one who started it and the one it is for, Conflict recovery_over or membership_over.
    """
    secret, digest = secrets_shown_once.make(PREFIX)
    with act(by, "recovery.confirmed", recovery, user=recovery.user_id) as this:
        _not_for_oneself(by, recovery)
        if by.id == recovery.started_by_id:
            raise Forbidden
        _still_open(recovery)
        _agreed_by(by, recovery)
        this.also(accounts.logs_of(recovery.user_id))
        if recovery.confirmed_by_id is not None:
            raise Conflict("recovery_over")
        recovery.confirmed_by_id, recovery.confirmed_at = signed(by), timezone.now()
        recovery.link_hash, recovery.expires_at = digest, timezone.now() + TO_USE
        recovery.save()
        _tell("recovery_confirmed", recovery)
    return secret


def revoke(by: Actor, recovery: Recovery) -> None:
    """Stop one that has not been used. Raises Forbidden, Conflict recovery_over."""
    with act(by, "recovery.revoked", recovery, user=recovery.user_id) as this:
        _not_for_oneself(by, recovery)
        this.also(accounts.logs_of(recovery.user_id))
        _still_open(recovery)
        recovery.revoked_at = timezone.now()
        recovery.save()


def found(secret: str) -> Recovery:
    """Return the recovery of a link that works now. Raises NotFound for any other: one answer for all."""
    links = Recovery.objects.filter(_open(), link_hash=secrets_shown_once.digest(secret))
    recovery = links.select_related("user").first()
    if recovery is None or not _agreed_still(recovery):
        raise NotFound
    return recovery


def use(recovery: Recovery) -> None:
    """Take every factor away and end all sessions, for somebody who has just shown link and password."""
    with act(Actor(id=recovery.user_id), "recovery.used", recovery) as this:
        user = User.objects.select_for_update().get(pk=recovery.user_id)
        if not Recovery.objects.filter(_open(), pk=recovery.pk).exists() or not _agreed_still(recovery):
            raise NotFound
        this.also(accounts.logs_of(user.id))
        second_factor.remove_all(user)
        sessions_end.end_inside_an_act(user)
        recovery.used_at = timezone.now()
        recovery.save()
        _tell("recovery_used", recovery)


def _not_for_oneself(by: Actor, recovery: Recovery) -> None:
    if by.id == recovery.user_id or not scope.may(by, ACTION, recovery.membership):
        raise Forbidden


def _still_open(recovery: Recovery) -> None:
    if not Recovery.objects.filter(_open(), pk=recovery.pk).exists():
        raise Conflict("recovery_over")


def _agreed_by(by: Actor, recovery: Recovery) -> None:
    """Raise Conflict for a role that is over, Forbidden where a role of the person is out of reach of `by`."""
    # One after the other for one person: two at once could each miss the other, or a role just given.
    User.objects.select_for_update().get(pk=recovery.user_id)
    if not _held(recovery):
        raise Conflict("membership_over")
    if not accounts.reaches(by, recovery.user_id):
        raise Forbidden


def _agreed_still(recovery: Recovery) -> bool:
    """Say whether the role is still held, and both who agreed could still agree now."""
    both = (recovery.started_by_id, recovery.confirmed_by_id)
    return _held(recovery) and all(one is not None and _may_still(one, recovery) for one in both)


def _may_still(who: UUID, recovery: Recovery) -> bool:
    by = actor_for(who)
    return scope.may(by, ACTION, recovery.membership) and accounts.reaches(by, recovery.user_id)


def _held(recovery: Recovery) -> bool:
    return live_memberships().filter(pk=recovery.membership_id).exists()


def _open() -> Q:
    return Q(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


def _tell(event: str, recovery: Recovery) -> None:
    ids: set[UUID | None] = {recovery.user_id, recovery.started_by_id, recovery.confirmed_by_id}
    letters.tell(event, User.objects.filter(pk__in=ids - {None}))
