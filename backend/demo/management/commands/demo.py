"""`spona demo`: seven invented towns to try the service with; `spona demo code USERNAME`: a second factor;
`spona demo publish`: a public release."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from backend import asker
from backend.demo.accounts import accounts, towns
from backend.demo.build import NotADemo, cast_of, check_database, lay_ground, stories_told
from backend.demo.parallel import build_towns
from backend.demo.past import last_quarter, tell_past, year_before
from backend.demo.releases import publish
from backend.demo.sample import queue_sample
from backend.demo.sign_in import totp_code, until_lasting
from backend.demo.telling import accounts_text
from backend.statistics.periods import Quarter
from backend.statistics.quarters import today
from backend.teams.models import Team

CASES = 400
PROCESSES = 2
QUIET_STEP = 100


class Command(BaseCommand):
    help = (
        "Fill an empty installation with seven invented towns: organisations, people of every role, cases "
        "with referrals in every state. Run again it changes nothing; an interrupted run is taken up again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="the same seed tells the same stories (1)")
        parser.add_argument("--cases", type=int, default=CASES, help=f"how many cases in all ({CASES})")
        parser.add_argument(
            "--processes",
            type=int,
            default=min(PROCESSES, os.cpu_count() or 1),
            help=f"how many towns are built at once (at most one for each processor, {PROCESSES})",
        )
        parser.add_argument(
            "--rest", action="store_true", help="go on in the background: say little, list no account"
        )
        verbs = parser.add_subparsers(dest="verb")
        code = verbs.add_parser("code", help="print the current six-digit code of an account of the demo")
        code.add_argument("username")
        verbs.add_parser(
            "publish", help="publish the demo's figures of the last year for everybody (a minute or two)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["verb"] == "code":
            self.stdout.write(_code(options["username"]))
            return
        if options["verb"] == "publish":
            with asker.working_as(asker.DEMO):
                self._publish("C", year_before(today()), options["seed"])
            return
        if options["cases"] < 0:
            raise CommandError("--cases is a number of cases, 0 or more.")
        with asker.working_as(asker.DEMO):
            self._fill(options)

    def _fill(self, options: dict[str, Any]) -> None:
        try:
            check_database()
        except NotADemo as found:
            raise CommandError(
                f"This database already holds teams that are not the demo's ({found}). "
                "The demo goes into an empty installation only; nothing was changed."
            ) from found
        new = self._build(options)
        if options["cases"] >= CASES:
            new += self._publish("B", last_quarter(today()), options["seed"])
            new += queue_sample()
        if not new:
            self.stderr.write("The demo is there already; nothing was changed.")
        if not options["rest"]:
            self.stdout.write(accounts_text())

    def _publish(self, tier: str, quarters: Sequence[Quarter], seed: int) -> int:
        """Lock these quarters of all towns, and publish what they are together."""
        period = str(quarters[0]) if len(quarters) == 1 else str(quarters[0].year)
        self.stderr.write(f"Demo: the release of {period} ...")
        teams = Team.objects.filter(slug__in=towns()).order_by("slug")
        return sum(tell_past(cast_of(team.slug, team), quarters, seed=seed) for team in teams) + publish(
            tier, period
        )

    def _build(self, options: dict[str, Any]) -> int:
        wanted, said = options["cases"], 0
        step = QUIET_STEP if options["rest"] else 1
        if not options["rest"]:
            self.stderr.write("Demo: teams, keys, national accounts ...")
        new = lay_ground()

        def tick() -> None:
            nonlocal said
            told = min(stories_told(), wanted)
            if told >= said + step or told == wanted:
                said = told
                self.stderr.write(f"Demo: {told} of {wanted} cases")

        return new + build_towns(
            cases=wanted, seed=options["seed"], processes=options["processes"], tick=tick
        )


def _code(username: str) -> str:
    if username not in {account.username for account in accounts()}:
        raise CommandError("The demo has no account of that name.")
    time.sleep(until_lasting(timezone.now()))
    return totp_code(username, at=timezone.now())
