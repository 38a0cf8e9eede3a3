"""One row for each thing somebody did, and the sealed log over them.

The bytes are the entry; the other columns only find and show it. The transaction that wrote it stands in a column
that only the database fills and the sealer reads (`written_in`, migration 0004), so no model names it.
"""

import json
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

from audit.canonical import Json, canonical_of_codes, genuine

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

    class Meta:
        indexes = [
            models.Index(fields=["log", "at"], name="audit_entry_log_at"),
            models.Index(fields=["object_id", "at"], name="audit_entry_object_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="audit_entry_outcome_known"
            ),
        ]

    def is_genuine(self, key: bytes) -> bool:
        """Say whether the MAC belongs to the bytes and every shown column says what the bytes say."""
        body, mac = bytes(self.body), bytes(self.mac)
        return genuine(key, body, mac) and self._shows(body)

    def _shows(self, body: bytes) -> bool:
        said = json.loads(body)
        return canonical_of_codes(said) == body and all(
            said.get(name) == written(getattr(self, name)) for name in self.SHOWN
        )


class Log(models.Model):
    """The RFC 6962 log of a team, or the national one. Its `id` is the team's.

    `frontier` holds the roots of the perfect subtrees that make up the tree of `size` leaves, 32 bytes each, the
    largest first. Names and keys are public.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    origin = models.TextField(unique=True)
    vkey = models.TextField()
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=bytes)
    checkpoint_size = models.BigIntegerField(default=0)
    checkpoint_at = models.DateTimeField(null=True)


class Leaf(models.Model):
    """The place of an entry in its log: numbers without a gap, in the order in which the sealer found them."""

    entry_id = models.UUIDField(primary_key=True, editable=False)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False)
    index = models.BigIntegerField()
    leaf_hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="audit_leaf_place")]


class Node(models.Model):
    """The root of a complete subtree of 2^level leaves, at levels 8, 16, 24...: what a proof starts from."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False)
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "index"], name="audit_node_place")]


class Checkpoint(models.Model):
    """A signed note (C2SP tlog-checkpoint) that says which root the log had at a size."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    log = models.ForeignKey(Log, on_delete=models.PROTECT, db_index=False)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="audit_checkpoint_size")]


class Cosignature(models.Model):
    """The line by which a witness says that it saw this checkpoint, and that it continues what it saw before."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, db_index=False)
    witness = models.TextField()
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="audit_cosigned_once")]


class Sealing(models.Model):
    """Where the sealer stands: every transaction before `bound` is over, and its entries are in their logs.

    `system` names the database cluster that counted them: in another one (a restored copy) the numbers mean nothing.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    bound = models.BigIntegerField(default=0)
    system = models.BigIntegerField(default=0)


def written(value: object) -> Json:
    """Return a column's value as the bytes of an entry write it."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)
