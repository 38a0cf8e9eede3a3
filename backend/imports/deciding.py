"""What becomes of one person of a file: every row of theirs is accepted, unchanged, or refused with its reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from backend import asker
from backend.encryption import vault
from backend.imports import rows
from backend.imports.errors import Reason, RowRefused
from backend.imports.mapping import MappedCase, Mapping
from backend.imports.models import ImportRun
from backend.imports.people import Person
from backend.imports.providers import Providers
from permissions.actor import Actor

CASE_REFUSED: Final = (Reason("", "case_refused"),)
CAME_BEFORE: Final = (Reason("", "case_came_before"),)


@dataclass(frozen=True)
class Outcome:
    """What became of one row."""

    table: str
    number: int
    outcome: str
    reasons: Sequence[Reason] = ()
    case_id: UUID | None = None


@dataclass(frozen=True)
class Work:
    """What stays the same through a run."""

    by: Actor
    run: ImportRun
    mapping: Mapping
    providers: Providers


def decide(work: Work, person: Person) -> list[Outcome]:
    """Write the person's case, in the caller's transaction. A dry run writes it too, and takes it back."""
    if person.row is None:
        return list(refused_rows(person, person.faults))
    try:
        mapped = work.mapping.apply(person.row, person.rows)
        known = rows.already_in(work.run, mapped.row_key)
        if known is not None:
            return list(_unchanged(work, person, mapped, known))
        with transaction.atomic(), asker.speaking_for(work.by):
            case_id = rows.write(work.by, work.run, mapped=mapped, providers=work.providers)
            transaction.set_rollback(work.run.dry_run)
    except RowRefused as refused:
        return list(refused_rows(person, refused.reasons))
    if work.run.dry_run:
        vault.destroy(owner_id=case_id)
    return list(_told(person, mapped, "accepted", None if work.run.dry_run else case_id))


def refused_rows(person: Person, reasons: Sequence[Reason]) -> Iterator[Outcome]:
    """Refuse every row of a person: the first table's for these reasons, what hangs on it because of that."""
    first, _ = person.place
    for table, found in person.rows.items():
        why = reasons if table == first or person.stray else CASE_REFUSED
        yield from (Outcome(table, row.number, "refused", why) for row in found)


def _told(person: Person, mapped: MappedCase, outcome: str, case_id: UUID | None) -> Iterator[Outcome]:
    """Give every row the outcome, but those that the story could not take."""
    refused = mapped.story.refused if mapped.story else {}
    for table, found in person.rows.items():
        for row in found:
            if why := refused.get((table, row.number)):
                yield Outcome(table, row.number, "refused", why, case_id)
            else:
                yield Outcome(table, row.number, outcome, case_id=case_id)


def _unchanged(work: Work, person: Person, mapped: MappedCase, known: UUID) -> Iterator[Outcome]:
    """Leave a case that came in before as it is; where it was told another number of things, say so row by row."""
    told = len(mapped.story.told) if mapped.story else 0
    same = mapped.story is None or rows.told_before(known) == told
    hanging = {rule["table"] for rule in work.mapping.dependent}
    for one in _told(person, mapped, "unchanged", known):
        changed = not same and one.table in hanging and one.outcome == "unchanged"
        yield Outcome(one.table, one.number, "refused", CAME_BEFORE, known) if changed else one
