"""What is to be erased, who said so, and what became of it. Ids and moments only; what is set stays."""

from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from backend.cases.models.case import OfCase, of_granted_case
from backend.teams.models import Team
from backend.teams.models.base import Row
from permissions.scope import Reach

# A person's wish opens every state; what is no longer needed is erased from a closed case; the clock asks for itself,
# and so does the ledger after a restored backup.
RIGHTS_REQUEST, NO_LONGER_NEEDED = "rights_request", "no_longer_needed"
RETENTION_DUE, LEDGER_REPLAY = "retention_due", "ledger_replay"
BY_PEOPLE: Final = (RIGHTS_REQUEST, NO_LONGER_NEEDED)
BY_NOBODY: Final = (RETENTION_DUE, LEDGER_REPLAY)
# What waits for its next person lapses.
LAPSES_AFTER: Final = timedelta(days=14)
REQUESTED, CONFIRMED, DECLINED, LAPSED, EXECUTED, DESTROYED = STATES = (
    "requested", "confirmed", "declined", "lapsed", "executed", "destroyed",
)  # fmt: skip
REQUEST, CONFIRM, EXECUTE = "erasure.request", "erasure.confirm", "erasure.execute"
KILL: Final = "key.destroy_team"


def _another(one: str, other: str) -> Q:
    return Q(**{one: None}) | Q(**{other: None}) | ~Q(**{one: F(other)})


class Erasure(OfCase):
    """One erasure of one case. `executed_at`: rows blanked; `destroyed_at`: the key is gone, which ends it.

    `counts` says how many rows of which table were blanked.
    """

    ends_with_case = False
    reason = models.CharField(max_length=24)
    requested_by = models.UUIDField(null=True)
    requested_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)
    executed_by = models.UUIDField(null=True)
    executed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    counts = models.JSONField(null=True)

    reach: ClassVar[Reach] = Reach(view=REQUEST, own=of_granted_case)

    class Meta:
        indexes = [models.Index(fields=["team", "-requested_at", "-id"], name="erasure_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(executed_at__isnull=False), name="a_case_is_erased_once"
            ),
            models.CheckConstraint(
                name="who_confirms_an_erasure_is_another",
                condition=_another("confirmed_by", "requested_by") & _another("confirmed_by", "executed_by"),
            ),
            models.CheckConstraint(
                name="an_erasure_needs_its_people",
                condition=Q(executed_at=None)
                | Q(reason__in=BY_NOBODY, requested_by=None)
                | Q(
                    reason__in=BY_PEOPLE,
                    requested_by__isnull=False,
                    confirmed_by__isnull=False,
                    executed_by__isnull=False,
                    declined_at=None,
                ),
            ),
        ]


class KeyDestruction(Row):
    """The kill switch of a team: a coordinator asks, the key custodian executes."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(db_default=Now())
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)
    executed_by = models.UUIDField(null=True)
    executed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    # Put back by the ledger after a restore, so by nobody.
    replayed = models.BooleanField(default=False)

    reach: ClassVar[Reach] = Reach(view=KILL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=Q(executed_at__isnull=False), name="a_team_is_killed_once"
            ),
            models.CheckConstraint(
                name="a_kill_needs_two_people",
                condition=Q(executed_at=None)
                | Q(replayed=True)
                | (Q(asked_by__isnull=False, executed_by__isnull=False) & ~Q(asked_by=F("executed_by"))),
            ),
        ]


def waiting_for_confirmation() -> Q:
    """Return the condition that an erasure waits for the person who confirms."""
    return Q(confirmed_at=None, declined_at=None, executed_at=None, requested_at__gt=Now() - LAPSES_AFTER)


def waiting_for_execution() -> Q:
    """Return the condition that an erasure is confirmed and waits to be executed."""
    return Q(declined_at=None, executed_at=None, confirmed_at__gt=Now() - LAPSES_AFTER)


def unfinished() -> Q:
    """Return the condition that rows are blanked and the key may still be there: a crash came between."""
    return Q(executed_at__isnull=False, destroyed_at=None)
