"""What every table has in common: a random id, a version where it changes, an interval where it ends."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from audit.history import Acted
from backend.written import Written


class Row(Written):
    """A row with a random id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Versioned(Row, Acted):
    """A row that changes: inside an act only, with history, counted in `version` (the ETag of the API)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            self.version += 1
        super().save(*args, **kwargs)


class Interval(models.Model):
    """Something that holds from one moment to another, judged by the database's clock at each request."""

    valid_from = models.DateTimeField(db_default=Now())
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def live(prefix: str = "") -> Q:
    """Return the condition that an interval holds now, by the database's clock. `prefix` is a path with
    `__`."""
    begun = Q(**{f"{prefix}valid_from__lte": Now()})
    not_ended = Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": Now()})
    return begun & not_ended
