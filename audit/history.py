"""Models that keep a history: saved only inside an act, each change with its author and verb.

The author is a plain id, so that removing an account never blanks who did what. A history row holds what the
row held: a sealed field is the same envelope there.
"""

from functools import cache
from typing import Any, ClassVar, NoReturn, Self, TypeVar
from uuid import UUID, uuid4

from django.core import checks
from django.db import models
from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords

from audit.acts import OutsideAct, required
from backend.written import Written

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class NoBulk:
    """A queryset without bulk writes: they would pass by history and audit.

    There is no way around it on purpose: load the rows and save each inside an act.
    """

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise OutsideAct("Bulk writes leave no history. Save each row inside an act.")

    update = delete = bulk_create = bulk_update = _refuse


class ActedQuerySet(NoBulk, models.QuerySet[M_co, M_co]):
    """What every manager of an `Acted` model builds on: `SomeManager.from_queryset(ActedQuerySet)`."""


ActedManager = models.Manager.from_queryset(ActedQuerySet)


class Acted(models.Model):
    """A model that is saved and deleted only inside `audit.acts.act`."""

    objects: ClassVar[ActedManager[Self]] = ActedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        required()
        if hasattr(self, "skip_history_when_saving"):
            raise OutsideAct("There is no saving without history.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        required()
        return super().delete(*args, **kwargs)

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        """Add audit.E005: a manager that still offers bulk writes."""
        found = super().check(**kwargs)
        for manager in cls._meta.managers:
            if not isinstance(manager.get_queryset(), NoBulk):
                message = f"{cls.__name__}.{manager.name} is not built on ActedQuerySet."
                found.append(checks.Error(message, obj=cls, id="audit.E005"))
        return found


class TrailQuerySet(NoBulk, HistoricalQuerySet):
    """History is read through this and written by saving, nowhere else."""


class TrailManager(HistoryManager):
    """The library makes the class of a history's manager anew at every look; here once."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class TrailRow(Written):
    """A row of a history: added inside an act, never changed."""

    objects: ClassVar[ActedManager[Self]] = ActedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        required()
        if not self._state.adding:
            raise OutsideAct("A row of a history is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise OutsideAct("A row of a history is never deleted.")


class Trail(HistoricalRecords):
    """Author and reason of each row come from the running act and from nowhere else."""

    def get_history_user(self, instance: models.Model) -> UUID | None:
        del instance
        return required().by.id

    def get_change_reason_for_object(self, instance: models.Model, *type_and_alias: str | None) -> str:
        del instance, type_and_alias
        current = required()
        return f"{current.verb} {current.id}"

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)  # type: ignore[no-untyped-call]
        return extra | {"history_user_id": models.UUIDField(null=True)}


def trail(**kwargs: Any) -> Any:
    """Return the HistoricalRecords of a model; `kwargs` are passed on to it.

    `history_user_id` is a plain UUID, `history_change_reason` reads `verb act-id`; the act's id is the id of
    its audit entry. Typed as Any, because on the finished model it is a manager.
    """
    return Trail(  # type: ignore[no-untyped-call]
        bases=(TrailRow,),
        history_id_field=models.UUIDField(default=uuid4),
        history_user_id_field=models.UUIDField(null=True),
        history_user_getter=_author,
        history_user_setter=_set_author,
        historical_queryset=TrailQuerySet,
        history_manager=TrailManager,
        **kwargs,
    )


def _author(row: Any) -> UUID | None:
    author: UUID | None = row.history_user_id
    return author


def _set_author(row: Any, author: UUID | None) -> None:
    row.history_user_id = author
