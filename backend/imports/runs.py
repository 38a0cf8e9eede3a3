"""Working through an upload: person by person, each a transaction, from where an earlier try stopped."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from audit.acts import act
from backend import asker
from backend.encryption import vault
from backend.imports import uploads
from backend.imports.deciding import Outcome, Work, decide
from backend.imports.errors import Unreadable
from backend.imports.mapping import parse_mapping
from backend.imports.models import ImportRow, ImportRun
from backend.imports.people import People, Person, read_people
from backend.imports.providers import Providers
from backend.locks import alone
from backend.teams.actors import actor_for
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

Progress = Callable[[ImportRun], None]
OPEN: Final = ("queued", "running")


def _quiet(_run: ImportRun) -> None:
    return None


def process(run: ImportRun, *, progress: Progress = _quiet) -> bool:
    """Work through `run` with the rights its uploader has now; call `progress` after each person.

    Returns False when another process is at it. A run that cannot go on ends as `failed` with a code: no row of it
    is half-written, and what was accepted before stays.
    """
    with alone(f"import {run.id}") as mine:
        if not mine:
            return False
        run.refresh_from_db()
        if run.status in OPEN:
            _work_through(run, progress)
    return True


def process_queued(_by: Actor) -> int:
    """Work through every upload that waits or was interrupted; the worker's job. Returns how many."""
    waiting = ImportRun.objects.filter(status__in=OPEN).order_by("created_at", "id")
    return sum(_process_or_fail(run) for run in waiting)


def _process_or_fail(run: ImportRun) -> bool:
    """Work through one run; a mistake of ours ends this run and stops no other."""
    try:
        return process(run)
    except Exception as error:  # noqa: BLE001 - named in the run, where its uploader sees it
        _finish(actor_for(run.uploaded_by), run, "failed", failure=f"internal: {type(error).__name__}")
        return True


def _work_through(run: ImportRun, progress: Progress) -> None:
    by = actor_for(run.uploaded_by)
    try:
        by.require("import.run", run)
        mapping = parse_mapping(run.mapping_text)
        people = read_people(mapping, uploads.content_of(run))
        run.status, run.people = "running", people.total
        run.save(update_fields=["status", "people"])
        work = Work(by, run, mapping, Providers(run))
        for person in _left(run, people):
            _one(work, person)
            progress(run)
        _finish(by, run, "done")
    except (Forbidden, NotFound):
        _finish(by, run, "failed", failure="forbidden")
    except Unreadable as refused:
        _finish(by, run, "failed", failure=str(refused)[:120])


def _left(run: ImportRun, people: People) -> Iterator[Person]:
    """Return the persons of whom nothing was written yet: all of a person is written at once."""
    done = set(run.rows.values_list("table", "number"))
    return (person for person in people.each if person.place not in done)


def _one(work: Work, person: Person) -> None:
    """Write one person and what became of each row in one transaction: a killed process leaves both or neither."""
    run = work.run
    with transaction.atomic():
        outcomes = decide(work, person)
        ImportRow.objects.bulk_create(_row(run, one) for one in outcomes)
        counts = Counter(one.outcome for one in outcomes)
        counts.update(rows_in=len(outcomes), people_done=1)
        tables = _counted(run.tables, outcomes)
        added = {name: F(name) + count for name, count in counts.items()}
        ImportRun.objects.filter(pk=run.pk).update(tables=tables, **added)
    run.tables = tables
    for name, count in counts.items():
        setattr(run, name, getattr(run, name) + count)


def _row(run: ImportRun, one: Outcome) -> ImportRow:
    return ImportRow(
        run=run,
        team_id=run.team_id,
        table=one.table,
        number=one.number,
        outcome=one.outcome,
        reasons=[{"column": reason.column, "code": reason.code} for reason in one.reasons],
        case_id=one.case_id,
    )


def _counted(before: Mapping[str, dict[str, int]], outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Return the counts of each named table with these outcomes added."""
    tables = {table: Counter(counts) for table, counts in before.items()}
    for one in outcomes:
        if one.table:
            tables.setdefault(one.table, Counter()).update({"rows_in": 1, one.outcome: 1})
    return {table: dict(counts) for table, counts in tables.items()}


def _finish(by: Actor, run: ImportRun, status: str, *, failure: str = "") -> None:
    """Close the run, forget the file and its key, and write down what came of it."""
    run.refresh_from_db()
    counts = {name: getattr(run, name) for name in ("rows_in", "accepted", "refused", "unchanged")}
    with (
        transaction.atomic(),
        asker.speaking_for(by),
        asker.working_as(asker.IMPORTS),  # whoever uploaded it may have lost the right to see it
        act(by, f"import.{status}", run, dry_run=run.dry_run, **counts),
    ):
        run.status, run.failure, run.finished_at = status, failure, Now()
        run.content = None
        run.save()
    vault.destroy(owner_id=run.id)
