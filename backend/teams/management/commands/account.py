"""`spona account`: the first platform administrator, and a second factor set at the server."""

import getpass
import secrets
from argparse import ArgumentParser
from base64 import b32encode
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from backend.errors import Conflict, Invalid
from backend.teams import people, second_factor, sessions_end
from backend.teams.models import Membership, User
from backend.teams.models.base import live
from permissions.actor import Actor

COMMAND_LINE = Actor(id=UUID("00000000-0000-4000-8000-00000000c001"), kind="system")


class Command(BaseCommand):
    help = "Accounts that cannot be made from inside: the first platform administrator, a lost second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        first = verbs.add_parser("first", help="make the first platform administrator")
        first.add_argument("--username")
        first.add_argument(
            "--password-file", type=Path, help="a file with the password; without it you are asked"
        )
        totp = verbs.add_parser("totp", help="give somebody a new TOTP seed, in place of every factor")
        totp.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["verb"] == "first":
            self._first(options["username"], options["password_file"])
        else:
            self._totp(options["username"])

    def _first(self, username: str | None, password_file: Path | None) -> None:
        if Membership.objects.filter(live(), role="platform_admin").exists():
            raise CommandError(
                "There is a platform administrator already; ask that person for an invitation."
            )
        name = username or _asked(input, "User name: ").strip()
        if not name:
            raise CommandError("A user name is needed.")
        password = _password(password_file)
        try:
            with transaction.atomic():
                user = people.create_user(COMMAND_LINE, username=name, display_name=name, password=password)
                people.add_membership(COMMAND_LINE, user=user, role="platform_admin")
        except Invalid as error:
            raise CommandError("Refused: " + ", ".join(fault.code for fault in error.faults)) from error
        except Conflict as error:
            raise CommandError(f"Refused: {error.code}") from error
        self.stdout.write(f"{name} is the platform administrator.")
        self.stdout.write(
            "At the first sign-in a security key or passkey has to be added; nothing opens before."
        )

    def _totp(self, username: str) -> None:
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError("There is no such account.")
        secret = b32encode(secrets.token_bytes(20)).decode()
        with transaction.atomic():
            second_factor.enrol_totp(user, secret, by=COMMAND_LINE)
            sessions_end.sign_out(COMMAND_LINE, user)
        self.stdout.write(f"otpauth://totp/Spona:{user.username}?secret={secret}&issuer=Spona")


def _asked(ask: Callable[[str], str], question: str) -> str:
    try:
        return ask(question)
    except EOFError as error:
        raise CommandError("There is nobody to ask: use --username and --password-file.") from error


def _password(file: Path | None) -> str:
    if file is None:
        return _asked(getpass.getpass, "Password (at least 12 characters): ")
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The file {file} cannot be read.") from error
