"""What hangs on a case and may be the object of an entry: the case of each, and all of one case.

A reviewer sees entries, not cases: here the job asks, for ids and codes alone, and only within teams that are named.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from backend import asker
from backend.cases.models import BreakGlass, Case, Consent, Note
from backend.referrals.models import Referral

_HANG_ON_A_CASE: Final[tuple[Any, ...]] = (Referral, Note, Consent, BreakGlass)
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def cases_of(objects: Iterable[str], *, team_id: UUID) -> dict[str, UUID]:
    """Return the case of each object's id, where it is one of the team; whatever else somebody typed has none."""
    ids = [UUID(text) for text in objects if _ID.fullmatch(text)]
    here = {"pk__in": ids, "team_id": team_id}
    with transaction.atomic(), asker.working_as(asker.REVIEWS):
        found = dict(Case.objects.filter(**here).values_list("pk", "pk"))
        for model in _HANG_ON_A_CASE:
            found |= dict(model.objects.filter(**here).values_list("pk", "case_id"))
    return {str(pk): case_id for pk, case_id in found.items()}


def codes_of(cases: Iterable[str | UUID | None], *, teams: Collection[UUID]) -> dict[str, str]:
    """Return the codes by which people know cases of `teams`, by id; whatever is no id of one has none."""
    ids = {text for text in map(str, cases) if _ID.fullmatch(text)}
    if not ids:
        return {}
    with transaction.atomic(), asker.working_as(asker.REVIEWS):
        rows = Case.objects.filter(pk__in=ids, team_id__in=teams).values_list("pk", "code")
        return {str(pk): code for pk, code in rows}


def named_in(case: Q, *, teams: Collection[UUID]) -> list[str]:
    """Return every object's id under which entries may tell of one case of `teams`, its code too; else nothing."""
    with transaction.atomic(), asker.working_as(asker.REVIEWS):
        found = Case.objects.filter(case, team_id__in=teams).first()
        if found is None:
            return []
        ids = {found.pk}
        for model in _HANG_ON_A_CASE:
            ids |= set(model.objects.filter(case_id=found.pk).values_list("pk", flat=True))
    return sorted((*map(str, ids), found.code))
