"""`spona keys`: root keys made, rotated and retired, cases given new keys, and how it stands. For the custodian."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from backend.cases.models import Case
from backend.encryption.generations import NoGenerationLeft
from backend.encryption.keyring import RootKeys, RootKeyUnusable, root_keys
from backend.keys import rekeying, report, rotation
from backend.keys.system import KeysBusy, as_custodian
from backend.keys.waiting import StillOpen
from backend.teams.models import Team

PROBLEMS: Final = (RootKeyUnusable, KeysBusy, StillOpen, rotation.InUse, NoGenerationLeft)
PLATFORM: Final = "platform"


class Command(BaseCommand):
    """Every verb can be cut off and called again: it goes on where it was."""

    # The checks refuse what this command is there to report and to put right.
    requires_system_checks: tuple[str, ...] = ()
    help = "Make, rotate and retire root keys; give cases new data keys; report how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        new = verbs.add_parser("new", help="make the first root key of a team, or its next one")
        _whose(new)
        new.add_argument(
            "--into", type=Path, help="a private folder to write it to, instead of SPONA_KEYS_DIR"
        )
        _whose(
            verbs.add_parser("rotate", help="wrap every data key of a team under a new root key"),
            everyone=True,
        )
        rekey = verbs.add_parser("rekey", help="seal everything of a case again under a new data key")
        of = rekey.add_mutually_exclusive_group(required=True)
        of.add_argument("--team", help="the team's short name: all its cases")
        of.add_argument("--case", help="the code of one case")
        rekey.add_argument(
            "--keep-old", action="store_true", help="destroy no old key yet; the next run without this does"
        )
        retire = verbs.add_parser("retire", help="put an old root key aside that wraps nothing any more")
        _whose(retire)
        retire.add_argument("--generation", type=int, required=True, help="its number")
        status = verbs.add_parser(
            "status", help="how it stands with the keys; status 1 if something is amiss"
        )
        status.add_argument("--team", help="one team only")
        status.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except PROBLEMS as problem:
            raise CommandError(str(problem) or "A case has had 65535 data keys.") from problem

    def _new(self, options: dict[str, Any]) -> None:
        team_id = _team(options)
        folder: Path | None = options["into"]
        if folder is None:
            generation = rotation.new_root(team_id)
            self.stdout.write(f"{root_keys().path(team_id, generation)} wraps new data keys from now on.")
        else:
            generation = max(root_keys().generations(team_id), default=0) + 1
            made = RootKeys(folder)
            if not made.create(team_id, generation=generation):
                raise CommandError(f"{made.path(team_id, generation)} is there already.")
            self.stdout.write(f"{made.path(team_id, generation)} is of use once it is in SPONA_KEYS_DIR.")

    def _rotate(self, options: dict[str, Any]) -> None:
        failed = 0
        for name, team_id in _teams(options):
            done = rotation.rotate(team_id, progress=self._progress)
            failed += len(done.failed)
            self.stdout.write(f"{name}: {done.done} data keys under generation {done.generation}.")
        if failed:
            raise CommandError(f"Data keys that do not open under their old root: {failed}.")

    def _rekey(self, options: dict[str, Any]) -> None:
        cases = list(_cases(options))
        done = rekeying.rekey(cases, progress=self._progress, keep_old=options["keep_old"])
        self.stdout.write(
            f"{done.cases} cases, {done.envelopes} envelopes sealed again, {done.destroyed} old data keys destroyed."
        )
        for one in done.failed:
            self.stderr.write(f"{one.column.name} {one.key} of case {one.case_id} does not open.")
        if done.failed:
            raise CommandError(f"Envelopes that do not open, left with their old key: {len(done.failed)}.")

    def _retire(self, options: dict[str, Any]) -> None:
        team_id, generation = _team(options), options["generation"]
        rotation.retire(team_id, generation)
        path = root_keys().path(team_id, generation)
        self.stdout.write(f"{path}.retired is of no use any more. Destroy it, and every copy of it.")

    def _status(self, options: dict[str, Any]) -> None:
        chosen = Team.objects.order_by("slug")
        if options["team"]:
            chosen = chosen.filter(id=_team_of(options["team"]))
        found = list(report.report(chosen, platform=not options["team"]))
        for one in found:
            self.stdout.write(json.dumps(one.as_json()) if options["json"] else _told(one))
        wrong = sum(len(one.wrong) for one in found)
        if wrong:
            raise CommandError(f"To be seen to: {wrong}.")

    def _progress(self, done: int, size: int) -> None:
        if sys.stderr.isatty() or done == size:
            self.stderr.write(f"{done} of {size}", ending="\r" if sys.stderr.isatty() else "\n")


def _whose(parser: ArgumentParser, *, everyone: bool = False) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--team", help="the team's short name, for example loznica")
    which.add_argument("--platform", action="store_true", help="the platform's root key")
    if everyone:
        which.add_argument("--all", action="store_true", help="every team, and the platform")


def _team(options: dict[str, Any]) -> UUID | None:
    return None if options["platform"] else _team_of(options["team"])


def _team_of(slug: str) -> UUID:
    found = Team.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no team {slug}.")
    return found.id


def _teams(options: dict[str, Any]) -> Iterator[tuple[str, UUID | None]]:
    if not options["all"]:
        yield options["team"] or PLATFORM, _team(options)
        return
    with_roots = root_keys().teams()
    yield from Team.objects.filter(id__in=with_roots).order_by("slug").values_list("slug", "id")
    yield PLATFORM, None


def _cases(options: dict[str, Any]) -> Iterator[UUID]:
    code = options["case"]
    chosen = {"code": code} if code else {"team_id": _team_of(options["team"])}
    with as_custodian():
        found = list(Case.objects.filter(**chosen).order_by("id").values_list("id", flat=True))
    if not found and code:
        raise CommandError(f"There is no case {code}.")
    yield from found


def _told(one: report.TeamKeys) -> str:
    roots = ", ".join(f"{count} under {generation}" for generation, count in one.root_generations.items())
    keys = ", ".join(f"{count} of {generation}" for generation, count in one.data_key_generations.items())
    lines = [f"{one.team}: root {one.newest_root}; data keys {roots or 'none'}; generations {keys or 'none'}"]
    return "\n".join([*lines, *(f"  {text}" for text in one.wrong)])
