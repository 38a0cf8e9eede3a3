"""The one way to change anything: name actor, verb and object, then save. The entry commits with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import models, transaction

from audit import canonical
from audit.actor import By
from audit.canonical import Fact
from audit.entries import compose
from audit.models import Entry
from audit.recorder import kind_of, write
from backend import asker
from backend.errors import NotFound
from backend.prepared import Prepared


class OutsideAct(RuntimeError):
    """Something that keeps a history was to be changed, and nobody had said who changes it and why."""


class Act:
    """What is being done right now. Its `id` becomes the id of its audit entry."""

    def __init__(self, by: By, verb: str, *, on: models.Model | None, team: UUID | None) -> None:
        self.id = uuid4()
        self.by = by
        self.verb = canonical.verb(verb)
        self._on = on
        self._object_id = _id_of(on)
        self._team = team
        self._also: set[UUID | None] = set()
        self._facts: dict[str, Fact] = {}

    def note(self, **facts: Fact) -> None:
        """Add facts to the entry. A fact of the same name is replaced. Raises InvalidFact."""
        self._facts.update(canonical.facts(facts))

    def on(self, obj: models.Model) -> None:
        """Name the object that was created inside the act."""
        self._on = obj
        self._object_id = _id_of(obj)

    def also(self, teams: Iterable[UUID | None]) -> None:
        """Have the same entry in the logs of `teams`, too: of each that the act reaches. None is the national log."""
        self._also.update(teams)

    def write(self) -> None:
        """Write the one success entry of this act on `default`, and its copies for other logs, in one INSERT."""
        first = self._team or getattr(self._on, "team_id", None)
        others = sorted(self._also - {first}, key=str)
        entries = [self._entry(first, entry_id=self.id), *(self._entry(one) for one in others)]
        write(entries, using="default")

    def _entry(self, team: UUID | None, *, entry_id: UUID | None = None) -> Entry:
        on = self._on
        return compose(
            self.by,
            self.verb,
            team=team,
            kind=kind_of(on) if on is not None else "",
            object_id=self._object_id or _id_of(on),
            given=self._facts,
            entry_id=entry_id,
        )


_active: ContextVar[Act | None] = ContextVar("active_act", default=None)


def active() -> Act | None:
    """Return the innermost act that is running, if any."""
    return _active.get()


def required() -> Act:
    """Return the innermost running act. Raises OutsideAct when there is none."""
    current = _active.get()
    if current is None:
        raise OutsideAct("Only inside audit.acts.act can this be changed.")
    return current


@contextmanager
def act(
    by: By,
    verb: str,
    on: models.Model | None = None,
    *,
    needs: str | None = None,
    team: UUID | None = None,
    **facts: Fact,
) -> Iterator[Act]:
    """Open an act of `by` on `on`: lock the row, refresh `on` from it, ask for `needs`, then yield.

    Joins the transaction on `default` or opens one. There is no savepoint: after an exception the whole
    transaction can only roll back, and no entry is left. The entry goes to the log of `team`, else of
    `on.team_id`, else to the national one. Raises what `by.require` raises, NotFound when the row is gone or
    not shown to `by`, AuditUnavailable when the entry cannot be written, InvalidFact for what must not be recorded.
    """
    with transaction.atomic(using="default", savepoint=False), asker.speaking_for(by):
        current = Act(by, verb, on=on, team=team)
        current.note(**facts)
        _lock(on, by=by, needs=needs)
        if needs is not None:
            by.require(needs, on)
        token = _active.set(current)
        try:
            yield current
        finally:
            _active.reset(token)
        current.write()


def _id_of(on: models.Model | None) -> str:
    """Return the id as text; kept from the beginning, because deleting an object takes its id away."""
    return "" if on is None or on.pk is None else str(on.pk)


def _lock(on: models.Model | None, *, by: By, needs: str | None) -> None:
    if on is None or on._state.adding:
        return
    found = _LOCKED.first(type(on), pk=on.pk)
    if found is None and needs is not None:
        by.require(needs, on)  # what the second wall lets nobody change may show: then it is Forbidden
    if found is None:  # gone, or behind the second wall
        raise NotFound
    _refresh(on, found)


def _row_to_lock(model: type[models.Model], *, pk: object) -> models.QuerySet[models.Model]:
    return model._base_manager.select_for_update(of=("self",)).filter(pk=pk)


_LOCKED: Final = Prepared(_row_to_lock)


def _refresh(on: models.Model, found: models.Model) -> None:
    """Do what `refresh_from_db` does, with a row that is at hand."""
    fields: Any = on._meta.concrete_fields
    for field in fields:
        setattr(on, field.attname, getattr(found, field.attname))
        if field.is_relation and field.is_cached(on):
            field.delete_cached_value(on)
    for relation in on._meta.related_objects:
        if relation.is_cached(on):
            relation.delete_cached_value(on)
    on._state.db = found._state.db
