"""As whom the PostgreSQL programs run. PostgreSQL refuses root, and containers and CI machines are often
root.

As an ordinary user they run directly. As root they run in a user namespace, where root's files appear to
belong to user 1000: no account is made and no file changes its owner. Where namespaces are forbidden, an
existing account is used, and the data folder given to it.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backend.embedded.problem import EmbeddedProblem

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """The words put before a command, and the account (if any) that must own what it writes."""

    prefix: tuple[str, ...] = ()
    account: pwd.struct_passwd | None = None

    def give(self, path: Path) -> None:
        """Hand a file or folder to the account that will use it; nothing to do when the owner stays the
        same."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def let_through(self, *folders: Path) -> None:
        """Let the account walk through our private folders to its own; it still cannot list or read them."""
        if self.account is not None:
            for folder in folders:
                folder.chmod(0o711)


@cache
def identity() -> Identity:
    """The first way that works here; raises EmbeddedProblem with instructions when none does."""
    if os.geteuid() != 0:
        return Identity()
    if _works([*NAMESPACE, "true"]):
        return Identity(prefix=NAMESPACE)
    return _existing_account()


def can(who: Identity, *test: str) -> bool:
    """Whether that identity passes `test` (as in `test -x path`), asked of the system rather than worked
    out."""
    return _works([*who.prefix, "test", *test])


def _existing_account() -> Identity:
    for name in ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        ids = (f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}")
        candidate = Identity(("setpriv", *ids, "--clear-groups", "--"), account)
        if can(candidate, "-x", "/"):
            return candidate
    raise EmbeddedProblem(
        "PostgreSQL does not run as root, and this machine allows neither user namespaces (unshare) nor "
        "setpriv.\nRun the same command as an ordinary user, or set SPONA_DATABASE_URL and "
        "SPONA_KEYS_DATABASE_URL."
    )


def _works(command: Sequence[str]) -> bool:
    if shutil.which(command[0]) is None:
        return False
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603 -- fixed words
    return done.returncode == 0
