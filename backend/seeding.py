"""Fills the embedded databases with the demonstration towns: people and a few cases before the service answers,
the rest beside it. What it said about its accounts is remembered."""

import subprocess
import sys
from pathlib import Path

from backend.embedded.problem import EmbeddedProblem

# Enough for every state of a referral to be there when the service first answers.
FIRST_CASES = 28
# Run beside the service: takes up what is missing, and ends at once when nothing is.
REST = ["demo", "--rest", "--processes", "1"]


def demo_text(var: Path) -> str:
    """What `spona demo` printed when it seeded these databases: the accounts and how to sign in."""
    said = var / "postgres" / "demo.txt"
    if said.exists():
        return said.read_text(encoding="utf-8")
    done = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-m", "backend", "demo", "--cases", str(FIRST_CASES)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedProblem("The demonstration town could not be set up; see above.")
    said.touch(mode=0o600)
    said.write_text(done.stdout, encoding="utf-8")
    return done.stdout
