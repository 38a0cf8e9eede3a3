"""Fills the embedded databases with the demonstration town once, and remembers what it said about its
accounts."""

import subprocess
import sys
from pathlib import Path

from backend.embedded.problem import EmbeddedProblem


def demo_text(var: Path) -> str:
    """What `spona demo` printed when it seeded these databases: the accounts and how to sign in."""
    said = var / "postgres" / "demo.txt"
    if said.exists():
        return said.read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "backend", "demo"], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode != 0:
        raise EmbeddedProblem("The demonstration town could not be set up; see above.")
    said.touch(mode=0o600)
    said.write_text(done.stdout, encoding="utf-8")
    return done.stdout
