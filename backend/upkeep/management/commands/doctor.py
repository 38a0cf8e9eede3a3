"""`spona doctor`: nobody sees a case without a live reason (`grants`, `access`, `wall`); keys lie apart (`keys`)."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from audit import recorder
from backend.cases.changing import author
from backend.referrals import walls
from backend.referrals.grants_check import orphans
from backend.referrals.system import DOCTOR
from backend.upkeep import apart, backup_folders, keys_line
from backend.upkeep.said import Level
from permissions.rls_lint import findings

HEAD: Final = ("user", "kind", "id", "seen through")
ONLY: Final = {"one": "wall one only", "two": "wall two only"}


class Command(BaseCommand):
    """Look for what should not be. Exit status 1 when something is found."""

    help = "Check this installation: grants without a reason, what both walls say of each user, and the keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("grants", help="list grants on cases and teams that no live reason explains")
        verbs.add_parser("wall", help="list where the database differs from the second wall as declared")
        verbs.add_parser("keys", help="look how far the keys and their backups lie from the main database")
        verbs.add_parser("access", help="do so, and compare for every user what each wall lets through")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["verb"] == "wall":
            self._wall()
            return
        if options["verb"] == "keys":
            self._keys()
            return
        found = [self._grants()]
        if options["verb"] == "access":
            found += [self._unwalled(), self._differences()]
        if said := [one for one in found if one]:
            raise CommandError(" ".join(said))

    def _wall(self) -> None:
        with connection.cursor() as cursor:
            found = findings(cursor)
        for one in found:
            self.stdout.write(one)
        if found:
            raise CommandError(f"Differences from the second wall as declared: {len(found)}.")
        self.stdout.write("The second wall stands as declared.")

    def _keys(self) -> None:
        folders, roots = settings.SPONA_BACKUP_DIRS, Path(settings.SPONA_KEYS_DIR)
        found = [
            *apart.findings(),
            *backup_folders.findings(folders, root_keys=roots, now=timezone.now()),
            keys_line.finding(),
        ]
        count = Counter(one.level for one in found)
        wrong, warnings = count[Level.WRONG], count[Level.WARNING]
        facts = {"wrong": wrong, "warnings": warnings}
        for one in found:
            self.stdout.write(str(one))
        try:
            recorder.record(DOCTOR, "keys.examined", team=None, kind="", object_id="", **facts)
        except recorder.AuditUnavailable as problem:
            raise CommandError("The audit entry cannot be written.") from problem
        if wrong:
            raise CommandError(f"Wrong: {wrong}. Warnings: {warnings}.")
        self.stdout.write(f"Nothing is wrong. Warnings: {warnings}.")

    def _grants(self) -> str:
        with walls.as_the_database_sees(author(DOCTOR)):
            found = list(orphans())
        recorder.record(
            DOCTOR, "grants.compared", team=None, kind="", object_id="", without_reason=len(found)
        )
        for one in found:
            self.stdout.write(f"{one.kind} grant {one.grant_id}: {one.reason} of {one.source_id}")
        if not found:
            self.stdout.write("Every grant has a live reason.")
        return f"Grants without a live reason: {len(found)}." if found else ""

    def _unwalled(self) -> str:
        found = [model._meta.db_table for model in walls.COMPARED if not walls.is_walled(model)]
        for table in found:
            self.stdout.write(f"table {table}: no forced row level security, so wall two says nothing here")
        return f"Tables without wall two: {len(found)}." if found else ""

    def _differences(self) -> str:
        users, among = walls.users(), [model for model in walls.COMPARED if walls.is_walled(model)]
        found = list(walls.differences(users, among=among))
        for line in _table(found):
            self.stdout.write(line)
        facts = {"users": len(users), "differences": len(found)}
        recorder.record(DOCTOR, "walls.compared", team=None, kind="", object_id="", **facts)
        if not found and among:
            self.stdout.write(f"Both walls say the same of {len(users)} accounts.")
        return f"Rows that only one wall shows: {len(found)}." if found else ""


def _table(found: Sequence[walls.Difference]) -> list[str]:
    """Return the differences in columns under their heads; nothing for none."""
    lines = [(str(one.user_id), one.kind, str(one.object_id), ONLY[one.wall]) for one in found]
    widths = [max(len(line[place]) for line in (HEAD, *lines)) for place in range(len(HEAD))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in ((HEAD, *lines) if lines else ())
    ]
