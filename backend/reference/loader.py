"""Brings the packaged lists into the database: all of them or none, and nothing when nothing changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from backend.reference.lists import CodeList, Entry

Stored = tuple[int, dict[str, str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """What loading one list did, in rows."""

    name: str
    version: str
    added: int
    changed: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.changed} changed, {self.removed} removed"
        return f"{self.name} (version {self.version}): {counts}"


def load(
    code_lists: Iterable[CodeList],
    *,
    lists: Any,
    entries: Any,
    using: str = "default",
) -> list[Change]:
    """Make the rows equal to `code_lists`, in one transaction.

    The model classes come as arguments so that a migration can pass the ones of its own time; those have
    no static type.
    """
    whole = list(code_lists)  # every file is read and checked before the first row is written
    with transaction.atomic(using=using):
        return [_Loading(code_list, lists, entries, using).run() for code_list in whole]


class _Loading:
    def __init__(self, code_list: CodeList, lists: Any, entries: Any, using: str) -> None:
        self.code_list = code_list
        self.lists: models.Manager[Any] = lists.objects.db_manager(using)
        self.entries: models.Manager[Any] = entries.objects.db_manager(using)

    def run(self) -> Change:
        row, created = self.lists.get_or_create(
            name=self.code_list.name,
            version=self.code_list.version,
            defaults={"digest": self.code_list.digest, "loaded": timezone.now()},
        )
        change = self._entries_of(row)
        if not created and (change or row.digest != self.code_list.digest):
            row.digest, row.loaded = self.code_list.digest, timezone.now()
            row.save(update_fields=["digest", "loaded"])
        return change

    def _entries_of(self, row: Any) -> Change:
        stored = {(entry.item, entry.code): entry for entry in self.entries.filter(list=row)}
        wanted = {(entry.item, entry.code): entry for entry in self.code_list.entries}
        gone = [stored[key].pk for key in stored.keys() - wanted.keys()]
        new = [entry for key, entry in wanted.items() if key not in stored]
        other = [
            (stored[key], entry)
            for key, entry in wanted.items()
            if key in stored and _as_stored(stored[key]) != _as_packaged(entry)
        ]
        self.entries.filter(pk__in=gone).delete()
        self.entries.bulk_create(self.entries.model(list=row, **_columns(entry)) for entry in new)
        for old, entry in other:
            self.entries.filter(pk=old.pk).update(**_columns(entry))
        return Change(row.name, row.version, len(new), len(other), len(gone))


def _columns(entry: Entry) -> dict[str, Any]:
    position, labels, attributes = _as_packaged(entry)
    return {
        "item": entry.item,
        "code": entry.code,
        "position": position,
        "labels": labels,
        "attributes": attributes,
    }


def _as_packaged(entry: Entry) -> Stored:
    return entry.position, dict(entry.labels), dict(entry.attributes)


def _as_stored(row: Any) -> Stored:
    return row.position, row.labels, row.attributes
