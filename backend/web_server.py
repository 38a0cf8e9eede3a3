"""The web server: granian with our WSGI application, quiet about who asked for what."""

import io
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

APPLICATION = "backend.wsgi:application"
STOP_SECONDS = 10
# A thread that ends takes its connections with it, and what the database had prepared on them.
IDLE_SECONDS = 600


def serve_web(address: str, port: str, workers: str, threads: str) -> None:
    """Serve until told to stop. Checks come first: workers that cannot start would be restarted for ever."""
    _check()
    Server(
        APPLICATION,
        address=address,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        blocking_threads_idle_timeout=IDLE_SECONDS,
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
        # What only the running service's own role can be asked.
        call_command("check", tags=["running"], deploy=True, stdout=io.StringIO())
        connections.close_all()
    except (ImproperlyConfigured, SystemCheckError) as problem:
        sys.exit(str(problem))
