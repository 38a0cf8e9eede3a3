"""`spona retention`: what is kept too long, and its end."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from backend.erasure.retention import Due, apply, survey
from backend.teams.models import Team


class Command(BaseCommand):
    """The worker does the same once a day."""

    help = "End what is kept longer than retention.csv allows, by class and team."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what is due, and change nothing")
        parser.add_argument("--ids", action="store_true", help="name each thing by its id")

    def handle(self, *_args: Any, **options: Any) -> None:
        slugs = dict(Team.objects.values_list("id", "slug"))
        for due in survey():
            self._say(due, slugs, ids=options["ids"])
        if not options["dry_run"]:
            self.stdout.write(f"ended: {apply()}")

    def _say(self, due: Due, slugs: dict[Any, str], *, ids: bool) -> None:
        self.stdout.write(f"{due.kept.code}: {len(due.found)} due, {due.kept.action}, {due.how}")
        for team_id, count in sorted(due.by_team.items(), key=str):
            self.stdout.write(f"  {slugs.get(team_id, team_id or '-')}: {count}")
        for _, pk in due.found if ids else ():
            self.stdout.write(f"  {pk}")
