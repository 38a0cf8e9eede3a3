"""Municipalities, teams and organisations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase

from audit.history import trail
from backend.teams.models.base import Row, Versioned
from permissions import grants
from permissions.scope import Reach
from permissions.seats import Seat


def _own_team(seat: Seat) -> Q:
    return Q(pk=seat.team_id) if seat.team_id else Q(agreements__organisation_id=seat.organisation_id)


class Municipality(Row):
    """A municipality or city municipality of the register."""

    code = models.CharField(max_length=5, unique=True)
    name_sr_latn = models.CharField(max_length=80)
    name_sr_cyrl = models.CharField(max_length=80)
    district = models.CharField(max_length=40)

    class Meta:
        verbose_name_plural = "municipalities"


class Team(Versioned):
    """A municipal multidisciplinary team; `prefix` begins the codes of its cases."""

    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=2, unique=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    label_en = models.CharField(max_length=120)
    label_sr_latn = models.CharField(max_length=120)
    label_sr_cyrl = models.CharField(max_length=120)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="directory.view", team="", own=_own_team)

    class Meta:
        permissions = [(grants.COORDINATES, "Sees the coded part of every case of the team")]


class TeamGrant(GroupObjectPermissionBase):
    """A team-wide role as guardian sees it. Written by `permissions.grants` only."""

    content_object = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="grants")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=24)
    source_id = models.UUIDField()
    until = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("group", "permission", "content_object", "reason", "source_id")]


def _own_organisation(seat: Seat) -> Q:
    return Q(pk=seat.organisation_id)


class Organisation(Versioned):
    """A health centre, a centre for social work, a civil-society organisation: who refers and who answers.

    Without accounts (`has_accounts` false) it gets printed letters, and the requester reports its answers.
    """

    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160, db_index=True, editable=False)
    sector = models.CharField(max_length=24)
    municipality = models.ForeignKey(Municipality, null=True, blank=True, on_delete=models.PROTECT)
    phone = models.CharField(max_length=32, blank=True)
    has_accounts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="directory.view", team="", own=_own_organisation)
