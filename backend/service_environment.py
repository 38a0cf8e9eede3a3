"""Decides which databases a command uses: servers named in the environment, or the embedded default.

Every command goes through here before Django reads its settings.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.embedded.installation import Installation
from backend.embedded.lease import PATIENCE
from backend.embedded.problem import EmbeddedProblem
from backend.environment import env, is_set
from backend.migration_state import ROOT

SERVERS = ("SPONA_DATABASE_URL", "SPONA_KEYS_DATABASE_URL")
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def own_servers() -> bool:
    """Whether the environment names both servers; EmbeddedProblem when it names only one."""
    named = [name for name in SERVERS if is_set(name)]
    if len(named) == 1:
        missing = next(name for name in SERVERS if name not in named)
        raise EmbeddedProblem(
            f"{named[0]} is set but {missing} is not. Set both, or neither for the embedded default."
        )
    return bool(named)


def var_folder() -> Path:
    """Where the embedded default lives: SPONA_VAR_DIR, else `var` in the checkout, else `var` right here."""
    home = ROOT if (ROOT / "pyproject.toml").is_file() else Path.cwd()
    return Path(env("SPONA_VAR_DIR", str(home / "var"))).absolute()


@contextmanager
def service_environment(*, patience: float = PATIENCE) -> Iterator[Path | None]:
    """Fill os.environ with what settings need, leaving what is set; gives the embedded `var` folder, if used.

    The embedded clusters stop when the last command that uses them leaves, whatever signal ended it; `patience` is how
    many seconds it waits for the others to leave first.
    """
    with _signals_unwind():
        if own_servers():
            yield None
            return
        var = var_folder()
        with Installation(var).running(patience=patience) as found:
            for name, value in found.items():
                if not is_set(name.removesuffix("_FILE")):
                    os.environ[name] = value
            try:
                yield var
            finally:
                for number in STOPPING:  # from here to the end nothing may cut the stopping short
                    signal.signal(number, signal.SIG_IGN)


@contextmanager
def _signals_unwind() -> Iterator[None]:
    """Turn a polite order to end into an exception, so that every `finally` on the way out is run.

    As the first process of a container we would not even be stopped by it otherwise.
    """

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGINT] = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
