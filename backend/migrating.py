"""`spona migrate`: both databases, as the migrating role. The service's own role may change no table."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.management import execute_from_command_line

from backend.embedded.problem import EmbeddedProblem
from backend.environment import env, is_set
from backend.migration_state import fingerprint
from backend.routers import KEYS_APP

ADDRESSES = {
    "SPONA_DATABASE_URL": "SPONA_MIGRATE_DATABASE_URL",
    "SPONA_KEYS_DATABASE_URL": "SPONA_KEYS_MIGRATE_DATABASE_URL",
}
# A migration may take longer than a request is allowed to.
PATIENCE = "options=-c%20statement_timeout%3D0%20-c%20timezone%3DUTC"


def can_migrate() -> bool:
    """Whether the addresses of the migrating role are known."""
    return all(is_set(name) for name in ADDRESSES.values())


def migrate(arguments: Sequence[str], _var: Path | None) -> None:
    """Migrate both databases in this process. Django's settings must not have been read before."""
    if not can_migrate():
        raise EmbeddedProblem(f"Set {' and '.join(ADDRESSES.values())} to migrate servers of your own.")
    for name, source in ADDRESSES.items():
        address = env(source)
        os.environ.pop(f"{name}_FILE", None)
        os.environ[name] = f"{address}{'&' if '?' in address else '?'}{PATIENCE}"
    for alias, words in _runs(arguments):
        execute_from_command_line(["spona", "migrate", *words, "--database", alias])


def _runs(arguments: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Which aliases, with which words. The keys database knows one app only, so the others are not even planned."""
    if arguments and not arguments[0].startswith("-"):
        return [("keys" if arguments[0] == KEYS_APP else "default", list(arguments))]
    return [("default", list(arguments)), ("keys", [KEYS_APP, *arguments])]


def migrate_when_needed(var: Path | None) -> None:
    """Migrate in a process of its own; embedded databases only when something changed since the last time."""
    stamp = None if var is None else var / "postgres" / "migrated"
    state = fingerprint()
    if stamp is not None and stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return
    done = subprocess.run([sys.executable, "-m", "backend", "migrate", "--verbosity", "0"], check=False)
    if done.returncode != 0:
        raise EmbeddedProblem("The databases could not be migrated; see above.")
    if stamp is not None:
        stamp.write_text(state, encoding="ascii")
