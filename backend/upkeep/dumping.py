"""One database written into one open file by `pg_dump`, as a role that row security lets read every row, or not at all.

With `--enable-row-security` a role without a policy gets a dump without a row and the status 0. So the role is asked
first whether there is a table that would come out empty.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from backend.embedded import sockets
from backend.embedded.binaries import program
from backend.embedded.initialise import plain_environment
from backend.embedded.problem import EmbeddedProblem

WAITS: Final = 10
MAGIC: Final = b"PGDMP"
_LAST_WORDS: Final = 300
# Tables whose rows row security keeps from who asks: no policy that shows all, or one that shows less.
_BLIND: Final = """
    SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.rolname = current_user
    WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND NOT r.rolsuper AND NOT r.rolbypassrls
    AND coalesce((
        SELECT bool_and(p.permissive = 'PERMISSIVE') AND bool_or(p.qual = 'true') FROM pg_policies p
        WHERE p.schemaname = c.relnamespace::regnamespace::text AND p.tablename = c.relname
        AND p.cmd IN ('SELECT', 'ALL') AND p.roles && ARRAY['public', current_user]::name[]
    ), false) IS FALSE
    ORDER BY 1
"""


class BackupFailed(Exception):
    """No backup was made; the text says why, without a password and without a row."""


def refuse_a_blind_role(address: str) -> None:
    """Raise BackupFailed unless the role of this address would see every row, as far as row security goes."""
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=WAITS) as connection:
            blind = [str(name) for (name,) in connection.execute(_BLIND).fetchall()]
    except psycopg.ProgrammingError as problem:  # its text would quote the address, password and all
        raise BackupFailed("The address is not one of a PostgreSQL server.") from problem
    except psycopg.Error as problem:
        raise BackupFailed(str(problem).strip()) from problem
    if blind:
        names = ", ".join(blind[:3])
        raise BackupFailed(
            f"Row security hides rows of {len(blind)} tables from this role ({names}). Back up as spona_backup."
        )


def dump(address: str, *, into: int) -> None:
    """Write the database at this address into an open file, in PostgreSQL's custom format. Raises BackupFailed."""
    told: dict[str, Any] = dict(conninfo_to_dict(address))
    password = str(told.pop("password", ""))
    command = [
        str(pg_dump(str(told.get("host", "")))),
        "--format=custom",
        "--enable-row-security",
        "--no-password",
        f"--dbname={make_conninfo(**told)}",
    ]
    environment = {**plain_environment(), "PGPASSWORD": password}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            command,
            stdin=subprocess.DEVNULL,
            stdout=into,
            stderr=subprocess.PIPE,
            env=environment,
            check=False,
        )
    except OSError as problem:
        raise BackupFailed(f"pg_dump could not be started: {problem.strerror}.") from problem
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()[-_LAST_WORDS:]
        raise BackupFailed(f"pg_dump ended with status {done.returncode}: {said}")
    if os.pread(into, len(MAGIC), 0) != MAGIC:
        raise BackupFailed("pg_dump ended well and wrote no backup.")


def pg_dump(host: str) -> Path:
    """Return the program: the embedded one for the embedded default, else that of PATH, else the embedded one.

    Raises BackupFailed when there is none.
    """
    found = None if host.startswith("/") and sockets.is_ours(Path(host)) else shutil.which("pg_dump")
    try:
        return Path(found) if found else program("pg_dump")
    except EmbeddedProblem as problem:
        raise BackupFailed("There is no pg_dump: install the client programs of PostgreSQL.") from problem
