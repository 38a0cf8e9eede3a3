"""That two cases are one person's: one proposes, another confirms, and one of the cases goes. What is set stays."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from backend.cases.models.case import OfCase
from backend.teams.models.seconded import Seconded
from permissions.scope import Reach
from permissions.shut_out import not_among


def _apart(cases: tuple[UUID, ...]) -> Any:
    """Return the condition that a merge names none of `cases` on either side."""
    return Q(not_among("case_id", cases)) & Q(not_among("other_case_id", cases))


class Merge(OfCase, Seconded):
    """`case` stays, the other one goes. It waits for its second person until `waits_until`.

    `counts` says how much was taken over, in numbers only. Nobody confirms where nobody could be asked.
    """

    PROPOSER = "proposed_by"

    other_case_id = models.UUIDField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField(db_default=Now())
    merged_at = models.DateTimeField(null=True)
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField(null=True)
    counts = models.JSONField(null=True)

    # Ids and moments: who sees it may see it once a case is erased, too.
    ends_with_case = False
    reach: ClassVar[Reach] = Reach(view="case.merge", apart=partial(_apart))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["other_case_id"], condition=Q(merged_at__isnull=False), name="a_case_goes_once"
            ),
            models.CheckConstraint(
                name="a_merge_needs_two_people",
                condition=Q(merged_at=None)
                | Q(asked_roles=[], declined_at=None)
                | (Q(confirmed_by__isnull=False, declined_at=None) & ~Q(confirmed_by=F("proposed_by"))),
            ),
        ]
