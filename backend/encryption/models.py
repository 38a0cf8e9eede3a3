"""Wrapped data keys, in a cluster of their own: a restored main backup brings no destroyed key back."""

import uuid

from django.db import models
from django.db.models.functions import Now

from backend.encryption.envelope import LAST_GENERATION

WRAPPED_SIZE = 60


class WrappedKey(models.Model):
    """The data key of one owner (a case, or a record of the platform), wrapped by its team's root key.

    `id` is the DEK id in envelopes. `generation` counts the owner's data keys and stays; `root_generation`
    says which root key wraps it now and changes when the roots rotate. Deleting the row is the erasure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_id = models.UUIDField()
    team_id = models.UUIDField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=1)
    root_generation = models.PositiveIntegerField()
    wrapped = models.BinaryField(max_length=WRAPPED_SIZE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "generation"], name="wrapped_key_once_per_generation"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    generation__range=(1, LAST_GENERATION), root_generation__range=(1, LAST_GENERATION)
                ),
                name="wrapped_key_generations",
            ),
        ]
        indexes = [models.Index(fields=["team_id", "root_generation"], name="wrapped_key_team_root")]


class ErasedOwner(models.Model):
    """One erasure: whose keys were destroyed. Rows are added and never changed, and no key comes for them again.

    `kind` is `case` or `team` (then `owner_id` is the team's). `erasure_id` names the row in the main database.
    """

    owner_id = models.UUIDField(primary_key=True, editable=False)
    team_id = models.UUIDField()
    kind = models.CharField(max_length=4)
    erasure_id = models.UUIDField()
    erased_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=("case", "team")), name="erased_owner_kind_known"
            ),
        ]
