"""`spona statistics`: releases prepared, looked at, published and made again at the server. Two people still."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from backend.errors import Invalid, Refusal
from backend.statistics.releases import job, preparing, reports, reproducing
from backend.statistics.releases.states import PREPARED
from backend.statistics.releases.system import RELEASES
from backend.teams.actors import actor_for
from backend.teams.models import User
from permissions.actor import Actor
from permissions.scope import Forbidden, NotFound


class Command(BaseCommand):
    """What is done here leaves the entries that it leaves anywhere, in the name of who is given."""

    help = "Prepare a release, see what the gate said, publish it as another person, and make it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        prepare = verbs.add_parser("prepare", help="ask for a release and build it at once")
        prepare.add_argument("period", help="2026-Q3, 2026-H2 or 2026")
        prepare.add_argument("--tier", required=True, choices=("B", "C"), help="B: the Office, C: everybody")
        _by(prepare)
        gate = verbs.add_parser("gate", help="what the gate found in a release: places, never a count")
        gate.add_argument("release", type=UUID, help="its id")
        _by(gate)
        publish = verbs.add_parser("publish", help="publish what another person has prepared")
        publish.add_argument("release", type=UUID, help="its id")
        _by(publish)
        again = verbs.add_parser(
            "reproduce", help="make a release again from its facts; status 1 if it differs"
        )
        again.add_argument("number", type=int, help="its number")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except Forbidden as refused:
            raise CommandError("This account may not do that, or has prepared this release.") from refused
        except NotFound as refused:
            raise CommandError("There is no such release.") from refused
        except Invalid as refused:
            raise CommandError(f"Refused: {', '.join(one.code for one in refused.faults)}") from refused
        except Refusal as refused:
            raise CommandError(f"Refused: {refused.code}") from refused

    def _prepare(self, options: dict[str, Any]) -> None:
        row = preparing.prepare(_actor(options), period=options["period"], tier=options["tier"])
        job.build(RELEASES, row)
        self.stdout.write(f"{row.pk} {row.status}")
        if row.status != PREPARED:
            raise CommandError(f"The gate refused it. See `spona statistics gate {row.pk}`.")

    def _gate(self, options: dict[str, Any]) -> None:
        by = _actor(options)
        said = reports.gate_of(by, reports.find(by, options["release"]))
        self.stdout.write(json.dumps(said, indent=2, sort_keys=True))

    def _publish(self, options: dict[str, Any]) -> None:
        by = _actor(options)
        row = reports.find(by, options["release"])
        preparing.approve(by, row)
        self.stdout.write(f"Release {row.number}, sha256 {row.sha256}")

    def _reproduce(self, options: dict[str, Any]) -> None:
        try:
            compared = reproducing.reproduce(options["number"])
        except reproducing.NoRelease as error:
            raise CommandError("There is no release with this number.") from error
        if compared.differs:
            raise CommandError(f"Not the same: {', '.join(compared.differs)}.")
        self.stdout.write(f"Release {compared.release.number} is the same, byte for byte.")


def _by(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="username", required=True, help="in whose name, and with whose rights")


def _actor(options: dict[str, Any]) -> Actor:
    user: User | None = User.objects.filter(username__iexact=options["username"], is_active=True).first()
    if user is None:
        raise CommandError("There is no such account.")
    return actor_for(user.pk)
