"""The API's own rows: what was already created under which key, and how often somebody called. No content."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from backend.written import Written


class IdempotencyRecord(Written):
    """A creating request that was carried out: two MACs, what came of it, and when. Kept for 24 hours."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_mac = models.BinaryField(unique=True)
    request_mac = models.BinaryField()
    object_kind = models.CharField(max_length=40, blank=True)
    object_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="idempotency_created")]


class RateCounter(models.Model):
    """How often one actor called in the present window. One row for each actor and limit, used again and again."""

    key = models.BinaryField(primary_key=True)
    window = models.BigIntegerField()
    count = models.IntegerField()


class ThrottledCalls(models.Model):
    """Calls that were refused as too many, of one actor on one route in one minute: one audit entry in the end."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    minute = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    acting_for = models.UUIDField(null=True)
    route = models.CharField(max_length=200)
    method = models.CharField(max_length=16)
    count = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["minute", "actor_id", "actor_kind", "route", "method"],
                name="throttled_once_a_minute",
                nulls_distinct=False,
            ),
        ]
