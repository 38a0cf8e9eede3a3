"""Where a data set lives: an installation of its own under `var/bench`, with the clusters of the embedded default.

Only the memory of the server differs, as on any machine that carries a million referrals; every write is durable.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from backend.embedded.cluster import Cluster
from backend.embedded.installation import Installation
from backend.migration_state import OWN_PACKAGES, ROOT

SERVER: Final[Mapping[str, str]] = {
    "shared_buffers": "1GB",
    "max_connections": "100",
    "jit": "off",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
}
HOME: Final = ROOT / "var" / "bench"
SOURCES: Final = ("canonical.py", "copying.py", "filling.py", "lives.py", "loops.py", "towns.py")


class Roomier(Installation):
    """The embedded default on a server with more memory."""

    def _cluster(self, name: str) -> Cluster:
        return replace(super()._cluster(name), settings=SERVER)


@dataclass(frozen=True)
class DataSet:
    """So many referrals in so many teams. It is kept and used again while nothing that shapes it has changed."""

    teams: int
    referrals: int

    @property
    def name(self) -> str:
        return f"{self.referrals}-referrals-{self.teams}-teams"

    @property
    def folder(self) -> Path:
        return HOME / self.name

    @property
    def stamp(self) -> Path:
        return self.folder / "filled"

    def is_filled(self) -> bool:
        """Say whether the data is there, made by this generator for these migrations."""
        return self.stamp.exists() and self.stamp.read_text(encoding="ascii") == shape()

    def remove(self) -> None:
        """Stop what a killed run has left running, and take everything away."""
        for name in ("main", "keys"):
            Cluster(name, self.folder / "postgres" / name, self.folder / "log" / name).stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def running(self) -> Iterator[dict[str, str]]:
        """The environment of a service on this data set, for as long as its clusters run."""
        with Roomier(self.folder).running() as found:
            kept = {name: value for name, value in os.environ.items() if not name.startswith("SPONA_")}
            yield {**kept, **found, "DJANGO_SETTINGS_MODULE": "backend.settings"}


def shape() -> str:
    """Return a fingerprint of what decides how the rows look: the migrations and the generator."""
    paths = [path for package in OWN_PACKAGES for path in (ROOT / package).glob("**/migrations/*.py")]
    return fingerprint([*paths, *(ROOT / "benchmarks" / name for name in SOURCES)])


def fingerprint(paths: Iterable[Path]) -> str:
    """Return 24 hexadecimal digits that change with a name or a byte of these files of the checkout."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:24]
