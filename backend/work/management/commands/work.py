"""`spona work`: the jobs, until ^C; `--once` for a single round."""

import signal
import threading
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connections

from backend.work.rounds import Rounds, run_all
from backend.work.schedule import JOBS, Job

PAUSE_SECONDS = 2.0


class Command(BaseCommand):
    """Run the jobs that are due."""

    help = "Run the jobs that wait: imports, ends of access, what has to be wiped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round of every job, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.check(tags=["running"], include_deployment_checks=True)
        if options["once"]:
            self._once()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        # What takes minutes has a thread of its own; it ends with the process, and its transaction with it.
        long = threading.Thread(target=_beside, args=(stop, [one for one in JOBS if one.long]), daemon=True)
        long.start()
        _keep_on(stop, [one for one in JOBS if not one.long])

    def _once(self) -> None:
        done = run_all()
        for name, count in done.items():
            self.stdout.write(f"{name}: {count}")
        if failed := [job.name for job in JOBS if job.name not in done]:
            raise CommandError(f"Failed: {', '.join(failed)}")


def _beside(stop: threading.Event, jobs: Sequence[Job]) -> None:
    """Run some jobs in a thread, whose connections to the databases end with it."""
    try:
        _keep_on(stop, jobs)
    finally:
        connections.close_all()
        stop.set()  # a worker without its long jobs is none


def _keep_on(stop: threading.Event, jobs: Sequence[Job]) -> None:
    """Run what is due of some jobs, round after round, until told to stop."""
    rounds = Rounds(jobs)
    while not stop.is_set():
        close_old_connections()
        rounds.run_due()
        stop.wait(PAUSE_SECONDS)
