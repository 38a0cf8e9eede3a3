"""Turns a person or a token into an Actor: the roles that are live now, by the database's clock, in one
query."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from backend.teams.models import ActingSpell, Membership, Memorandum, SharingAgreement, TeamGrant
from backend.teams.models.base import live
from backend.teams.models.memberships import ROLES_OF_A_TEAM
from permissions import grants
from permissions.actor import Actor
from permissions.seats import Seat

_USER, _TEAM = UUID(int=1), UUID(int=2)
FIELDS = ("role", "team_id", "organisation_id", "services", "organisation_steward", "acting", "groups")


def actor_for(
    user_id: UUID,
    *,
    kind: str = "user",
    team_id: UUID | None = None,
    operations: frozenset[str] | None = None,
    acting_for: UUID | None = None,
) -> Actor:
    """Return the actor for `user_id` with every seat that is live now; one query.

    `team_id` binds a token to one team: roles of other teams and of no team are left out, and a partner's
    role holds
    for this team only. An account that is switched off has no seat.
    """
    seats = tuple(_seat(row, team_id) for row in _rows(user_id, team_id))
    return Actor(id=user_id, kind=kind, seats=seats, acting_for=acting_for, operations=operations)


def _rows(user_id: UUID, team_id: UUID | None) -> Iterator[dict[str, Any]]:
    statement, values = _statement(bound=team_id is not None)
    given = {_USER: user_id, _TEAM: team_id, str(_TEAM): str(team_id)}
    with connection.cursor() as cursor:
        cursor.execute(statement, [given.get(value, value) for value in values])
        for row in cursor.fetchall():
            yield dict(zip(FIELDS, row, strict=True))


@cache
def _statement(*, bound: bool) -> tuple[str, tuple[Any, ...]]:
    """Return the query and its values with stand-ins for user and team.

    Every request asks it, and Django takes ten milliseconds to put it into words: twice as long as all the rest.
    """
    query = _memberships(_USER, _TEAM if bound else None).values_list(*FIELDS).query
    return query.sql_with_params()


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


def _memberships(user_id: UUID, team_id: UUID | None) -> QuerySet[Membership]:
    found = live_memberships().filter(user_id=user_id)
    if team_id is not None:
        found = found.filter(Q(team_id=team_id) | Q(role="partner_worker"))
    acting = ActingSpell.objects.filter(live(), membership_id=OuterRef("pk"))
    return found.annotate(acting=Exists(acting), groups=_groups(team_id)).order_by("valid_from", "pk")


def _groups(team_id: UUID | None) -> ArraySubquery:
    """Return the groups of the organisation: in the membership's team, or a partner's in every (or the one)
    team."""
    text = TextField()
    of_team = Coalesce(Cast(OuterRef("team_id"), text), Value(str(team_id or "")), output_field=text)
    organisation = Cast(OuterRef("organisation_id"), text)
    name = Concat(Value("organisation:"), organisation, Value(":team:"), of_team, output_field=text)
    return ArraySubquery(Group.objects.filter(name__startswith=name).values("pk"))


def _seat(row: dict[str, Any], team_id: UUID | None) -> Seat:
    services = row["services"]
    return Seat(
        role=row["role"],
        team_id=row["team_id"] or team_id,
        organisation_id=row["organisation_id"],
        group_ids=frozenset(row["groups"]),
        services=None if services is None else frozenset(services),
        steward=row["organisation_steward"],
        acting=row["acting"],
    )
