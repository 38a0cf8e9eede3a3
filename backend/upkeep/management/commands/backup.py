"""`spona backup main`, `spona backup keys`: one database into one file, once or once a day."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from audit.recorder import AuditUnavailable
from backend.upkeep import backups, kept_files
from backend.upkeep.dumping import BackupFailed


class Command(BaseCommand):
    """Exit status 0 when a backup was made and nothing too old is left; 1 with a message otherwise."""

    # A backup is wanted most where the checks find something.
    requires_system_checks: tuple[str, ...] = ()
    help = "Back up one of the two databases, and remove backups that are kept too long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("database", choices=(kept_files.MAIN, kept_files.KEYS))
        parser.add_argument(
            "--to", type=Path, help="the folder; else SPONA_MAIN_BACKUP_DIR or SPONA_KEYS_BACKUP_DIR"
        )
        parser.add_argument("--daily", action="store_true", help="go on, one each day, until told to end")

    def handle(self, *_args: Any, **options: Any) -> None:
        kind = options["database"]
        folder = options["to"] or backups.folder_of(kind)
        if folder is None:
            raise CommandError(f"Say where: --to FOLDER, or SPONA_{kind.upper()}_BACKUP_DIR.")
        try:
            while options["daily"]:
                self._wait(kind, folder)
                self._once(kind, folder)
            self._once(kind, folder)
        except BackupFailed as problem:
            raise CommandError(f"No backup of {kind}, or not as it should be: {problem}") from problem
        except AuditUnavailable as problem:
            raise CommandError("The audit entry cannot be written, so nothing was kept.") from problem

    def _wait(self, kind: str, folder: Path) -> None:
        backups.refuse_folder(folder, kind)
        time.sleep(kept_files.due(folder, kind, now=timezone.now()).total_seconds())

    def _once(self, kind: str, folder: Path) -> None:
        made = backups.make(kind, folder=folder, address=backups.address_of(kind))
        self.stdout.write(f"{made.path}: {made.size} bytes. Old backups removed: {made.removed}.")
        connections.close_all()  # the next one may be a day away
