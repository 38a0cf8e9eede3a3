"""Machine tokens: opaque, shown once, for one team and named operations, and never longer than what they
rest on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from audit.acts import act
from backend.errors import Conflict, Fault, Invalid
from backend.teams import networks as cidr
from backend.teams import second_person, secrets_shown_once
from backend.teams.actors import actor_for, live_memberships
from backend.teams.models import MachineToken, Memorandum, SharingAgreement, Team, User
from backend.teams.models.base import live
from backend.teams.models.seconded import settled
from backend.teams.writing import needed, signed
from permissions.actor import Actor
from permissions.roles import POLICY
from permissions.scope import Forbidden, NotFound

PREFIX: Final = "spona_mt_"
ISSUE: Final = "token.issue"
LONGEST: Final = timedelta(days=90)
OVERLAP: Final = timedelta(days=7)
# Narratives are for people; what asks for the second factor again cannot be done by a machine; tokens breed
# none.
# Of the other lines that ask for the factor a token may have the reading; the API refuses it every change.
NEVER: Final = frozenset({"case.view_sealed", "breakglass.request", ISSUE})
_ENDLESS: Final = datetime.max.replace(tzinfo=timezone.get_default_timezone())


def authenticate(secret: str, *, address: str = "") -> Actor | None:
    """Return whom the token acts for, with the roles that are live now; None for a token that is not, is no longer,
    waits for its second person, or is not used from its networks.

    Two queries. With the memorandum, the agreement or the membership the token ends at the next request.
    """
    if not secret.startswith(PREFIX):
        return None
    found = MachineToken.objects.filter(
        settled(), token_hash=secrets_shown_once.digest(secret), expires_at__gt=Now(), revoked_at__isnull=True
    )
    row = found.values_list("acting_for_id", "team_id", "operations", "networks").first()
    if row is None or not cidr.within(row[3], address):
        return None
    user_id, team_id, operations, _ = row
    actor = actor_for(
        user_id,
        kind="token",
        team_id=team_id,
        operations=frozenset(operations),
        acting_for=user_id,
        arriving=True,
    )
    return actor if actor.seats else None


def issue(
    by: Actor,
    *,
    name: str,
    acting_for: User,
    team: Team | None,
    operations: Iterable[str],
    networks: Iterable[str] = (),
    expires_at: datetime | None = None,
) -> tuple[MachineToken, str]:
    """Issue a token for at most 90 days. Returns it with its secret, which is not kept, and works once confirmed.

    `operations` are actions of the policy that both issuer and `acting_for` may do now. Raises Invalid for
    others,
    Conflict when `acting_for` has no live role in the team.
    """
    secret, digest = secrets_shown_once.make(PREFIX)
    token = MachineToken(name=name, team=team, acting_for=acting_for, token_hash=digest)
    token.issued_by_id = acting_for.id if by.kind == "system" else signed(by)
    token.operations = sorted(set(operations))
    token.networks = cidr.canonical(networks, pointer="/networks")
    with act(by, "token.issued", token, needs=needed(by, ISSUE)) as this:
        this.note(holder=acting_for.id, operations=token.operations)
        _check_operations(by, token)
        token.expires_at = _end(token, wanted=expires_at)
        second_person.ask(by, token, line=ISSUE)
        token.save()
    return token, secret


def rotate(by: Actor, token: MachineToken) -> tuple[MachineToken, str]:
    """Issue a successor with the same rights. Once it works, the old one ends after seven days at the latest.

    Raises Conflict token_over, still_waiting for one that was never confirmed.
    """
    secret, digest = secrets_shown_once.make(PREFIX)
    with act(by, "token.rotated", token, needs=needed(by, ISSUE)):
        _still_valid(token)
        if token.waits_until is not None:
            raise Conflict("still_waiting")
        successor = MachineToken(
            name=token.name,
            team_id=token.team_id,
            acting_for_id=token.acting_for_id,
            issued_by_id=token.issued_by_id if by.kind == "system" else signed(by),
            operations=token.operations,
            networks=token.networks,
            token_hash=digest,
            rotated_from=token,
        )
        _check_operations(by, successor)
        successor.expires_at = _end(successor, wanted=None)
        if not second_person.ask(by, successor, line=ISSUE):
            _replace(token)
        successor.save()
    return successor, secret


def confirm(by: Actor, token: MachineToken) -> None:
    """Let a token work, as the second person.

    Raises what `second_person.confirm` raises, Conflict proposer_may_not, token_over, no_live_role.
    """
    with act(by, "token.confirmed", token, holder=token.acting_for_id):
        proposer = second_person.confirm(by, token)
        _still_valid(token)
        try:
            proposer.require(ISSUE, token)
            _check_operations(proposer, token)
        except (Forbidden, NotFound, Invalid) as error:
            raise Conflict("proposer_may_not") from error
        token.expires_at = min(token.expires_at, *_bounds(token))
        if token.rotated_from_id is not None:
            # Locked, so that whoever revokes it at this moment is not overwritten.
            _replace(MachineToken.objects.select_for_update().get(pk=token.rotated_from_id))
        token.save()


def decline(by: Actor, token: MachineToken) -> None:
    """Say no to a token that waits. Raises what `second_person.decline` raises."""
    with act(by, "token.declined", token, holder=token.acting_for_id):
        second_person.decline(by, token)
        token.revoked_at = timezone.now()
        token.save()


def revoke(by: Actor, token: MachineToken) -> None:
    """End a token at once. Raises Conflict when it has ended already."""
    with act(by, "token.revoked", token, needs=needed(by, ISSUE)):
        _still_valid(token)
        token.revoked_at, token.waits_until = timezone.now(), None
        token.save()


def _replace(token: MachineToken) -> None:
    """Let a token that has a successor go on for the overlap, and no longer."""
    token.expires_at = min(token.expires_at, timezone.now() + OVERLAP)
    token.save()


def _still_valid(token: MachineToken) -> None:
    if token.revoked_at is not None or token.expires_at <= timezone.now():
        raise Conflict("token_over")


def _check_operations(by: Actor, token: MachineToken) -> None:
    """A token may never do more than the one it acts for, nor more than its issuer."""
    holder = actor_for(token.acting_for_id, team_id=token.team_id)
    if not holder.seats:
        raise Conflict("no_live_role")
    faults = [
        Fault(f"/operations/{position}", code)
        for position, action in enumerate(token.operations)
        if (code := _refused(action, holder, by, team_id=token.team_id))
    ]
    if faults or not token.operations:
        raise Invalid(*(faults or [Fault("/operations", "required")]))


def _refused(action: str, holder: Actor, by: Actor, *, team_id: UUID | None) -> str:
    if action not in POLICY:
        return "unknown_code"
    if action in NEVER:
        return "not_for_machines"
    if not holder.seats_for(action):
        return "not_allowed_to_the_holder"
    reaches = by.kind == "system" or _reaches_as_far(by, holder, action, team_id=team_id)
    return "" if reaches else "not_allowed_to_the_issuer"


def _reaches_as_far(by: Actor, holder: Actor, action: str, *, team_id: UUID | None) -> bool:
    """Say whether `by` may do in the team whatever the holder may: all of it, or as the same organisations."""
    mine = [seat for seat in by.seats_for(action) if seat.team_id == team_id]
    if any(seat.word(action) == "yes" for seat in mine):
        return True
    organisations = {seat.organisation_id for seat in mine}
    return all(seat.organisation_id in organisations for seat in holder.seats_for(action))


def _end(token: MachineToken, *, wanted: datetime | None) -> datetime:
    """Return the earliest of the wish, 90 days, and the end of everything that the holder's roles rest on."""
    longest = timezone.now() + LONGEST
    if wanted is not None and wanted <= timezone.now():
        raise Invalid(Fault("/expires_at", "in_the_past"))
    if wanted is not None and wanted > longest:
        raise Invalid(Fault("/expires_at", "too_late"))
    return min(wanted or longest, *_bounds(token))


def _bounds(token: MachineToken) -> list[datetime]:
    held = live_memberships().filter(user_id=token.acting_for_id)
    organisations = held.filter(organisation__isnull=False).values("organisation_id")
    memoranda = Memorandum.objects.filter(live(), organisation_id__in=organisations)
    agreements = SharingAgreement.objects.filter(
        live(), organisation_id__in=organisations, team_id=token.team_id
    )
    latest = Coalesce(Max(Coalesce("valid_until", _ENDLESS)), _ENDLESS)
    return [kind.aggregate(end=latest)["end"] for kind in (memoranda, agreements, held)]
