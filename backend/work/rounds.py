"""One round of the worker: each job that is due, one worker at a time, and one failing job stops no other."""

import logging
import time
from collections.abc import Sequence

from backend import asker
from backend.locks import alone
from backend.work.schedule import JOBS, Job

log = logging.getLogger("spona.work")


class Rounds:
    """Remembers when each of some jobs ran last in this process."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._last: dict[str, float] = {}

    def run_due(self) -> dict[str, int]:
        """Run what is due and return how much each job did. A job that failed is missing from the answer."""
        done: dict[str, int] = {}
        for job in self._jobs:
            if time.monotonic() - self._last.get(job.name, float("-inf")) >= job.every.total_seconds():
                self._last[job.name] = time.monotonic()
                done |= _run(job)
        return done


def run_all() -> dict[str, int]:
    """Run every job once. A job that fails, or that another worker is at, is missing from the answer."""
    return Rounds(JOBS).run_due()


def _run(job: Job) -> dict[str, int]:
    with alone(f"job {job.name}") as mine:
        if not mine:
            return {}
        try:
            with asker.working_as(job.name):
                return {job.name: job.run(job.actor)}
        except Exception as error:  # noqa: BLE001 - the other jobs go on; the name of the error is all a log may hold
            event = (
                f"job_failed.{job.name}.{type(error).__name__}".lower()
            )  # a code: any other text is left out
            log.error(event)  # noqa: TRY400
            return {}
