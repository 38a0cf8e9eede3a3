"""`spona reference load`: bring the packaged code lists into the database and say what changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from backend.reference.lists import DATA, VERSION, read_lists
from backend.reference.loader import Change, load
from backend.reference.models import ReferenceEntry, ReferenceList
from backend.reference.rows import BrokenFile


class Command(BaseCommand):
    help = "Code lists of the product: load them into the database."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("load", help="load the packaged lists; a second run changes nothing")

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            changes = load(read_lists(DATA), lists=ReferenceList, entries=ReferenceEntry)
        except BrokenFile as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        self._say(changes)

    def _say(self, changes: list[Change]) -> None:
        changed = [change for change in changes if change]
        for change in changed:
            self.stdout.write(str(change))
        self.stdout.write(f"{len(changes)} lists of version {VERSION}, {len(changed)} of them changed.")
