"""Everything that is held on a case, table by table: whatever has the case in it, unless `LEFT_OUT` says why not.

Nothing here names a table to read or a field to open: a table that is added comes out by itself, and its sealed fields
by `encryption.places`. What has to be said are the columns that name a person who works, by `PEOPLE`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, UUIDField

from backend import asker
from backend.cases.models import Case
from backend.encryption import vault
from backend.encryption.places import declared, remembered
from backend.rights.people import People
from backend.teams.models import Organisation

# Tables with the case in them that the person is not given, each with its reason.
LEFT_OUT: Final[Mapping[str, str]] = {
    "review.ReviewItem": "what a worker is asked about an act of theirs, and answers: about the worker",
    "cases.DuplicateTag": "what a phrase became under a key: nobody can read it, and the phrase is kept nowhere",
    "cases.DuplicateHint": "names another case, which may be that of another person",
    "cases.Merge": "names another case, which is that of another person where nobody confirmed it",
    "cases.CaseGrant": "which organisation could see the case, worked out from what is given: consents and referrals",
}
# The same for tables whose rows are about somebody else: nobody's right to know reaches into another's safety.
OF_OTHERS: Final = frozenset({"Exclusion", "ExclusionLift", "ShutOut"})
# Columns that hold the id of somebody who works: the person is told role and organisation instead, and no id.
PEOPLE: Final = frozenset(
    {
        "answered_by", "asked_by", "assigned_to", "author_id", "by_user", "confirmed_by", "correction_asked_by",
        "created_by", "decided_by", "declined_by", "executed_by", "history_user_id", "person_id", "recorded_by",
        "replied_by", "requested_by", "reviewed_by",
    }
)  # fmt: skip
# Columns that say nothing about the person: the same in each row, or how the database keeps it.
SILENT: Final = frozenset({"team", "case", "history_change_reason", "import_key", "overdue_told_at"})
Table = list[dict[str, Any]]


def tables() -> Iterator[tuple[type[Model], str]]:
    """Yield each table with rows of a case and the column of the case, in the order of the apps."""
    for model in apps.get_models():
        column = column_of(model)
        named = remembered(model)
        if column and named._meta.label not in LEFT_OUT and named.__name__ not in OF_OTHERS:
            yield model, column


def column_of(model: type[Model]) -> str:
    """Return the name of the column that holds the case's id; empty for a table without one."""
    if remembered(model) is Case:
        return "id"
    found = (field.attname for field in model._meta.concrete_fields if field.related_model is Case)
    return next(found, "")


def everything(case: Case) -> dict[str, Table]:
    """Return all rows of a case by table, opened. Raises KeyGone, IntegrityFailure.

    The caller has asked for the right, and records what was done.
    """
    with asker.working_as(asker.RIGHTS), vault.lookup():
        people = People(case.team_id)
        found = {model._meta.db_table: _rows(model, column, case, people) for model, column in tables()}
    return {name: rows for name, rows in found.items() if rows}


def _rows(model: type[Model], column: str, case: Case, people: People) -> Table:
    fields = model._meta.concrete_fields
    kept = list(model._base_manager.filter(**{column: case.id}).order_by("pk").values(*_columns(fields)))
    opened = _opened(model, kept, case.id)
    names = _organisations(fields, kept)
    return [
        {**{field.name: _said(field, row, names, people) for field in fields if _speaks(field)}, **texts}
        for row, texts in zip(kept, opened, strict=True)
    ]


def _columns(fields: Any) -> list[str]:
    return [field.attname for field in fields]


def _speaks(field: "Field[Any, Any]") -> bool:
    return field.name not in SILENT


def _said(field: "Field[Any, Any]", row: Mapping[str, Any], names: Mapping[UUID, str], people: People) -> Any:
    value = row[field.attname]
    if value is None:
        return None
    if field.attname in PEOPLE:
        return people.who(value)
    return names.get(value, str(value)) if isinstance(field, ForeignKey | UUIDField) else value


def _opened(model: type[Model], rows: Table, case_id: UUID) -> list[dict[str, Any]]:
    """Return what was sealed in each row, under the names of its fields; None where nothing was."""
    places = declared(model)
    wanted = [(at, one, row) for at, row in enumerate(rows) for one in places if row[one.field] is not None]
    sealed = [
        vault.Sealed(place.record_id, place.label, bytes(row[one.field]), revision=one.revision_in(row))
        for _at, one, row in wanted
        for place in (one.of(row),)
    ]
    values = vault.open_many(owner_id=case_id, sealed=sealed)
    found: list[dict[str, Any]] = [dict.fromkeys(one.field for one in places) for _row in rows]
    for (at, one, _row), value in zip(wanted, values, strict=True):
        found[at][one.field] = value
    return found


def _organisations(fields: Any, rows: Table) -> dict[UUID, str]:
    columns = [field.attname for field in fields if field.related_model is Organisation]
    ids = {row[column] for row in rows for column in columns}
    return dict(Organisation.objects.filter(pk__in=ids - {None}).values_list("pk", "name")) if ids else {}
