"""One PostgreSQL cluster: start it, find it, stop it. Sockets only, passwords always.

Whoever stops it need not be who started it: the state is in the data folder, not in this process.
"""

import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.embedded import postmaster, sockets
from backend.embedded.binaries import program, refuse_other_major
from backend.embedded.identity import identity
from backend.embedded.initialise import initialise, plain_environment
from backend.embedded.postmaster import Postmaster, kill, until
from backend.embedded.problem import EmbeddedProblem

START_SECONDS = 60.0
# The fast way, the hard way, the last way; and how many seconds each may take.
WAYS_TO_STOP = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0))
# A log never holds a statement, a parameter or the DETAIL line that quotes a row.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}


# Kept, so that a server that has ended is collected by its parent and leaves no zombie.
_children: "list[subprocess.Popen[bytes]]" = []


@dataclass(frozen=True)
class Starting:
    """A server on its way up: its process and the folder made for its socket."""

    process: "subprocess.Popen[bytes]"
    sockets: Path

    def failed(self) -> bool:
        return self.process.poll() is not None

    def abandon(self) -> None:
        """Give up before it is known to be ready: it may not even have written its number yet."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.sockets, ignore_errors=True)


@dataclass(frozen=True)
class Cluster:
    """A data folder, its log, and server settings on top of SETTINGS."""

    name: str
    data: Path
    log: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def prepare(self, *, password: str, sync: bool = True) -> None:
        """Make the data folder if it is missing; refuse one of another major version."""
        if (self.data / "PG_VERSION").exists():
            refuse_other_major(self.data)
        else:
            initialise(self.data, password=password, sync=sync)

    def running(self) -> Postmaster | None:
        """The live postmaster of this folder, whoever started it."""
        found = postmaster.read(self.data)
        return found if found is not None and found.alive() else None

    def launch(self) -> Starting | None:
        """Start it without waiting; None when it runs already (a supervisor was killed, its server was
        not)."""
        if self.running() is not None:
            return None
        self._tidy(postmaster.read(self.data))
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = sockets.make(self.name)
        settings = {**SETTINGS, **self.settings, "unix_socket_directories": str(folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [*identity().prefix, str(program("postgres")), "-D", str(self.data), *options]
        with self.log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 -- our own program and settings
                command,
                env=plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # ^C in a terminal is for us; the server stops when we say so
            )
        _children.append(process)
        return Starting(process, folder)

    def wait_ready(self, starting: Starting | None) -> Postmaster:
        """Return when it answers; EmbeddedProblem with the end of its log when it does not."""

        def settled() -> bool:
            found = self.running()
            return (found is not None and found.ready) or (starting is not None and starting.failed())

        until(settled, seconds=START_SECONDS)
        found = self.running()
        if found is None or not found.ready or found.sockets is None:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
            raise EmbeddedProblem(
                "\n".join([f"PostgreSQL ({self.name}) did not start; {self.log} ends:", *lines])
            )
        return found

    def stop(self) -> None:
        """Stop it and remove its socket folder. Nothing to do when it is down."""
        found = self.running()
        if found is None:
            return
        for how, seconds in WAYS_TO_STOP:
            kill(found.pid, how)
            if until(lambda: self.running() is None, seconds=seconds):
                break
        for process in _children:
            process.poll()
        self._tidy(found)

    def _tidy(self, last: Postmaster | None) -> None:
        """Remove what a server that is gone left behind: its socket folder, and a number that is another's
        now."""
        if last is None:
            return
        if last.sockets is not None and sockets.is_ours(last.sockets):
            shutil.rmtree(last.sockets, ignore_errors=True)
        if postmaster.exists(last.pid):
            (self.data / postmaster.PID_FILE).unlink(missing_ok=True)
