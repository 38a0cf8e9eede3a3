"""What is done when something sealed does not open: an entry that names it, and word to those who watch over the team.

By then the request is rolled back, so this is a transaction of its own. Whoever asked is told nothing but the code.
"""

from typing import Final
from uuid import UUID

from django.db import DatabaseError, transaction

from audit import recorder
from audit.canonical import Fact
from audit.recorder import AuditUnavailable
from backend import asker
from backend.cases.models import Case, Notification
from backend.cases.notify import CASE, tell_watchers
from backend.encryption.envelope import Where
from backend.teams.models import Team
from permissions.actor import Actor

VERB: Final = "integrity.failed"
CODE: Final = "integrity_failure"


def report(by: Actor, where: Where | None, *, verb: str) -> None:
    """Write that something did not open while `by` did `verb`, and tell coordinator, lead and officer once.

    The entry goes to the log of the team whose case or own record it is, else to the national one. Raises
    AuditUnavailable.
    """
    try:
        with asker.working_as(asker.INTEGRITY), transaction.atomic():
            _report(by, where, verb)
    except DatabaseError as error:
        raise AuditUnavailable("What does not open could not be reported.") from error


def _report(by: Actor, where: Where | None, verb: str) -> None:
    case = None if where is None else Case.objects.filter(pk=where.owner_id).first()
    kind, team_id = _owner(case, where)
    facts: dict[str, Fact] = {} if where is None else {"place": where.label, "record": where.record_id}
    recorder.record_failed(
        by,
        VERB,
        team=team_id,
        kind=kind,
        object_id=str(where.owner_id) if where and kind else "",
        code=CODE,
        asked_for=verb,
        **facts,
    )
    if case is not None and not _told(case):
        tell_watchers(case, VERB, about=case)


def _owner(case: Case | None, where: Where | None) -> tuple[str, UUID | None]:
    if case is not None:
        return CASE, case.team_id
    if where is not None and Team.objects.filter(pk=where.owner_id).exists():
        return "team", where.owner_id
    return "", None


def _told(case: Case) -> bool:
    """Say whether word of this case is still unread: a damaged record is asked for again and again."""
    return Notification.objects.filter(
        team_id=case.team_id, kind=VERB, object_id=case.pk, read_at=None
    ).exists()
