"""Looks as the tests of break-glass need them: asked for in one line, and moved in time."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from backend.cases.break_glass import case_to_open, request
from backend.cases.models import BreakGlass, Case
from backend.cases.models.looks import LASTS
from tests.backend.cases.papers import overwrite
from tests.world import actor, ago

REASON = "danger_to_life"
WHY = "Osoba ne diše, potrebno je znati šta je uzela."


def look(user: Any, case: Case, *, reason: str = REASON, text: str = WHY) -> BreakGlass:
    """Ask to look at a case as the API does: by its name, whether it is seen or not."""
    from_now = actor(user)
    return request(from_now, case_to_open(from_now, Q(pk=case.pk)), reason=reason, text=text)


def begun(admin: Any, row: BreakGlass, start: datetime) -> None:
    """Let the hour have begun at another moment, as only the database's administrator could."""
    overwrite(admin, "cases_breakglass", row.pk, requested_at=start, starts_at=start, ends_at=start + LASTS)


def over(admin: Any, row: BreakGlass) -> None:
    """Let the hour be over."""
    begun(admin, row, ago(minutes=61))


def unreviewed(admin: Any, row: BreakGlass) -> None:
    """Let the time for its review be over."""
    overwrite(admin, "cases_breakglass", row.pk, review_due_at=ago(minutes=1))
