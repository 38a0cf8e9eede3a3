"""Makes the data folder of a cluster: scram passwords, checksums, UTF-8 with the built-in locale (no ICU
needed)."""

import os
import shutil
import subprocess
from pathlib import Path

from backend.embedded.binaries import program
from backend.embedded.identity import can, identity
from backend.embedded.problem import EmbeddedProblem

SUPERUSER = "postgres"
OPTIONS = (
    "--auth=scram-sha-256",
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
)


def initialise(data: Path, *, password: str, sync: bool) -> None:
    """Make `data` with SUPERUSER's password. It appears whole or not at all: a run cut short is made anew."""
    making = data.with_name(f"{data.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    secret = making.with_suffix(".password")
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="ascii")
    try:
        _initdb(making, secret, sync=sync)
    finally:
        secret.unlink()
    making.rename(data)


def plain_environment() -> dict[str, str]:
    """What PostgreSQL's programs get to see of our environment: no secret, no PG* variable."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _initdb(folder: Path, secret: Path, *, sync: bool) -> None:
    who, initdb = identity(), program("initdb")
    for path in (folder, secret):
        who.give(path)
    if not can(who, "-w", str(folder)) or not can(who, "-x", str(initdb)):
        raise EmbeddedProblem(
            f"The account PostgreSQL would run as may not use {folder} or {initdb.parent}.\n"
            "Run the same command as an ordinary user who owns the checkout."
        )
    command = [*who.prefix, str(initdb), "-D", str(folder), f"--pwfile={secret}", *OPTIONS]
    done = subprocess.run(  # noqa: S603 -- our own program
        command if sync else [*command, "--no-sync"],
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedProblem(f"PostgreSQL could not make {folder}:\n{done.stderr.strip()[-2000:]}")
