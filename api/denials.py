"""Writes what was denied, and what did not open, once the request's transaction is gone: one entry for each request.

A foreign id goes to the log of the team it belongs to, an absent one to the national log. Both are looked up the same
way, so that the time they take tells nothing. Calls over the limit have no object: they go to the log of the team in
which the caller works.
"""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import F
from django.utils import timezone

from api.attempt import Attempt, Target
from api.models import ThrottledCalls
from audit import context, recorder
from backend.cases import integrity
from backend.teams.roster import home_of
from permissions.actor import Actor
from permissions.rls import WALLS
from permissions.scope import reach_of

OUTSIDE = "outside"
UUID_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CODE_FORM = re.compile(r"[A-Za-z0-9-]{1,20}")


def write(tried: Attempt) -> None:
    """Write the entry that this attempt asks for, if any. Raises AuditUnavailable."""
    if tried.throttled:
        count_throttled(tried.by)
    elif tried.broken is not None:
        integrity.report(tried.by, tried.broken.where, verb=tried.verb)
    elif tried.denied:
        _write_denied(tried)


def _write_denied(tried: Attempt) -> None:
    target = tried.probed or (None if tried.guessed else tried.target)
    recorder.record_denied(
        tried.by,
        tried.verb,
        team=team_of(target) if target else None,
        kind=str(target.model._meta.model_name) if target else "",
        object_id=_written(target) if target else "",
        code=tried.denied,
    )


def _written(target: Target) -> str:
    """Return the key as the object has it: a code may be typed in small letters."""
    return str(next(iter(named(target.model, target.key).values()), target.key))


def team_of(target: Target) -> UUID | None:
    """Return the team of the object, whoever may see it; None when there is none."""
    if target.model._meta.db_table in WALLS:
        return _behind_the_wall(target)
    path = team_path(target.model)
    if not path:
        return None
    rows = target.model._base_manager.using(OUTSIDE).filter(by_key(target.model, target.key))
    found: UUID | None = rows.values_list(path, flat=True).first()
    return found


def team_path(model: type[models.Model]) -> str:
    """Return where a row of the model names its team; empty for what belongs to none, as one's own session."""
    if not hasattr(model, "reach"):
        return ""
    return reach_of(model).team or ("pk" if model._meta.model_name == "team" else "")


def _behind_the_wall(target: Target) -> UUID | None:
    """Ask the one function that may look past the wall, for a team alone."""
    asked = {
        "id" if name == "pk" else name: str(value) for name, value in named(target.model, target.key).items()
    }
    for column, key in asked.items():
        with connections[OUTSIDE].cursor() as cursor:
            cursor.execute("SELECT spona.team_of(%s, %s, %s)", [target.model._meta.db_table, column, key])
            found: UUID | None = cursor.fetchone()[0]
        return found
    return None


def by_key(model: type[models.Model], key: str) -> models.Q:
    """Return the condition for the id or, where the model has codes, the code `key`; nothing fits a malformed one."""
    return models.Q(**(named(model, key) or {"pk__in": ()}))


def named(model: type[models.Model], key: str) -> dict[str, Any]:
    """Return what `key` names: `pk`, `code` where a code names one row, or nothing at all."""
    if UUID_FORM.fullmatch(key):
        return {"pk": UUID(key)}
    if CODE_FORM.fullmatch(key) and any(
        field.name == "code" and field.unique for field in model._meta.fields
    ):
        return {"code": key.upper()}
    return {}


def count_throttled(by: Actor) -> None:
    """Count one refused call; the entry for its minute is written when the minute is over."""
    facts = context.request_facts.get()
    minute = timezone.now().replace(second=0, microsecond=0)
    row = {
        "minute": minute,
        "actor_id": by.id,
        "actor_kind": by.kind,
        "acting_for": by.acting_for,
        "route": facts.route[:200],
        "method": facts.method[:16],
    }
    flush(before=minute)
    calls = ThrottledCalls.objects.using(OUTSIDE)
    calls.bulk_create([ThrottledCalls(**row)], ignore_conflicts=True)
    calls.filter(**row).update(count=F("count") + 1)


def flush(*, before: datetime | None = None) -> int:
    """Write the entries of all minutes before `before` (now, unless told) and return how many they were."""
    end = (before or timezone.now()).replace(second=0, microsecond=0)
    calls = ThrottledCalls.objects.using(OUTSIDE).filter(minute__lt=end)
    with transaction.atomic(using=OUTSIDE):
        due = list(calls.select_for_update(skip_locked=True))
        for row in due:
            _write_throttled(row)
        ThrottledCalls.objects.using(OUTSIDE).filter(pk__in=[row.pk for row in due]).delete()
    return len(due)


def _write_throttled(row: ThrottledCalls) -> None:
    by = Actor(id=row.actor_id, kind=row.actor_kind, acting_for=row.acting_for)
    token = context.request_facts.set(context.RequestFacts("", route=row.route, method=row.method))
    try:
        recorder.record_denied(
            by,
            "request.throttled",
            team=home_of(row.acting_for or row.actor_id, using=OUTSIDE),
            kind="",
            object_id="",
            code="throttled",
            minute=row.minute.strftime("%Y-%m-%dT%H:%MZ"),
            count=row.count,
        )
    finally:
        context.request_facts.reset(token)
