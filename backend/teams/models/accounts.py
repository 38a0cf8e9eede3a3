"""Ways in that are not a password: invitations and machine tokens. Only hashes of secrets are stored."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.history import trail
from backend.teams.models.base import Versioned
from backend.teams.models.places import Organisation, Team
from backend.teams.models.seconded import Seconded, confirmed_by_another
from backend.teams.models.user import User
from permissions.scope import Reach
from permissions.seats import Seat


def _own_organisation(seat: Seat) -> Q:
    return Q(organisation_id=seat.organisation_id)


class Invitation(Seconded, Versioned):
    """An open place for one person. The link is shown once; its SHA-256 is stored."""

    PROPOSER = "invited_by_id"

    role = models.CharField(max_length=32)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    services = ArrayField(models.CharField(max_length=8), null=True, blank=True)
    organisation_steward = models.BooleanField(default=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    history = trail(excluded_fields=["token_hash"])
    reach: ClassVar[Reach] = Reach(
        view="membership.invite_own", own=_own_organisation, author="organisation_id"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="another_confirms_an_invitation", condition=confirmed_by_another("invited_by")
            ),
        ]


class MachineToken(Seconded, Versioned):
    """An opaque token for a REST client: one team, named operations and networks, a named person it acts for."""

    PROPOSER = "issued_by_id"
    CONCERNS = "acting_for_id"

    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    acting_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    operations = ArrayField(models.CharField(max_length=48))
    # CIDR networks from which the token works; none named means from anywhere.
    networks = ArrayField(models.CharField(max_length=43), default=list)
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    rotated_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")

    history = trail(excluded_fields=["token_hash"])
    reach: ClassVar[Reach] = Reach(view="token.issue")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="another_confirms_a_token", condition=confirmed_by_another("issued_by", "acting_for")
            ),
        ]
