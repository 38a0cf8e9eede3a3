"""The only writer of guardian rows. A grant goes to a group, never to a person, and carries its reason."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model, Q
from django.db.models.functions import Now
from guardian.utils import get_group_obj_perms_model

SEES_CASE = "see_case"
COORDINATES = "coordinate_team"
ONE_GRANT = ("group", "permission", "content_object", "reason", "source_id")
_COMMITTED: Final[dict[str, int]] = {}


def group_prefix(organisation_id: UUID) -> str:
    """Return how the names of an organisation's groups begin; the id of the team follows."""
    return f"organisation:{organisation_id}:team:"


def group_name(*, organisation_id: UUID, team_id: UUID) -> str:
    """Return the name of the one group of an organisation in a team."""
    return f"{group_prefix(organisation_id)}{team_id}"


def group_for(*, organisation_id: UUID, team_id: UUID) -> Group:
    """Return the one group of an organisation in a team, made when it is first needed.

    A group is never taken away, so one that is committed is asked for once.
    """
    name = group_name(organisation_id=organisation_id, team_id=team_id)
    if name in _COMMITTED:
        return Group(pk=_COMMITTED[name], name=name)
    group = Group.objects.get_or_create(name=name)[0]
    transaction.on_commit(lambda: _COMMITTED.update({name: group.pk}))
    return group


def team_group(*, role: str, team_id: UUID) -> Group:
    """Return the one group of a team-wide role."""
    return Group.objects.get_or_create(name=f"role:{role}:team:{team_id}")[0]


@cache
def _permission(model: type[Model], codename: str) -> Permission:
    """Return a permission. It comes with a migration and never changes, so it is asked for once."""
    return Permission.objects.get(
        codename=codename,
        content_type__app_label=model._meta.app_label,
        content_type__model=model._meta.model_name,
    )


def give(
    obj: Model, *, group: Group, codename: str, reason: str, source_id: UUID, until: datetime | None = None
) -> None:
    """Grant `codename` on `obj` to `group` because of `reason` (which names `source_id`), at most `until`.

    Giving the same grant again only moves its end.
    """
    give_all(obj, group=group, codename=codename, reasons=[reason], source_id=source_id, until=until)


def give_all(
    obj: Model,
    *,
    group: Group,
    codename: str,
    reasons: Sequence[str],
    source_id: UUID,
    until: datetime | None = None,
) -> None:
    """Do as `give` for several reasons. One statement, so that two at once cannot both insert."""
    grants: Any = get_group_obj_perms_model(obj)
    common = {
        "group": group,
        "permission": _permission(type(obj), codename),
        "content_object": obj,
        "source_id": source_id,
        "until": until,
        "team_id": getattr(obj, "team_id", obj.pk),
    }
    rows = [grants(reason=reason, **common) for reason in reasons]
    grants.objects.bulk_create(rows, update_conflicts=True, unique_fields=ONE_GRANT, update_fields=["until"])


def take(obj: Model, *, source_id: UUID, reason: str = "", group: Group | None = None) -> int:
    """Take back what `source_id` gave on `obj` (for one reason or group only, if named). Returns how many."""
    grants: Any = get_group_obj_perms_model(obj)
    rows = grants.objects.filter(content_object=obj, source_id=source_id)
    if reason:
        rows = rows.filter(reason=reason)
    if group:
        rows = rows.filter(group=group)
    return int(rows.delete()[0])


def live() -> Q:
    """Return the condition that a grant has not ended, by the database's clock."""
    return Q(until__isnull=True) | Q(until__gt=Now())
