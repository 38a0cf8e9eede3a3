"""Who holds which role, where, for whom, and until when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.teams.models.base import Interval, Versioned
from backend.teams.models.places import Organisation, Team
from backend.teams.models.user import User
from permissions.scope import Reach
from permissions.seats import Seat

ROLES_OF_A_TEAM = ("coordinator", "deputy_coordinator", "member")


def _own_organisation(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Membership(Interval, Versioned):
    """One role of one person. Team roles name team and organisation, a partner worker the organisation only,
    a lead or data protection officer the team only, national and platform roles neither."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    services = ArrayField(models.CharField(max_length=8), null=True, blank=True)
    organisation_steward = models.BooleanField(default=False)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="membership.manage", own=_own_organisation, author="organisation_id")

    class Meta:
        indexes = [models.Index(fields=["user", "valid_until"])]
        constraints = [
            models.CheckConstraint(
                name="membership_names_what_its_role_needs",
                condition=(
                    Q(role__in=ROLES_OF_A_TEAM, team__isnull=False, organisation__isnull=False)
                    | Q(role="partner_worker", team__isnull=True, organisation__isnull=False)
                    | Q(
                        role__in=("municipal_lead", "data_protection_officer"),
                        team__isnull=False,
                        organisation__isnull=True,
                    )
                    | Q(
                        role__in=(
                            "national_analyst",
                            "release_officer",
                            "directory_admin",
                            "key_custodian",
                            "platform_admin",
                        ),
                        team__isnull=True,
                        organisation__isnull=True,
                    )
                ),
            ),
        ]


class ActingSpell(Interval, Versioned):
    """A spell in which a deputy acts in the coordinator's place. Nothing of it changes but its end."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="acting_spells")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="membership.manage")
