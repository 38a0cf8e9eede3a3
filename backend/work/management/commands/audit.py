"""`spona audit`: seal the logs, export one for somebody who trusts nobody here, and what to hand out beside it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from audit import recorder, sealing
from audit.export import NothingToExport, export
from audit.handing_out import PolicyUnreadable, papers, policy
from audit.log_keys import LogKeyChanged, NoLogKey
from audit.models import NATIONAL
from audit.sealer import ALIAS
from backend.teams.models import Team
from permissions.actor import Actor

NOT_GIVEN: Final = (
    "SPONA_SEALER_DATABASE_URL and SPONA_LOG_KEY are needed: only who holds both seals and signs."
)
COMMAND_LINE: Final = Actor(id=UUID("00000000-0000-4000-8000-00000000c001"), kind="system")


class Command(BaseCommand):
    """Everything but `verify`, which needs no installation at all."""

    help = "Seal the audit's logs, export one, print what a witness or a stranger needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        seal = verbs.add_parser(
            "seal", help="seal entries, sign what grew, ask the witnesses and wait for them"
        )
        seal.add_argument(
            "--once", action="store_true", required=True, help="one round; `spona work` goes on"
        )
        out = verbs.add_parser("export", help="write a log into a bundle that `spona audit verify` checks")
        which = out.add_mutually_exclusive_group(required=True)
        which.add_argument("--team", help="the team's short name, for example loznica")
        which.add_argument("--national", action="store_true", help="the log of what belongs to no team")
        out.add_argument("--output", type=Path, required=True, help="the file to make")
        verbs.add_parser("verify", help="check a bundle, offline: BUNDLE --policy FILE [--old CHECKPOINT]")
        verbs.add_parser("policy", help="print the keys of the logs as a policy file, for whoever verifies")
        verbs.add_parser("paper", help="print the last checkpoint of each log, to be kept on paper")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except NoLogKey as problem:
            raise CommandError(NOT_GIVEN) from problem
        except LogKeyChanged as problem:
            raise CommandError(
                "SPONA_LOG_KEY is not what a log was begun with. Nothing was signed."
            ) from problem
        except PolicyUnreadable as problem:
            raise CommandError(f"{settings.SPONA_WITNESS_POLICY}: {problem}") from problem

    def _seal(self, _options: dict[str, Any]) -> None:
        if not sealing.is_configured():
            raise CommandError(NOT_GIVEN)
        entries, checkpoints, cosignatures = sealing.work_once()
        self.stdout.write(f"{entries} entries, {checkpoints} checkpoints, {cosignatures} cosignatures")

    def _export(self, options: dict[str, Any]) -> None:
        if ALIAS not in connections:
            raise CommandError("SPONA_SEALER_DATABASE_URL is not set: nobody else reads a whole log.")
        log_id = NATIONAL if options["national"] else _team(options["team"])
        recorder.record(
            COMMAND_LINE, "auditlog.exported", team=log_id, kind="auditlog", object_id=str(log_id)
        )
        try:
            log = export(log_id, options["output"], progress=self._progress)
        except NothingToExport as problem:
            raise CommandError(
                "This log has no checkpoint yet: `spona audit seal --once` makes one."
            ) from problem
        except OSError as problem:
            raise CommandError(f"{options['output']}: {problem.strerror}") from problem
        except ValueError as problem:
            raise CommandError(
                "The row of this log was changed in the database: it holds no key."
            ) from problem
        self.stdout.write(f"{log.checkpoint_size} entries of {log.origin} are in {options['output']}.")

    def _progress(self, done: int, size: int) -> None:
        if sys.stderr.isatty() or done % 100_000 == 0:
            self.stderr.write(f"{done} of {size}", ending="\r" if sys.stderr.isatty() else "\n")

    def _policy(self, _options: dict[str, Any]) -> None:
        self.stdout.write(policy(), ending="")

    def _paper(self, _options: dict[str, Any]) -> None:
        for text in papers():
            self.stdout.write(text)

    def _verify(self, _options: dict[str, Any]) -> None:
        raise CommandError("Write `spona audit verify BUNDLE --policy FILE`, or run audit/verify.py itself.")


def _team(slug: str) -> UUID:
    found = Team.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no team {slug}.")
    return found.id
