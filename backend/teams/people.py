"""Accounts and roles: opening, giving, changing and ending them. Each is one act, none is ever one's own to
give."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict, Fault, Invalid, Stale
from backend.teams import roster, second_person, widening
from backend.teams.models import ActingSpell, MachineToken, Membership, Organisation, Team, User
from backend.teams.models.base import live
from backend.teams.models.user import LANGUAGES
from backend.teams.writing import needed
from permissions import grants
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

CHANGEABLE = frozenset({"services", "organisation_steward", "valid_until"})
LONGEST = timedelta(days=3653)  # ten years


def create_user(
    by: Actor,
    *,
    username: str,
    display_name: str,
    password: str | None = None,
    language: str = "sr-Latn",
    email: str = "",
    team: Team | None = None,
) -> User:
    """Open an account without any role. `team` is the one for which a coordinator or lead opens it.

    Raises Invalid for a weak password or unknown language, Conflict for a user name that is taken.
    """
    user = User(username=username, display_name=display_name, email=email, language=language)
    with act(by, "account.created", team=team.id if team else None) as this:
        if needed(by, "account.create"):
            by.require("account.create", Membership(team=team))
        open_account(user, password)
        this.on(user)
    return user


def open_account(user: User, password: str | None) -> None:
    """Save a new account inside the running act. Without a password it cannot be signed in to."""
    if user.language not in dict(LANGUAGES):
        raise Invalid(Fault("/language", "unknown_code"))
    if User.objects.filter(username__iexact=user.username).exists():
        raise Conflict("username_taken")
    if password is None:
        user.set_unusable_password()
    else:
        _check_password(password, user)
        user.set_password(password)
    user.save()


def change_account(by: Actor, user: User, *, changes: Mapping[str, str], version: int | None = None) -> None:
    """Change one's own language, display name or address for letters. Raises Forbidden for somebody else's account."""
    with act(by, "account.changed", user, fields=sorted(changes)):
        if by.id != user.id:
            raise Forbidden
        if version is not None and user.version != version:
            raise Stale
        if changes.get("language", user.language) not in dict(LANGUAGES):
            raise Invalid(Fault("/language", "unknown_code"))
        for name in ("language", "display_name", "email"):
            setattr(user, name, changes.get(name, getattr(user, name)))
        user.save()


def add_membership(
    by: Actor,
    *,
    user: User,
    role: str,
    team: Team | None = None,
    organisation: Organisation | None = None,
    services: Sequence[str] | None = None,
    steward: bool = False,
    valid_until: datetime | None = None,
) -> Membership:
    """Give `user` a role, from its confirmation where it waits for a second person.

    Raises Invalid, Conflict (see `roster.check`) or Forbidden.
    """
    membership = Membership(
        user=user,
        role=role,
        team=team,
        organisation=organisation,
        organisation_steward=steward,
        valid_until=valid_until,
    )
    membership.services = None if services is None else list(services)
    with act(by, "membership.added", team=team.id if team else None, user=user.id, role=role) as this:
        roster.check_place(membership)
        line = roster.authorise(by, membership)
        membership.proposed_by_id = by.id if line else None
        if second_person.ask(by, membership, line=line):
            membership.valid_from = None
        give(membership)
        this.on(membership)
    return membership


def give(membership: Membership) -> None:
    """Save a membership inside the running act, with its grant on the team if it begins, once the rules allow it."""
    # One person's roles are decided one after the other: two at once could each miss the other.
    User.objects.select_for_update().get(pk=membership.user_id)
    roster.check(membership)
    _check_end(membership, membership.valid_until, pointer="/valid_until")
    membership.save()
    _grant(membership)


def change_membership(
    by: Actor, membership: Membership, *, changes: Mapping[str, Any], version: int | None = None
) -> None:
    """Change services, the steward's flag or the end. What widens the role may wait for a second person; the rest
    holds at once, and takes back what waited.

    Raises Stale, Invalid, Conflict for one that is over, still_waiting, already_waiting.
    """
    if set(changes) - CHANGEABLE:
        raise Invalid(*(Fault(f"/{name}", "unknown_field") for name in sorted(set(changes) - CHANGEABLE)))
    with act(by, "membership.changed", membership, fields=sorted(changes)):
        line = roster.authorise(by, membership)
        if version is not None and membership.version != version:
            raise Stale
        _still_held(membership)
        if membership.valid_from is None:
            raise Conflict("still_waiting")
        _check_end(membership, changes.get("valid_until"), pointer="/valid_until")
        _widen_or_wait(by, membership, changes, line=line)
        membership.save()
        _grant(membership)


def _widen_or_wait(by: Actor, membership: Membership, changes: Mapping[str, Any], *, line: str) -> None:
    """Set what is changed, and keep what gives more for a second person. Whatever waited before is over."""
    before = {name: getattr(membership, name) for name in changes}
    wider = widening.wider(before, changes)
    if wider and second_person.still_waits(membership):
        raise Conflict("already_waiting")
    _set(membership, changes)
    roster.check_place(membership)
    membership.wanted = membership.waits_until = None
    if wider and second_person.ask(by, membership, line=line):
        _set(membership, {name: before[name] for name in wider})
        membership.wanted, membership.proposed_by_id = widening.kept(wider), by.id


def confirm_membership(by: Actor, membership: Membership) -> None:
    """Let a role begin, or a change of one hold, as the second person. All rules are asked anew.

    Raises what `second_person.confirm` raises, Conflict proposer_may_not, membership_over, and of `roster.check`.
    """
    with act(by, "membership.confirmed", membership, role=membership.role, user=membership.user_id):
        proposer = second_person.confirm(by, membership)
        _still_held(membership)
        try:
            roster.authorise(proposer, membership)
        except (Forbidden, NotFound) as error:
            raise Conflict("proposer_may_not") from error
        if membership.wanted is None:
            membership.valid_from = timezone.now()
        else:
            _set(membership, widening.read(membership.wanted))
            membership.wanted = None
        _still_held(membership)
        give(membership)


def decline_membership(by: Actor, membership: Membership) -> None:
    """Say no to a role, or to a change of one, that waits. Raises what `second_person.decline` raises."""
    with act(by, "membership.declined", membership, role=membership.role, user=membership.user_id):
        second_person.decline(by, membership)
        membership.wanted = None
        if membership.valid_from is None:
            membership.valid_until = timezone.now()
        membership.save()


def _set(membership: Membership, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(membership, name, value)


def end_membership(by: Actor, membership: Membership, *, at: datetime | None = None) -> None:
    """End a role now, or at a later moment: with it go the grant on the team, acting, and tokens of the team.

    What the person holds in cases is replaced by `backend.cases.departures`, which calls this. One that waits for its
    second person ends now, with nothing to take along.
    Raises Invalid (in_the_past, before_valid_from, too_long: more than ten years) and Conflict.
    """
    with act(by, "membership.ended", membership, role=membership.role, user=membership.user_id):
        roster.authorise(by, membership)
        _still_held(membership)
        _check_end(membership, at, pointer="/at")
        membership.wanted = membership.waits_until = None
        if membership.valid_from is None:
            membership.valid_until = timezone.now()
            membership.save()
            return
        moment = at or max(timezone.now(), membership.valid_from)
        membership.valid_until = moment
        membership.save()
        _end_grant(membership, at)
        for spell in ActingSpell.objects.filter(live(), membership=membership):
            spell.valid_until = moment
            spell.save()
        _end_tokens(membership, moment)


def _still_held(membership: Membership) -> None:
    if membership.valid_until is not None and membership.valid_until <= timezone.now():
        raise Conflict("membership_over")


def _check_end(membership: Membership, end: datetime | None, *, pointer: str) -> None:
    """Raise Invalid unless a role may end then: after now, after its beginning, within ten years."""
    if end is None:
        return
    now = timezone.now()
    if end <= now:
        raise Invalid(Fault(pointer, "in_the_past"))
    begun = None if membership._state.adding else membership.valid_from
    if begun is not None and end < begun:
        raise Invalid(Fault(pointer, "before_valid_from"))
    if end > now + LONGEST:
        raise Invalid(Fault(pointer, "too_long"))


def _grant(membership: Membership) -> None:
    """Write the grant on the team of a coordinator or deputy who has begun; it ends with the membership."""
    if membership.role not in roster.APPOINTED or membership.team is None or membership.valid_from is None:
        return
    group = grants.team_group(role=membership.role, team_id=membership.team.id)
    grants.give(
        membership.team,
        group=group,
        codename=grants.COORDINATES,
        reason="role",
        source_id=membership.id,
        until=membership.valid_until,
    )


def _end_grant(membership: Membership, at: datetime | None) -> None:
    """Take the grant back now, or let it end by the clock with the membership."""
    if at is not None:
        _grant(membership)
    elif membership.team is not None:
        grants.take(membership.team, source_id=membership.id, reason="role")


def _end_tokens(membership: Membership, moment: datetime) -> None:
    tokens = MachineToken.objects.filter(acting_for_id=membership.user_id, expires_at__gt=moment)
    if membership.team_id is not None:
        tokens = tokens.filter(team_id=membership.team_id)
    for token in tokens:
        token.expires_at = moment
        token.save()


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        codes = (str(problem.code) for problem in error.error_list)
        raise Invalid(*(Fault("/password", code) for code in codes)) from error
