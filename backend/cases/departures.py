"""Somebody leaves: the membership ends, and the cases they held are handed over, in one transaction.

It lives here because an act lives on the highest floor that it touches.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from backend import asker
from backend.cases.assignment import release_user
from backend.cases.lifecycle import CLOSED, ERASED
from backend.cases.models import Case
from backend.teams import people
from backend.teams.actors import live_memberships
from backend.teams.models import Membership
from permissions.actor import Actor


def end_membership(by: Actor, membership: Membership, *, at: datetime | None = None) -> int:
    """End a membership now, or at a later moment, as `teams.people.end_membership` does, and replace its
    holder.

    A later end leaves the cases where they are until then; `assignment.release_user` is called when it comes.
    Returns how many cases changed hands.
    """
    with transaction.atomic(), asker.speaking_for(by):
        people.end_membership(by, membership, at=at)
        if membership.organisation_id is None or (at is not None and at > timezone.now()):
            return 0
        with asker.working_as(asker.DEPARTURES):
            return release_user(
                by,
                user_id=membership.user_id,
                organisation_id=membership.organisation_id,
                team_id=membership.team_id,
            )


def release_departed(by: Actor) -> int:
    """Replace every holder who no longer works where the case is held, however that came about.

    For the worker: memberships and memoranda end by the clock, and accounts are switched off. Returns how
    many cases changed hands; a second run changes none.
    """
    named = Case.objects.filter(assigned_to__isnull=False).exclude(status__in=(CLOSED, ERASED))
    here = live_memberships().filter(
        Q(team_id=OuterRef("team_id")) | Q(role="partner_worker"),
        user_id=OuterRef("assigned_to"),
        organisation_id=OuterRef("holder_organisation_id"),
    )
    left = named.exclude(Exists(here)).order_by("pk")
    places = set(left.values_list("assigned_to", "holder_organisation_id", "team_id"))
    return sum(
        release_user(by, user_id=user_id, organisation_id=organisation_id, team_id=team_id)
        for user_id, organisation_id, team_id in sorted(places)
        if user_id is not None
    )
