"""`spona import`: a table of cases into a team, with progress, and every refused row with its reason."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from time import sleep
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from backend.errors import Invalid
from backend.imports.models import ImportRun
from backend.imports.runs import process
from backend.imports.uploads import shipped, shipped_text, upload
from backend.teams.actors import actor_for
from backend.teams.models import Organisation, Team, User
from permissions.actor import Actor
from permissions.scope import Forbidden

PAUSE_SECONDS: Final = 0.5


class Command(BaseCommand):
    """Import one file. Exit status 0 when the file was worked through, also when rows were refused."""

    help = "Import a CSV or XLSX file of cases into a team."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (UTF-8) or XLSX")
        parser.add_argument("--mapping", required=True, help="a mapping file, or the name of a shipped one")
        parser.add_argument("--team", required=True, help="the team's short name, for example loznica")
        parser.add_argument("--as", dest="username", required=True, help="whose rights the import has")
        parser.add_argument(
            "--organisation", help="for which organisation, by name; else the user's only one"
        )
        parser.add_argument("--dry-run", action="store_true", help="check every row, keep nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        team = _one(Team.objects.filter(slug=options["team"]), "team", options["team"])
        user = _one(User.objects.filter(username=options["username"]), "user", options["username"])
        by = actor_for(user.id)
        run = self._upload(by, team, options)
        self._work_through(run)
        self._report(run)

    def _work_through(self, run: ImportRun) -> None:
        """Work through the run, or wait for the worker that was quicker; should it stop, go on in its place."""
        while not process(run, progress=self._progress):
            sleep(PAUSE_SECONDS)
        run.refresh_from_db()

    def _upload(self, by: Actor, team: Team, options: dict[str, Any]) -> ImportRun:
        try:
            return upload(
                by,
                team=team,
                organisation=_organisation(by, team, options["organisation"]),
                mapping_text=_mapping(options["mapping"]),
                content=options["file"].read_bytes(),
                dry_run=options["dry_run"],
            )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except Forbidden as error:
            raise CommandError(f"{options['username']} may not import into {team.slug}.") from error
        except Invalid as error:
            faults = (
                f"{fault.pointer.strip('/')}: {fault.code} {' '.join(fault.values)}" for fault in error.faults
            )
            raise CommandError("; ".join(fault.strip() for fault in faults)) from error

    def _progress(self, run: ImportRun) -> None:
        if sys.stderr.isatty() or run.rows_in % 100 == 0:
            end = "\r" if sys.stderr.isatty() else "\n"
            self.stderr.write(
                f"{run.rows_in} rows: {run.accepted} accepted, {run.refused} refused", ending=end
            )

    def _report(self, run: ImportRun) -> None:
        for row in run.rows.filter(outcome="refused").order_by("number"):
            reasons = "; ".join(f"{reason['column']}: {reason['code']}" for reason in row.reasons)
            self.stdout.write(f"row {row.number} refused: {reasons}")
        kept = "would be accepted" if run.dry_run else "accepted"
        self.stdout.write(
            f"{run.rows_in} rows in: {run.accepted} {kept}, {run.unchanged} unchanged, {run.refused} refused"
        )
        if run.status == "failed":
            raise CommandError(f"The import stopped: {run.failure}")


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
