"""One row for each thing somebody did. The bytes are the entry; the other columns only find and show it."""

import json
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

from audit.canonical import Json, canonical, genuine

# The log of what belongs to no team: sign-in, national and key events, denied attempts on absent objects.
NATIONAL = UUID(int=0)


class Outcome(models.TextChoices):
    SUCCESS = "success"
    DENIED = "denied"
    FAILED = "failed"


class Entry(models.Model):
    """An audit entry. Append-only by grants and triggers; the service itself cannot even read it."""

    SHOWN: ClassVar[tuple[str, ...]] = (
        "id", "log", "at", "actor_id", "actor_kind", "acting_for",
        "verb", "object_kind", "object_id", "outcome", "code", "request_id",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    log = models.UUIDField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=16)
    acting_for = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.TextField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    code = models.CharField(max_length=60)
    request_id = models.CharField(max_length=64)
    body = models.BinaryField()
    mac = models.BinaryField()
    # Filled by the sealer when the team's Merkle log takes the entry in. Empty until then.
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["log", "at"], name="audit_entry_log_at"),
            models.Index(fields=["object_id", "at"], name="audit_entry_object_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="audit_entry_outcome_known"
            ),
            models.UniqueConstraint(
                fields=["log", "leaf_index"],
                condition=models.Q(leaf_index__isnull=False),
                name="audit_entry_leaf_once",
            ),
        ]

    def is_genuine(self, key: bytes) -> bool:
        """Say whether the MAC belongs to the bytes and every shown column says what the bytes say."""
        body, mac = bytes(self.body), bytes(self.mac)
        return genuine(key, body, mac) and self._shows(body)

    def _shows(self, body: bytes) -> bool:
        said = json.loads(body)
        return canonical(said) == body and all(
            said.get(name) == written(getattr(self, name)) for name in self.SHOWN
        )


def written(value: object) -> Json:
    """Return a column's value as the bytes of an entry write it."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)
