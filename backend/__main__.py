"""The command line: `spona <command>`, or `python -m backend <command>`.

Commands of our own are listed below; any other name is a management command of Django or of one of our
apps. All of them find the embedded databases running, unless the environment names other servers.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands

from audit import verify
from backend.database_command import database
from backend.embedded.lease import PATIENCE
from backend.embedded.problem import EmbeddedProblem
from backend.migrating import migrate
from backend.service_environment import service_environment
from backend.serving import serve
from backend.witness_command import witness

USAGE = """\
Usage: spona <command> [options]

  serve              start Spona (with its own databases, unless SPONA_DATABASE_URL
                     and SPONA_KEYS_DATABASE_URL name yours)
  migrate            bring both databases up to date
  database prepare   create roles and databases on servers of your own
  demo               put the demonstration town into an empty installation
  import             read a spreadsheet of cases
  account            accounts of people: `spona account first` makes the first one
  work               run the jobs that wait
  case               `spona case erase`: execute a confirmed erasure, as key custodian
  retention          end what is kept longer than it may be (`--dry-run` only says it)
  restore-check      after a restored backup: erase again what the ledger remembers
  keys               root keys and data keys: make, rotate, replace, report
  statistics         releases: `spona statistics prepare`, `gate`, `publish`, `reproduce`
  audit              seal the audit's logs, export one, verify a bundle (offline)
  witness            sign the checkpoints of other towns' logs
  check              check settings, keys and databases, as every start does
  backup             `spona backup main`, `spona backup keys`: one database into one file
  doctor             `spona doctor access`: whether both walls say the same of everybody;
                     `spona doctor keys`: whether keys and their backups lie apart

`spona <command> --help` says more; `spona help --commands` lists every command."""

OWN: Mapping[str, Callable[[Sequence[str], Path | None], None]] = {"serve": serve, "migrate": migrate}
# A service that ends should leave nothing running: it gives a command beside it the time to end as well.
PATIENT: Mapping[str, float] = {"serve": 5.0}
# What Django knows besides its commands.
WORDS = frozenset({"help", "version", "--version"})
# Checks what somebody else exported: it needs neither databases nor settings.
VERIFY: Final = ["audit", "verify"]
WITHOUT_DATABASES: Mapping[str, Callable[[Sequence[str]], None]] = {"database": database, "witness": witness}


class UnknownCommand(Exception):
    """A word that is no command of ours and none of Django."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0, what the command chose, 2 for one there is not, or 1 with a message."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    if not words or words[0] in {"-h", "--help"}:
        _say(USAGE)
        return 0 if words else 2
    try:
        _run(words[0], words[1:])
    except UnknownCommand:
        _say(f"spona: there is no command {words[0]!r}. `spona help --commands` lists every one.")
        return 2
    except (EmbeddedProblem, ImproperlyConfigured) as problem:
        _say(f"spona {words[0]}: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run(name: str, rest: Sequence[str]) -> None:
    if name in WITHOUT_DATABASES:
        WITHOUT_DATABASES[name](rest)
        return
    if [name, *rest[:1]] == VERIFY:
        sys.exit(verify.main(rest[1:]))
    with service_environment(patience=PATIENT.get(name, PATIENCE)) as var:
        if name in OWN:
            OWN[name](rest, var)
        elif not _is_command(name):
            raise UnknownCommand
        else:
            execute_from_command_line(["spona", name, *rest])


def _is_command(name: str) -> bool:
    if name in WORDS:
        return True
    django.setup()  # before it, Django knows its own commands only
    return name in get_commands()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
