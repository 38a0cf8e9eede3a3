"""Who looked at a case: every opening, reveal, look and change of it, for whoever coordinates its team."""

from typing import Final

from django.db.models import Q, QuerySet

from backend.cases.models import Case
from backend.review.models import AuditEntry
from backend.review.objects import named_in
from permissions.actor import Actor
from permissions.scope import Forbidden, visible_to

HISTORY: Final = "case.access_history"


def require_whole(by: Actor, case: Case) -> None:
    """Raise Forbidden unless `by` coordinates the team of a visible case.

    To have a side of a case says nothing about who else may be known to have looked at it.
    """
    if not any(
        seat.word(HISTORY) == "yes" and seat.team_id == case.team_id for seat in by.seats_for(HISTORY)
    ):
        raise Forbidden


def lookers(by: Actor, case: Case) -> QuerySet[AuditEntry]:
    """Return the entries in the log of the case's team, to be asked inside `as_reviewer` only."""
    return visible_to(by, AuditEntry.objects.filter(log=case.team_id), HISTORY)


def about(case: Case) -> Q:
    """Return the condition that an entry is about the case, or about what hangs on it."""
    return Q(object_id__in=named_in(Q(pk=case.pk), teams={case.team_id}))
