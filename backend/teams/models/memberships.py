"""Who holds which role, where, for whom, and until when."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from audit.history import trail
from backend.teams.models.base import Interval, Versioned
from backend.teams.models.places import Organisation, Team
from backend.teams.models.seconded import Seconded, confirmed_by_another
from backend.teams.models.user import User
from permissions.scope import Reach
from permissions.seats import Seat

ROLES_OF_A_TEAM = ("coordinator", "deputy_coordinator", "member")


def _own_organisation(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Membership(Interval, Seconded, Versioned):
    """One role of one person. Team roles name team and organisation, a partner worker the organisation only,
    a lead or data protection officer the team only, national and platform roles neither.

    One that waits for its second person has not begun: its `valid_from` is empty, and no interval without a beginning
    holds anywhere. `wanted` is a change of one that has begun, and waits in the same way.
    """

    PROPOSER = "proposed_by_id"
    CONCERNS = "user_id"

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
    valid_from = models.DateTimeField(null=True, db_default=Now())  # type: ignore[assignment]  # empty until confirmed
    created_at = models.DateTimeField(db_default=Now())
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    wanted = models.JSONField(null=True)

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
            models.CheckConstraint(
                name="what_waits_has_not_begun",
                condition=Q(waits_until__isnull=True) | Q(valid_from__isnull=True) | Q(wanted__isnull=False),
            ),
            models.CheckConstraint(
                name="another_confirms_a_membership", condition=confirmed_by_another("proposed_by", "user")
            ),
        ]


class ActingSpell(Interval, Versioned):
    """A spell in which a deputy acts in the coordinator's place. Nothing of it changes but its end."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="acting_spells")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=24)

    history = trail()
    reach: ClassVar[Reach] = Reach(view="membership.manage")
