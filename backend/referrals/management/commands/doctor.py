"""`spona doctor grants`: proves that nobody sees a case without a live reason."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backend.referrals.grants_check import orphans


class Command(BaseCommand):
    """Look for what should not be. Exit status 1 when something is found."""

    help = "Check this installation: grants without a live reason."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_subparsers(dest="verb", required=True).add_parser(
            "grants", help="list grants on cases and teams that no live reason explains"
        )

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(orphans())
        for one in found:
            self.stdout.write(f"{one.kind} grant {one.grant_id}: {one.reason} of {one.source_id}")
        if found:
            raise CommandError(f"Grants without a live reason: {len(found)}")
        self.stdout.write("Every grant has a live reason.")
