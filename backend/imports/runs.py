"""Working through an upload: row by row, each row a transaction, from where an earlier try stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from audit.acts import act
from backend.encryption import vault
from backend.imports import rows, uploads
from backend.imports.errors import Reason, RowRefused, Unreadable
from backend.imports.mapping import Mapping, parse_mapping
from backend.imports.models import ImportRow, ImportRun
from backend.imports.tables import Row, read_rows
from backend.locks import alone
from backend.teams.actors import actor_for
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound

Progress = Callable[[ImportRun], None]
OPEN: Final = ("queued", "running")


@dataclass(frozen=True)
class _Outcome:
    outcome: str
    reasons: tuple[Reason, ...] = ()
    case_id: UUID | None = None


def _quiet(_run: ImportRun) -> None:
    return None


def process(run: ImportRun, *, progress: Progress = _quiet) -> bool:
    """Work through `run` with the rights its uploader has now; call `progress` after each row.

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
        run.status = "running"
        run.save(update_fields=["status"])
        for line in _rows_left(run):
            _one(by, run, line)
            progress(run)
        _finish(by, run, "done")
    except (Forbidden, NotFound):
        _finish(by, run, "failed", failure="forbidden")
    except Unreadable as refused:
        _finish(by, run, "failed", failure=str(refused)[:120])


@dataclass(frozen=True)
class _Line:
    row: Row
    mapping: Mapping


def _rows_left(run: ImportRun) -> Iterator[_Line]:
    mapping = parse_mapping(run.mapping_text)
    header, lines = read_rows(uploads.content_of(run))
    mapping.check_header(header)
    done = set(run.rows.values_list("number", flat=True))
    yield from (_Line(row, mapping) for row in lines if row.number not in done)


def _one(by: Actor, run: ImportRun, line: _Line) -> None:
    """Write one row and what became of it in one transaction: a killed process leaves both or neither."""
    with transaction.atomic():
        result = _try(by, run, line)
        ImportRow.objects.create(
            run=run,
            team_id=run.team_id,
            number=line.row.number,
            outcome=result.outcome,
            reasons=[{"column": reason.column, "code": reason.code} for reason in result.reasons],
            case_id=result.case_id,
        )
        counted = {"rows_in": F("rows_in") + 1, result.outcome: F(result.outcome) + 1}
        ImportRun.objects.filter(pk=run.pk).update(**counted)
    setattr(run, result.outcome, getattr(run, result.outcome) + 1)
    run.rows_in += 1


def _try(by: Actor, run: ImportRun, line: _Line) -> _Outcome:
    """Try one row and say what became of it. A dry run writes it too, and takes it back."""
    try:
        mapped = line.mapping.apply(line.row)
        known = rows.already_in(run, mapped.row_key)
        if known is not None:
            return _Outcome("unchanged", case_id=known)
        with transaction.atomic():
            case_id = rows.write(by, run, mapped=mapped)
            transaction.set_rollback(run.dry_run)
    except RowRefused as refused:
        return _Outcome("refused", refused.reasons)
    if run.dry_run:
        vault.destroy(owner_id=case_id)
        return _Outcome("accepted")
    return _Outcome("accepted", case_id=case_id)


def _finish(by: Actor, run: ImportRun, status: str, *, failure: str = "") -> None:
    """Close the run, forget the file and its key, and write down what came of it."""
    run.refresh_from_db()
    counts = {name: getattr(run, name) for name in ("rows_in", "accepted", "refused", "unchanged")}
    with act(by, f"import.{status}", run, dry_run=run.dry_run, **counts):
        run.status, run.failure, run.finished_at = status, failure, Now()
        run.content = None
        run.save()
    vault.destroy(owner_id=run.id)
