"""Entries at any hour, and items as the job would make them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from audit import entries, recorder
from backend.review.models import LEAD, ReviewItem
from permissions.actor import Actor
from tests.world import Town, ahead, saved

HERE = ZoneInfo("Europe/Belgrade")


def weekday(hour: int, *, weeks: int = 1) -> datetime:
    """Return an hour, by the town's clock, of a Wednesday some weeks ago."""
    today = timezone.now().astimezone(HERE).replace(hour=hour, minute=5, second=0, microsecond=0)
    return today - timedelta(days=(today.weekday() - 2) % 7 + 7 * weeks)


@contextmanager
def clock(moment: datetime) -> Iterator[None]:
    """Let entries be written as of another moment."""
    with mock.patch.object(entries, "timezone", SimpleNamespace(now=lambda: moment)):
        yield


def noted(
    town: Town,
    user: Any,
    verb: str = "case.read",
    *,
    at: datetime,
    object_id: UUID | None = None,
    **facts: Any,
) -> None:
    """Write an entry of a person in the log of a town as of a moment."""
    with clock(at):
        recorder.record(
            Actor(id=user.id),
            verb,
            team=town.team.id,
            kind="case",
            object_id=str(object_id or uuid4()),
            **facts,
        )


def item(town: Town, person: Any, **values: Any) -> ReviewItem:
    """Put an item about an act of `person` into a queue of the town, the lead's unless told."""
    usual: dict[str, Any] = {
        "entry_id": uuid4(),
        "rule": "sample",
        "bundle": uuid4().hex,
        "rank": 0,
        "month": timezone.now().date().replace(day=1),
        "for_role": LEAD,
        "minutes": 1,
        "due_at": ahead(days=30),
        "person_id": person.id,
        "verb": "case.read",
        "at": timezone.now(),
        "created_at": timezone.now(),
    }
    row: ReviewItem = saved(ReviewItem(team=town.team, **usual | values))
    return row
