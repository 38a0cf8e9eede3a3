"""Turns a person or a token into an Actor: the roles that are live now, by the database's clock, in one
query."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from backend import asker
from backend.prepared import Prepared
from backend.teams.models import ActingSpell, Membership, Memorandum, SharingAgreement, TeamGrant, User
from backend.teams.models.base import live
from backend.teams.models.memberships import ROLES_OF_A_TEAM
from permissions import grants
from permissions.actor import Actor
from permissions.seats import Seat

# No two clocks of one installation are further apart.
CLOCKS_APART = timedelta(minutes=5)
FIELDS = ("role", "team_id", "organisation_id", "services", "organisation_steward", "acting")


def actor_for(
    user_id: UUID,
    *,
    kind: str = "user",
    team_id: UUID | None = None,
    operations: frozenset[str] | None = None,
    acting_for: UUID | None = None,
    arriving: bool = False,
) -> Actor:
    """Return the actor for `user_id` with every seat that is live now; one query.

    `team_id` binds a token to one team: roles of other teams and of no team are left out, and a partner's
    role holds
    for this team only. An account that is switched off has no seat. `arriving`: this is who asks in the request, and
    the same query says so to the database.
    """
    found: Any = _arrived(user_id, team_id) if arriving else _PEOPLE.first(user_id=user_id, team_id=team_id)
    seats = tuple(_seat(row, team_id) for row in found.seats_now) if found else ()
    looks = kind == "user" and found is not None and _looks(found)
    return Actor(
        id=user_id,
        kind=kind,
        seats=seats,
        acting_for=acting_for,
        operations=operations,
        looks=looks,
        shut_out=_cases(found.shut_out_now) if found else (),
    )


def person(user_id: UUID) -> User | None:
    """Return the account with the seats that are live now, for `actor_of`; the one query also names who asks."""
    return _arrived(user_id, None)


def _arrived(user_id: UUID, team_id: UUID | None) -> User | None:
    found: User | None = _ARRIVING.first(user_id=user_id, team_id=team_id)
    if found is not None:
        asker.named_by_query(user_id, team_id=team_id)
    return found


def actor_of(user: Any) -> Actor:
    """Return the actor for somebody whom `person` has just fetched."""
    seats = tuple(_seat(row, None) for row in user.seats_now)
    return Actor(id=user.pk, seats=seats, looks=_looks(user), shut_out=_cases(user.shut_out_now))


def _cases(found: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(found))


def _looks(user: User) -> bool:
    """Say whether a break-glass may be under way; the database's clock decides on each row, this only spares asking."""
    return user.looks_until is not None and user.looks_until > timezone.now() - CLOCKS_APART


def live_memberships() -> QuerySet[Membership]:
    """Return the memberships that give a seat now: in their interval, of an active account, with what they
    rest on."""
    return Membership.objects.filter(live(), standing(), user__is_active=True)


def standing() -> Q:
    """Return the condition that what a membership rests on holds now.

    A role in a team rests on the organisation's sharing agreement (and a coordinator's or deputy's on the
    grant), a
    partner worker's and that of a civil-society organisation on its memorandum.
    """
    agreement = _covers(SharingAgreement.objects.all(), "team_id", "organisation_id")
    memorandum = _covers(Memorandum.objects.all(), "organisation_id")
    given = TeamGrant.objects.filter(
        grants.live(), content_object_id=OuterRef("team_id"), source_id=OuterRef("pk")
    )
    in_team = Q(role__in=ROLES_OF_A_TEAM) & agreement & (~Q(organisation__sector="cso") | memorandum)
    as_partner = Q(role="partner_worker") & memorandum
    with_organisation = Q(organisation__is_active=True) & (in_team | as_partner)
    return (Q(organisation__isnull=True) | with_organisation) & (
        ~Q(role__in=("coordinator", "deputy_coordinator")) | Q(Exists(given))
    )


def _covers(rows: QuerySet[Any], *shared: str) -> Q:
    return Q(Exists(rows.filter(live(), **{name: OuterRef(name) for name in shared})))


def seats_of(user: str, *, team_id: UUID | None = None) -> ArraySubquery:
    """Return the seats that are live now, for the account whose id the outer query holds under the name `user`."""
    held = live_memberships().filter(user_id=OuterRef(user))
    if team_id is not None:
        held = held.filter(Q(team_id=team_id) | Q(role="partner_worker"))
    acting = ActingSpell.objects.filter(live(), membership_id=OuterRef("pk"))
    found = held.annotate(acting=Exists(acting)).order_by("valid_from", "pk")
    fields = {name: name for name in FIELDS} | {"keyless": "team__keys_destroyed_at"}
    return ArraySubquery(found.values(json=JSONObject(**fields)))


def entered(user: str, *, team_id: UUID | None = None) -> Func:
    """Return what tells the database that the account named `user` asks, for the rest of the transaction."""
    team = Cast(Value(team_id), UUIDField())
    return Func(F(user), team, function="spona.enter", output_field=BooleanField())


def shut_out_of(user: str) -> Func:
    """Return the ids of the cases that the account named `user` is shut out of: what the database says, read once."""
    return Func(F(user), function="spona.excluded_from", output_field=ArrayField(UUIDField()))


def _people(*, user_id: UUID, team_id: UUID | None) -> QuerySet[User, Any]:
    people: QuerySet[User, Any] = User.objects.filter(pk=user_id).annotate(
        seats_now=seats_of("pk", team_id=team_id), shut_out_now=shut_out_of("pk")
    )
    return people


_PEOPLE = Prepared(_people)


def _arriving(*, user_id: UUID, team_id: UUID | None) -> QuerySet[User, Any]:
    return _people(user_id=user_id, team_id=team_id).annotate(entered=entered("pk", team_id=team_id))


_ARRIVING = Prepared(_arriving)


def _seat(row: Mapping[str, Any], team_id: UUID | None) -> Seat:
    services = row["services"]
    return Seat(
        role=row["role"],
        team_id=_id(row["team_id"]) or team_id,
        organisation_id=_id(row["organisation_id"]),
        services=None if services is None else frozenset(services),
        steward=row["organisation_steward"],
        acting=row["acting"],
        keyless=row["keyless"] is not None,
    )


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
