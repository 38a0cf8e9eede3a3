"""Invitations: the only way to an account. The link is shown once; who follows it chooses name and
password."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import uuid4

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict
from backend.teams import people, roster, second_person, secrets_shown_once
from backend.teams.actors import actor_for
from backend.teams.models import Invitation, Membership, Organisation, Team, User
from backend.teams.models.seconded import settled
from backend.teams.writing import signed
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

PREFIX: Final = "spona_in_"
LIFETIME: Final = timedelta(days=7)


def invite(
    by: Actor,
    *,
    role: str,
    team: Team | None = None,
    organisation: Organisation | None = None,
    services: Sequence[str] | None = None,
    steward: bool = False,
) -> tuple[Invitation, str]:
    """Open a place for one person for seven days, from its confirmation where it waits for a second person.

    Returns it with the secret of its link, which is not kept. Whoever may give the role may invite to it. Raises what
    giving it would raise.
    """
    secret, digest = secrets_shown_once.make(PREFIX)
    invitation = Invitation(
        role=role,
        team=team,
        organisation=organisation,
        services=None if services is None else list(services),
        organisation_steward=steward,
        invited_by_id=signed(by),
        token_hash=digest,
        expires_at=timezone.now() + LIFETIME,
    )
    with act(by, "invitation.created", team=team.id if team else None, role=role) as this:
        offered = _offered(invitation)
        roster.check_place(offered)
        line = roster.authorise(by, offered)
        roster.check_basis(offered)
        if second_person.ask(by, invitation, line=line):
            invitation.expires_at = invitation.waits_until  # type: ignore[assignment]  # there since it waits
        invitation.save()
        this.on(invitation)
    return invitation, secret


def accept(
    *, secret: str, username: str, display_name: str, password: str, language: str = "sr-Latn"
) -> User:
    """Open the account and give it the role. Works once, in time, and only while the inviter may still give
    the role.

    Raises NotFound for a link that is unknown, used, revoked or over (one answer for all), Invalid and
    Conflict as
    opening an account does.
    """
    found = Invitation.objects.filter(
        _open(), settled(), token_hash=secrets_shown_once.digest(secret)
    ).first()
    if found is None:
        raise NotFound
    user = User(id=uuid4(), username=username, display_name=display_name, language=language)
    with act(Actor(id=user.id), "invitation.accepted", found):
        if not Invitation.objects.filter(_open(), settled(), pk=found.pk).exists():
            raise NotFound
        try:
            _still_given(actor_for(found.invited_by_id), found)
        except Conflict as error:
            raise NotFound from error
        people.open_account(user, password)
        people.give(_offered(found, user=user))
        found.accepted_at, found.accepted_by = timezone.now(), user
        found.save()
    return user


def revoke(by: Actor, invitation: Invitation) -> None:
    """Close a place that nobody has taken. Raises Conflict when it is taken, revoked or over."""
    with act(by, "invitation.revoked", invitation):
        roster.authorise(by, _offered(invitation))
        if not Invitation.objects.filter(_open(), pk=invitation.pk).exists():
            raise Conflict("invitation_over")
        _close(invitation)


def confirm(by: Actor, invitation: Invitation) -> None:
    """Let the link work for seven days, as the second person.

    Raises what `second_person.confirm` raises, Conflict proposer_may_not, and for what the role rests on.
    """
    with act(by, "invitation.confirmed", invitation, role=invitation.role):
        inviter = second_person.confirm(by, invitation)
        _still_given(inviter, invitation)
        roster.check_basis(_offered(invitation))
        invitation.expires_at = timezone.now() + LIFETIME
        invitation.save()


def decline(by: Actor, invitation: Invitation) -> None:
    """Say no to an invitation that waits. Raises what `second_person.decline` raises."""
    with act(by, "invitation.declined", invitation, role=invitation.role):
        second_person.decline(by, invitation)
        _close(invitation)


def _close(invitation: Invitation) -> None:
    invitation.revoked_at, invitation.waits_until = timezone.now(), None
    invitation.save()


def _still_given(inviter: Actor, invitation: Invitation) -> None:
    try:
        roster.authorise(inviter, _offered(invitation))
    except Forbidden as error:
        raise Conflict("proposer_may_not") from error


def _open() -> Q:
    return Q(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now())


def _offered(invitation: Invitation, *, user: User | None = None) -> Membership:
    return Membership(
        user=user,
        role=invitation.role,
        team=invitation.team,
        organisation=invitation.organisation,
        services=invitation.services,
        organisation_steward=invitation.organisation_steward,
        proposed_by_id=invitation.invited_by_id,
        asked_roles=invitation.asked_roles,
        confirmed_by_id=invitation.confirmed_by_id,
        confirmed_at=invitation.confirmed_at,
    )
