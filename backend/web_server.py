"""The web server's process. It ends with the one that started it, even when that one is killed: its
standard input is a pipe from there, and the end of the pipe is the order to stop."""

import io
import os
import signal
import sys
import threading

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

APPLICATION = "backend.wsgi:application"
STOP_SECONDS = 10


def main(address: str, port: str, workers: str, threads: str) -> None:
    """Serve until told to stop. Checks come first: workers that cannot start would be restarted for ever."""
    _check()
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    Server(
        APPLICATION,
        address=address,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        websockets=False,
        log_level=LogLevels.warning,
        log_access=False,  # addresses hold ids of cases; the audit is the record of who asked for what
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _check() -> None:
    try:
        django.setup()
        call_command("check", stdout=io.StringIO())
    except (ImproperlyConfigured, SystemCheckError) as problem:
        sys.exit(str(problem))


def _stop_at_end_of_input() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main(*sys.argv[1:])
