"""The way back for somebody who lost every second factor: two others agree, then a link works once."""

from typing import ClassVar

from django.db import models

from audit.history import trail
from backend.teams.models.base import Versioned
from backend.teams.models.memberships import Membership
from backend.teams.models.places import Team
from backend.teams.models.user import User
from permissions.scope import Reach


class Recovery(Versioned):
    """Started by one person, confirmed by another, used once by the one it is for. The link's SHA-256 is stored."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    link_hash = models.BinaryField(null=True, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    history = trail(excluded_fields=["link_hash"])
    reach: ClassVar[Reach] = Reach(view="account.disable")

    class Meta:
        verbose_name_plural = "recoveries"
        constraints = [
            models.CheckConstraint(
                name="nobody_lets_themselves_back_in",
                condition=~models.Q(started_by=models.F("user"))
                & (
                    models.Q(confirmed_by__isnull=True)
                    | (
                        ~models.Q(confirmed_by=models.F("user"))
                        & ~models.Q(confirmed_by=models.F("started_by"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="a_link_only_after_two_people",
                condition=models.Q(link_hash__isnull=True) | models.Q(confirmed_by__isnull=False),
            ),
        ]
