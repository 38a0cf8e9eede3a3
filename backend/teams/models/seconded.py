"""Rows that give power, and wait for a second person where the table of roles names one."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.teams.models.user import User


class Seconded(models.Model):
    """What one person proposed and another has to confirm. Without `waits_until` nothing waits, or ever did.

    `asked_roles` are the roles of which somebody may confirm. A time in the past means that nobody did: it has lapsed
    for good. `PROPOSER` and `CONCERNS` name the columns of who proposed it and of the person it is for.
    """

    PROPOSER: ClassVar[str]
    CONCERNS: ClassVar[str] = ""
    if TYPE_CHECKING:  # each has one; none where it is of no team

        @property
        def team_id(self) -> UUID | None: ...

    asked_roles = ArrayField(models.CharField(max_length=32), default=list)
    waits_until = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def proposer_id(self) -> UUID:
        """Return who proposed it."""
        found: UUID = getattr(self, self.PROPOSER)
        return found

    @property
    def concerned_id(self) -> UUID | None:
        """Return whom it is for; nobody where no person is known yet."""
        found: UUID | None = getattr(self, self.CONCERNS) if self.CONCERNS else None
        return found

    def wait(self, *, asked: list[str]) -> None:
        """Ask these roles anew. The caller says until when, and saves."""
        self.asked_roles, self.confirmed_by, self.confirmed_at = asked, None, None


def waiting() -> Q:
    """Return the condition that a row waits for its second person now, by the database's clock."""
    return Q(waits_until__gt=Now())


def settled() -> Q:
    """Return the condition that a row was confirmed, or never had to be."""
    return Q(waits_until__isnull=True)


def confirmed_by_another(*others: str) -> Q:
    """Return the condition that nobody in the columns `others` has confirmed."""
    found = Q()
    for name in others:
        found &= ~Q(confirmed_by=models.F(name))
    return Q(confirmed_by__isnull=True) | found
