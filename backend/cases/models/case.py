"""The plain part of a case, and the grants by which an organisation sees it."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, Now
from guardian.models import GroupObjectPermissionBase

from audit.history import trail
from backend.teams.models import Organisation, Team
from backend.teams.models.base import Row, Versioned
from permissions import grants
from permissions.scope import Reach
from permissions.seats import Seat
from permissions.shut_out import not_among

OPENED, HOLDS = "opened", "holds"
REFERRAL_SENT, REFERRAL_RECEIVED = "referral_sent", "referral_received"


def live_grants(seat: Seat) -> "QuerySet[CaseGrant]":
    """Return the live reasons of the seat's organisation: of its group in the team, a partner's in every team.

    A seat that is limited to services has only the reasons of their referrals.
    """
    rows = CaseGrant.objects.filter(
        grants.live(), permission__codename=grants.SEES_CASE, group__in=_groups(seat)
    )
    if seat.services is None:
        return rows
    # The referral stands a floor above: it is reached by the name of its relation, not imported.
    of_its_services = Q(
        content_object__referral_set__id=F("source_id"),
        content_object__referral_set__service_code__in=seat.services,
    )
    return rows.filter(~Q(reason=REFERRAL_RECEIVED) | of_its_services)


def _groups(seat: Seat) -> QuerySet[Group]:
    """Return the one group of the seat's organisation in its team; for a partner, in the team of the case."""
    if seat.organisation_id is None:
        return Group.objects.none()
    if seat.team_id is not None:
        return Group.objects.filter(
            name=grants.group_name(organisation_id=seat.organisation_id, team_id=seat.team_id)
        )
    prefix = Value(grants.group_prefix(seat.organisation_id), output_field=TextField())
    return Group.objects.filter(name=Concat(prefix, Cast(OuterRef("team_id"), TextField())))


def _own_grants(seat: Seat, case: str) -> "QuerySet[CaseGrant]":
    return live_grants(seat).filter(content_object_id=OuterRef(case))


def granted(seat: Seat, *, case: str = "pk") -> Q:
    """Return the condition that the seat's organisation has a live reason on the case at path `case`."""
    return Q(Exists(_own_grants(seat, case)))


def held(seat: Seat, *, case: str = "pk") -> Q:
    """Return the condition that the seat's organisation opened or holds the case at path `case`."""
    return Q(Exists(_own_grants(seat, case).filter(reason__in=(OPENED, HOLDS))))


def looked_at(person: UUID, *, case: str = "pk") -> Q:
    """Return the condition that a break-glass of one person opens the case at path `case` now.

    The ledger stands in a module that builds on this one: it is reached by the name of its relation.
    """
    live = Q(
        breakglass_set__person_id=person,
        breakglass_set__starts_at__lte=Now(),
        breakglass_set__ends_at__gt=Now(),
        breakglass_set__ended_at__isnull=True,
    )
    return Q(**{f"{case}__in": Case.objects.filter(live).values("pk")})


class Case(Versioned):
    """A person in the care of a team, under a random code. Every fact about the person is sealed
    elsewhere.
    """

    code = models.CharField(max_length=14, unique=True, editable=False)
    spoken_name = models.CharField(max_length=48, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=12)
    urgency = models.CharField(max_length=8, default="routine")
    opened_by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    holder_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assigned_to = models.UUIDField(null=True, blank=True)
    triage_outcome = models.CharField(max_length=24, blank=True)
    triage_due_at = models.DateTimeField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=24, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    import_key = models.CharField(max_length=64, blank=True, editable=False)
    # The case of the same person that stayed; shown to who sees both.
    merged_into = models.UUIDField(null=True, editable=False)

    history = trail()
    reach: ClassVar[Reach] = Reach(
        view="case.view_coded",
        own=granted,
        author="opened_by_organisation_id",
        sides={"case.edit": held, "consent.record": held},
        look=looked_at,
        apart=partial(not_among, "pk"),
    )

    ends_with_case: ClassVar[bool] = True

    @property
    def is_erased(self) -> bool:
        """Say whether only the stub is left: its id, its code and that it was erased."""
        return self.status == "erased"

    class Meta:
        permissions = [(grants.SEES_CASE, "Has a live reason to see this case")]
        constraints = [
            models.UniqueConstraint(fields=["id", "team"], name="case_id_team"),
            models.UniqueConstraint(
                fields=["team", "import_key"], condition=~Q(import_key=""), name="case_import_key_once"
            ),
        ]
        indexes = [
            models.Index(fields=["team", "-created_at", "-id"]),
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="case_merged_into"),
        ]


class CaseGrant(GroupObjectPermissionBase):
    """A live reason of an organisation, as guardian sees it. Written by `permissions.grants` only.

    `reason` is one of opened, holds, referral_sent, referral_received; `source_id` the case or referral
    behind it.
    """

    content_object = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="grants", db_column="case_id"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24)
    source_id = models.UUIDField()
    until = models.DateTimeField(null=True)

    class Meta:
        unique_together = [("group", "permission", "content_object", "reason", "source_id")]
        indexes = [models.Index(fields=["content_object", "group"])]


class OfCase(Row):
    """A row of a case. The team stands beside the case, and a composite foreign key keeps the two
    together.
    """

    # Whether the row is gone for every reader when the case is erased or its team has no keys any more.
    ends_with_case: ClassVar[bool] = True
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)s_set")
    # No index on the team alone: a seventh of a table is never read through it, and every row would pay for it.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


def of_granted_case(seat: Seat) -> Q:
    """Return the condition that the row's case is granted to the seat's organisation."""
    return granted(seat, case="case_id")


def of_looked_case(person: UUID) -> Q:
    """Return the condition that a live break-glass of one person opens the row's case."""
    return looked_at(person, case="case_id")
