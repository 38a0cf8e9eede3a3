"""Municipalities, teams and organisations."""

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase

from audit.history import ActedManager, trail
from backend.teams.models.base import Row, Versioned
from permissions import grants
from permissions.scope import Reach
from permissions.seats import Seat

# Stands where an erased row must name an organisation (docs/adr/0015): an entry that was never anybody's.
NO_ORGANISATION: Final = UUID("00000000-0000-4000-8000-000000000e00")
NO_SECTOR: Final = ""


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
    """A municipal multidisciplinary team; `prefix` begins the codes of its cases.

    `keys_destroyed_at` is when its kill switch was thrown: no case of it can be opened since, nor a new one begun.
    """

    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=2, unique=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    label_en = models.CharField(max_length=120)
    label_sr_latn = models.CharField(max_length=120)
    label_sr_cyrl = models.CharField(max_length=120)
    keys_destroyed_at = models.DateTimeField(null=True, editable=False)

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


class _Listed(ActedManager["Organisation"]):
    """Leaves out the one that is none: nobody lists, finds or chooses it."""

    def get_queryset(self) -> models.QuerySet["Organisation"]:
        return super().get_queryset().exclude(sector=NO_SECTOR)


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

    objects: ClassVar[_Listed] = _Listed()
    history = trail()
    reach: ClassVar[Reach] = Reach(view="directory.view", team="", own=_own_organisation)
