"""Which columns hold envelopes, and how the place of each follows from its row: declared once, beside the field.

Whoever must reach everything that is sealed (re-keying, erasure, the export of all that is held) goes by this, so that
no field is forgotten. A history row holds the same envelope as the row it remembers: one declaration serves both.

    sealed_places: ClassVar[Places] = (SealedPlace("envelope", label="case.{data_class}"),)
"""

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import models

from backend.encryption.cipher import Place
from backend.encryption.fields import SealedField

# The column of a case's id, and of a team's where what is sealed belongs to no case.
CASE, TEAM, ITSELF = "case_id", "team_id", "id"


class SealedPlace(NamedTuple):
    """One SealedField: its label, with columns in braces, and the columns of its owner, record and revision.

    The owner is whose data key seals it. `revision` counts the sealings; empty for what is sealed once, under 1.
    """

    field: str
    label: str
    owner: str = CASE
    record: str = "id"
    revision: str = ""

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns that have to be read to know the place."""
        named = {name for _, name, _, _ in Formatter().parse(self.label) if name}
        return frozenset({self.owner, self.record, self.revision, *named} - {""})

    def of(self, row: Mapping[str, Any]) -> Place:
        """Return the place of this field in a row, as `values()` gives it with `columns`."""
        record: UUID = row[self.record]
        return Place(case_id=row[self.owner], record_id=record, label=self.label.format_map(row))

    def revision_in(self, row: Mapping[str, Any]) -> int | None:
        """Return the revision that an envelope in this row must have; None where the row does not count it (0)."""
        return row[self.revision] or None if self.revision else 1


Places: TypeAlias = tuple[SealedPlace, ...]


class SealedColumn(NamedTuple):
    """One column that holds envelopes; `model` is a history's where `is_history`."""

    model: type[models.Model]
    place: SealedPlace
    is_history: bool

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def name(self) -> str:
        """Return how a report names the column: `cases_note.envelope`."""
        return f"{self.table}.{self.place.field}"


def columns(*, owner: str | None = None) -> Iterator[SealedColumn]:
    """Yield every column with envelopes, in the order of the apps; those of one owner only, if given (`CASE`)."""
    for model in apps.get_models():
        for place in declared(model):
            if owner in {None, place.owner}:
                yield SealedColumn(model, place, is_history=remembered(model) is not model)


def remembered(model: type[models.Model]) -> type[models.Model]:
    """Return the model whose rows a history remembers; any other model itself."""
    found: type[models.Model] = getattr(model, "instance_type", model)
    return found


def declared(model: type[models.Model]) -> Places:
    """Return the declaration for a model or for the model whose history it is; nothing for one without."""
    found: Places = getattr(remembered(model), "sealed_places", ())
    return found


def faults(models_there: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield what is wrong: a field undeclared or declared twice, a column that is not there, a label in two places."""
    labels: dict[str, type[models.Model]] = {}
    for model in models_there:
        yield from _faults(model)
        for place in declared(model):
            other = labels.setdefault(place.label, remembered(model))
            if other is not remembered(model):
                yield f"{model.__name__}.{place.field}: {other.__name__} has the label {place.label}, too"


def _faults(model: type[models.Model]) -> Iterator[str]:
    there = {field.attname for field in model._meta.concrete_fields}
    sealed = {field.name for field in model._meta.concrete_fields if isinstance(field, SealedField)}
    said = [place.field for place in declared(model)]
    for name in sorted(sealed - set(said)):
        yield f"{model.__name__}.{name}: sealed, and in no `sealed_places`"
    for name in sorted(set(said) - sealed):
        yield f"{model.__name__}.{name}: in `sealed_places`, and no SealedField"
    if len(said) != len(set(said)) or len({place.label for place in declared(model)}) != len(said):
        yield f"{model.__name__}: a field or a label stands twice in `sealed_places`"
    for place in declared(model):
        for column in sorted(place.columns - there):
            yield f"{model.__name__}.{place.field}: its place needs the column {column}"
