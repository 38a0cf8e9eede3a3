"""`spona case erase CODE`: the key custodian executes a confirmed erasure at the server."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend import asker
from backend.cases.codes import as_typed
from backend.cases.models import Case
from backend.erasure import executing
from backend.erasure.models import Erasure, unfinished, waiting_for_execution
from backend.errors import Gone, Refusal
from backend.teams.actors import actor_for
from backend.teams.models import User
from permissions.scope import Forbidden, NotFound

CUSTODIAN: Final = "key_custodian"
NOBODY: Final = "This is not a key custodian with that password."


class Command(BaseCommand):
    """Three steps and two people stay what they are: this is the third step, for who does not use the web."""

    help = "Erase a case for good, once its erasure was asked for and confirmed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        erase = verbs.add_parser("erase", help="execute the confirmed erasure of one case")
        erase.add_argument("code", help="the code of the case")
        erase.add_argument("--custodian", required=True, help="your user name")
        erase.add_argument("--password-file", type=Path, help="a file with your password; else you are asked")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = actor_for(_custodian(options["custodian"], options["password_file"]).pk)
        if CUSTODIAN not in by.roles:
            raise CommandError(NOBODY)
        row = _confirmed(options["code"])
        try:
            with transaction.atomic():
                executing.execute(by, row)
        except (Forbidden, NotFound) as refused:
            raise CommandError("Whoever confirmed an erasure does not execute it.") from refused
        except (Gone, Refusal) as refused:
            raise CommandError(f"Refused: {refused.code}") from refused
        executing.finish(row.pk)
        self.stdout.write(f"Erased. The certificate: /api/v1/erasures/{row.pk}/certificate")


def _custodian(username: str, file: Path | None) -> User:
    try:
        password = file.read_text(encoding="utf-8").strip() if file else getpass.getpass("Password: ")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CommandError("The password could not be read.") from error
    user: User | None = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None or not user.check_password(password):
        raise CommandError(NOBODY)
    return user


def _confirmed(code: str) -> Erasure:
    with asker.working_as(asker.ERASURES), transaction.atomic():
        case = Case.objects.filter(code=as_typed(code) or "").first()
        rows = Erasure.objects.filter(waiting_for_execution() | unfinished(), case=case)
        row = rows.first() if case is not None else None
    if row is None:
        raise CommandError("No confirmed erasure of such a case waits.")
    return row
