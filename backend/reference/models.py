"""The database's copy of the packaged lists, and the entries that a municipality has switched off.

A version of a list never changes its meaning; a changed list is a new version beside the old one.
"""

import uuid
from typing import ClassVar

from django.db import models


class ReferenceList(models.Model):
    """One list in one version; `digest` is the SHA-256 of the packaged file in hex."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    loaded = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "version"], name="reference_list_once"),
        ]


class ReferenceEntry(models.Model):
    """One code of a list. `item` is set only where a code is unique within its item."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(ReferenceList, on_delete=models.CASCADE, related_name="entries")
    item = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=80)
    position = models.PositiveIntegerField()
    labels = models.JSONField()
    attributes = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "item", "code"], name="reference_entry_once"),
        ]


class Switched(models.Model):
    """A municipality does not use this entry; `code` is the entry's key (`item:code` in two parts)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    municipality_code = models.CharField(max_length=10)
    list_name = models.CharField(max_length=60)
    code = models.CharField(max_length=141)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality_code", "list_name", "code"], name="reference_switched_once"
            ),
        ]
