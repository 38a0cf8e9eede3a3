"""`spona import`: tables of cases into a team, with progress, and every refused row with its reason."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from backend import asker
from backend.errors import Invalid
from backend.imports.deciding import refused_rows
from backend.imports.errors import Reason, Unreadable
from backend.imports.mapping import parse_mapping
from backend.imports.models import ImportRun
from backend.imports.people import Person
from backend.imports.runs import process
from backend.imports.splitting import folder_content, split
from backend.imports.uploads import shipped, shipped_text, upload
from backend.teams.actors import actor_for
from backend.teams.models import Organisation, Team, User
from permissions.actor import Actor
from permissions.scope import Forbidden

PAUSE_SECONDS: Final = 0.5
PLACE: Final = "{}"


@dataclass(frozen=True)
class Part:
    """What goes into one team, and whose rights it has."""

    team: Team
    user: User
    organisation: str | None
    content: bytes


class Command(BaseCommand):
    """Import one file or folder. Exit status 0 when it was worked through, also when rows were refused."""

    help = "Import tables of cases into a team, or each part of them into its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="CSV (UTF-8), XLSX, a ZIP of CSV files, or a folder of .csv and .csv.gz"
        )
        parser.add_argument("--mapping", required=True, help="a mapping file, or the name of a shipped one")
        parser.add_argument("--team", required=True, help="the team's short name, for example loznica")
        parser.add_argument("--as", dest="username", required=True, help="whose rights the import has")
        parser.add_argument(
            "--organisation", help="for which organisation, by name; else the user's only one"
        )
        parser.add_argument("--dry-run", action="store_true", help="check every row, keep nothing")
        parts = parser.add_mutually_exclusive_group()
        parts.add_argument("--only", metavar="COLUMN=VALUE", help="only the people with this value")
        parts.add_argument(
            "--by",
            metavar="COLUMN",
            help="a part for each value of the column, which takes the place of {} in --team, --as, --organisation",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with asker.working_as(asker.IMPORTS):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        text = _mapping(options["mapping"])
        try:
            content = _content(options["file"])
            files, nobody = _files(text, content, only=options["only"], by=options["by"])
        except Unreadable as refused:
            where = "mapping" if refused.code == "bad_mapping" else "file"
            raise CommandError(f"{where}: {refused.code} {refused.detail}".strip()) from refused
        parts = [_part(value, file, options) for value, file in files.items()]
        for number, part in enumerate(parts, start=1):
            if len(parts) > 1:
                self.stdout.write(f"{part.team.slug} ({number} of {len(parts)})")
            run = self._upload(part, text, dry_run=options["dry_run"])
            self._work_through(run)
            self._report(run)
        self._report_nobody(nobody)

    def _work_through(self, run: ImportRun) -> None:
        """Work through the run, or wait for the worker that was quicker; should it stop, go on in its place."""
        while not process(run, progress=self._progress):
            sleep(PAUSE_SECONDS)
        run.refresh_from_db()

    def _upload(self, part: Part, mapping_text: str, *, dry_run: bool) -> ImportRun:
        by = actor_for(part.user.id)
        try:
            return upload(
                by,
                team=part.team,
                organisation=_organisation(by, part.team, part.organisation),
                mapping_text=mapping_text,
                content=part.content,
                dry_run=dry_run,
            )
        except Forbidden as error:
            raise CommandError(f"{part.user.username} may not import into {part.team.slug}.") from error
        except Invalid as error:
            faults = (
                f"{fault.pointer.strip('/')}: {fault.code} {' '.join(fault.values)}" for fault in error.faults
            )
            raise CommandError("; ".join(fault.strip() for fault in faults)) from error

    def _progress(self, run: ImportRun) -> None:
        if sys.stderr.isatty() or run.people_done % 100 == 0:
            end = "\r" if sys.stderr.isatty() else "\n"
            people = f"{run.people_done} of {run.people} people, " if run.people is not None else ""
            self.stderr.write(
                f"{people}{run.rows_in} rows: {run.accepted} accepted, {run.refused} refused", ending=end
            )

    def _report(self, run: ImportRun) -> None:
        for row in run.rows.filter(outcome="refused").order_by("table", "number"):
            reasons = (Reason(reason["column"], reason["code"]) for reason in row.reasons)
            self.stdout.write(_refused(row.table, row.number, reasons))
        kept = "would be accepted" if run.dry_run else "accepted"
        for table, counts in sorted(run.tables.items()):
            self.stdout.write(f"{table}: {_sum(counts, kept)}")
        whole = {name: getattr(run, name) for name in ("rows_in", "accepted", "unchanged", "refused")}
        self.stdout.write(_sum(whole, kept))
        if run.status == "failed":
            raise CommandError(f"The import stopped: {run.failure}")

    def _report_nobody(self, nobody: Iterable[Person]) -> None:
        """Name the rows of people who have no value to go by: they were put into no file."""
        for person in nobody:
            for row in refused_rows(person, person.faults or (Reason("", "no_part"),)):
                self.stdout.write(_refused(row.table, row.number, row.reasons))


def _sum(counts: dict[str, int], kept: str) -> str:
    return (
        f"{counts['rows_in']} rows in: {counts.get('accepted', 0)} {kept}, "
        f"{counts.get('unchanged', 0)} unchanged, {counts.get('refused', 0)} refused"
    )


def _refused(table: str, number: int, reasons: Iterable[Reason]) -> str:
    where = f"{table} row {number}" if table else f"row {number}"
    return f"{where} refused: " + "; ".join(
        f"{reason.column}: {reason.code}".removeprefix(": ") for reason in reasons
    )


def _files(
    mapping_text: str, content: bytes, *, only: str | None, by: str | None
) -> tuple[dict[str, bytes], list[Person]]:
    """Return the files to import by the value they are for, and the people who have no value."""
    if not only and not by:
        return {"": content}, []
    column, _, value = (only or by or "").partition("=")
    files, nobody = split(parse_mapping(mapping_text), content, column=column)
    if by:
        return dict(sorted(files.items())), nobody
    if value not in files:
        raise CommandError(f"Nobody in the file has {only}.")
    return {value: files[value]}, []


def _part(value: str, content: bytes, options: dict[str, Any]) -> Part:
    team, user, organisation = (
        options[name] and options[name].replace(PLACE, value) for name in ("team", "username", "organisation")
    )
    return Part(
        team=_one(Team.objects.filter(slug=team), "team", team),
        user=_one(User.objects.filter(username=user), "user", user),
        organisation=organisation,
        content=content,
    )


def _one(rows: Any, kind: str, name: str) -> Any:
    found = rows.first()
    if found is None:
        raise CommandError(f"There is no {kind} {name}.")
    return found


def _organisation(by: Actor, team: Team, name: str | None) -> Organisation:
    mine = Organisation.objects.filter(pk__in=by.organisations(team_id=team.id))
    found = list(mine.filter(name=name) if name else mine)
    if len(found) != 1:
        raise CommandError("Name one organisation of the user with --organisation.")
    return found[0]


def _mapping(name: str) -> str:
    try:
        return shipped_text(name) if name in shipped() else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The mapping {name} cannot be read.") from error


def _content(path: Path) -> bytes:
    try:
        return folder_content(path) if path.is_dir() else path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
