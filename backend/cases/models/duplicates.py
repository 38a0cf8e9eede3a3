"""Hints that a person may have two cases: tags of a phrase that is kept nowhere, and the pairs that share one."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.cases.models.case import OfCase
from permissions.scope import Reach
from permissions.shut_out import not_among


def _apart(cases: tuple[UUID, ...]) -> Any:
    """Return the condition that a pair names none of `cases` on either side."""
    return Q(not_among("case_id", cases)) & Q(not_among("other_case_id", cases))


class DuplicateTag(OfCase):
    """What a phrase became under the team's key. People add one; the job that compares them is who reads it."""

    tag = models.BinaryField(max_length=32)
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField(db_default=Now())
    compared_at = models.DateTimeField(null=True)

    unseen = True

    class Meta:
        indexes = [
            models.Index(fields=["team", "tag"], name="duplicate_tag_of_team"),
            models.Index(fields=["noted_at"], condition=Q(compared_at=None), name="duplicate_tag_new"),
        ]


class DuplicateHint(OfCase):
    """Two cases of one team under which the same phrase was said. For whoever coordinates the team alone."""

    other_case_id = models.UUIDField()
    found_at = models.DateTimeField(db_default=Now())

    unseen = True
    reach: ClassVar[Reach] = Reach(view="case.check_duplicate", apart=partial(_apart))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other_case_id"], name="two_cases_hinted_once")
        ]
