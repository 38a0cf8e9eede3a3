"""The case that is erased: locked whoever asks, its open referrals ended first, and who stands in for its sides."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

from django.db import connection

from audit.acts import required
from backend import asker
from backend.cases.models import Case
from backend.cases.notify import CASE, tell_organisation
from backend.referrals.stepping import case_locked
from backend.referrals.withdrawal import end_of_case
from backend.teams.models import Organisation
from backend.teams.models.places import NO_ORGANISATION, NO_SECTOR

NAME: Final = "-"
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended('spona stand-in organisation', 0))"
_ERASE: Final = "SELECT spona.erase_case(%s)"


@contextmanager
def locked_for_erasure(case_id: UUID) -> Iterator[Case]:
    """Lock a case under the name of the job, so that who confirms or executes need not see it."""
    with asker.working_as(asker.ERASURES), case_locked(case_id) as case:
        yield case


def stand_in() -> None:
    """Make the row that stands where an erased row must name an organisation, once for an installation; in an act."""
    required()
    found: Any = Organisation._base_manager.filter(pk=NO_ORGANISATION)
    if found.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    if not found.exists():
        Organisation(
            pk=NO_ORGANISATION,
            name=NAME,
            sort_key=NAME,
            sector=NO_SECTOR,
            has_accounts=False,
            is_active=False,
        ).save(force_insert=True)


def blank(case: Case) -> dict[str, int]:
    """End what is open, blank the case everywhere, tell who worked on it. Inside the act that has locked it.

    Returns how many rows of which table were blanked. What they are told are ids, which are all that is left.
    """
    told = {(case.holder_organisation_id, CASE, case.pk), (case.opened_by_organisation_id, CASE, case.pk)}
    told |= {
        (one.recipient_organisation_id or NO_ORGANISATION, "referral", one.pk) for one in end_of_case(case)
    }
    stand_in()
    with asker.working_as(asker.ERASURES):
        counts = _blanked(case.pk)
        for organisation_id, kind, object_id in sorted(told, key=str):
            tell_organisation(
                organisation_id,
                team_id=case.team_id,
                kind=f"{kind}.erased",
                object_kind=kind,
                object_id=object_id,
            )
    return counts


def _blanked(case_id: UUID) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, [case_id])
        (counts,) = cursor.fetchone() or ("{}",)
    found: dict[str, int] = json.loads(counts)
    return found
