"""One town of the demo in databases of its own, for pages that are full: its accounts' sessions, and what is where.

`python -m tests.browser.demo_town` builds it into the databases that the environment names and says as JSON where what
is; `demo_town()` makes the databases, has it built and serves it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import django

from backend.database_roles import APP
from tests.browser.service import ROOT, Service, service
from tests.databases import EVERYTHING, cloned

STORIES: Final = range(0, 98, 7)
# Who looks at the pages: the user name of an account for each role.
ACCOUNTS: Final[Mapping[str, str]] = {
    "coordinator": "loznica.koordinator",
    "member": "loznica.csr1",
    "nurse": "loznica.dz1",
    "partner": "loznica.obala",
    "lead": "loznica.grad",
    "officer": "zastita.1",
    "analyst": "ured.analiticar",
    "directory_admin": "ured.adresar",
    "platform_admin": "platforma.admin",
}


@dataclass(frozen=True)
class DemoTown:
    """A service with the demo's town, the cookies of a session for each role, and an id of each kind of thing."""

    service: Service
    cookies: Mapping[str, dict[str, str]]
    ids: Mapping[str, str]


@contextmanager
def demo_town(folder: Path, worker: str) -> Iterator[DemoTown]:
    with cloned(f"{worker}demotown") as clones:
        places = {
            "SPONA_DATABASE_URL": clones.main.url(APP),
            "SPONA_KEYS_DATABASE_URL": clones.keys.url(APP),
        }
        words = [sys.executable, "-m", "tests.browser.demo_town"]
        done = subprocess.run(
            words, cwd=ROOT, env={**os.environ, **places}, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        told = json.loads(done.stdout)
        with service(folder, **places) as started:
            yield DemoTown(started, told["cookies"], told["ids"])


def build() -> dict[str, Any]:
    """Build the town and return what `DemoTown` holds."""
    from backend import asker  # noqa: PLC0415 - models are there only once Django is set up
    from tests.browser import demo_rows  # noqa: PLC0415 - as above

    with asker.working_as(asker.DEMO):
        demo_rows.fill(STORIES)
    with asker.working_as(EVERYTHING):
        return {"cookies": demo_rows.cookies(ACCOUNTS), "ids": demo_rows.ids()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    django.setup()
    json.dump(build(), sys.stdout)
