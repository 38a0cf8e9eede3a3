"""The sealed rows of a case: made together, opened by class, sealed again under the next revision.

Every row is at least 1 KiB inside its envelope, so that neither its presence nor its length says anything.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, cast
from uuid import UUID

from django.db.models import QuerySet

from audit.additions import add_all
from backend.cases import classes
from backend.cases.content import Content, Need
from backend.cases.models import Case, CaseFacts
from backend.encryption import vault
from backend.prepared import Prepared

FLOOR: Final = 1024
Facts = dict[str, Content]


def label(data_class: str) -> str:
    """Return the name under which a class is sealed."""
    return f"case.{data_class}"


def make(case: Case, *, facts: Mapping[str, Content]) -> None:
    """Seal one row for each stored class of a new case: those in `facts`, the others empty."""
    with vault.lookup([case.id]):
        add_all(
            [_new_row(case, data_class, facts.get(data_class, Content())) for data_class in classes.stored()]
        )


def _new_row(case: Case, data_class: str, content: Content) -> CaseFacts:
    row = CaseFacts(case=case, team_id=case.team_id, data_class=data_class)
    row.envelope = _sealed(row, content)
    return row


def _sealed(row: CaseFacts, content: Content) -> bytes:
    return vault.seal_for(
        owner_id=row.case_id,
        record_id=row.id,
        label=label(row.data_class),
        revision=row.revision,
        value=content.packed(),
        floor=FLOOR,
    )


def open_classes(case_id: UUID, *, data_classes: Collection[str]) -> Facts:
    """Open the rows of these classes: one query for the rows, one for the key. Raises KeyGone,
    IntegrityFailure.

    The caller decides who may see what comes back, and records that it was opened.
    """
    if not data_classes:
        return {}
    return dict(_open_rows(case_id, _ROWS.rows(case_id=case_id, data_classes=sorted(data_classes))))


def _rows(*, case_id: UUID, data_classes: Collection[str]) -> QuerySet[CaseFacts]:
    return CaseFacts.objects.filter(case_id=case_id, data_class__in=data_classes)


_ROWS: Final = Prepared(_rows)


def _open_rows(case_id: UUID, rows: Iterable[CaseFacts]) -> Iterable[tuple[str, Content]]:
    listed = list(rows)
    sealed = [vault.Sealed(row.id, label(row.data_class), row.envelope, row.revision) for row in listed]
    values = vault.open_many(owner_id=case_id, sealed=sealed)
    for row, value in zip(listed, values, strict=True):
        yield row.data_class, Content.unpacked(cast("dict[str, Any]", value))


def open_for_change(case: Case, *, data_classes: Collection[str]) -> dict[str, tuple[CaseFacts, Content]]:
    """Open rows of a case whose own row is locked, to be sealed again."""
    rows = _ROWS.rows(case_id=case.id, data_classes=sorted(data_classes))
    contents = dict(_open_rows(case.id, rows))
    return {row.data_class: (row, contents[row.data_class]) for row in rows}


def seal_again(row: CaseFacts, *, content: Content) -> None:
    """Seal new content under the next revision, inside an act that has locked the case."""
    row.revision += 1
    row.envelope = _sealed(row, content)
    row.save()


def need_by_id(case_id: UUID, *, need_id: UUID) -> Need | None:
    """Return the need of this id in any class, or None. For the program: nobody is shown what was opened."""
    facts = open_classes(case_id, data_classes=classes.stored())
    needs = (need for content in facts.values() for need in content.needs)
    return next((need for need in needs if need.id == need_id), None)
