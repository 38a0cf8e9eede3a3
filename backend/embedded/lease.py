"""Several processes may use the same clusters at once (the service, a command, test workers): the last one
out stops them.

Locks of the system are the only book-keeping: they vanish with a killed process, so nothing needs repair
afterwards.
"""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from backend.embedded.cluster import Cluster, Starting
from backend.embedded.identity import identity
from backend.embedded.postmaster import Postmaster, until

# How long the last one out looks whether somebody else is there; a copy of the lock is held by each child until it has
# become another program.
PATIENCE = 0.2


@contextmanager
def gate(folder: Path) -> Iterator[None]:
    """Only one process at a time is in here, for this folder."""
    with (folder / "gate.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def lease(
    folder: Path, clusters: Sequence[Cluster], *, password: str, sync: bool = True, patience: float = PATIENCE
) -> Iterator[Mapping[str, Postmaster]]:
    """The running clusters by name, started if need be; when the last user leaves they are stopped."""
    with (folder / "users.lock").open("ab") as users:
        with gate(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                running = _start(clusters, password=password, sync=sync)
            except BaseException:
                _stop_if_last(users.fileno(), clusters)
                raise
        try:
            yield running
        finally:
            until(lambda: _left(folder, users.fileno(), clusters), seconds=patience)


def _start(clusters: Sequence[Cluster], *, password: str, sync: bool) -> Mapping[str, Postmaster]:
    for cluster in clusters:
        identity().let_through(cluster.data.parent, cluster.data.parent.parent)
        cluster.prepare(password=password, sync=sync)
    launched: list[tuple[Cluster, Starting | None]] = []
    try:
        for cluster in clusters:
            launched.append((cluster, cluster.launch()))
        return {cluster.name: cluster.wait_ready(starting) for cluster, starting in launched}
    except BaseException:  # ^C as well: nothing that was begun may be left half-way
        for _, starting in launched:
            if starting is not None:
                starting.abandon()
        raise


def _left(folder: Path, users: int, clusters: Sequence[Cluster]) -> bool:
    # Through the gate each time: those who are waited for leave through it as well.
    with gate(folder):
        return _stop_if_last(users, clusters)


def _stop_if_last(users: int, clusters: Sequence[Cluster]) -> bool:
    """Give up the own place; stop the clusters when nobody else has one, and say so."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(users, fcntl.LOCK_UN)
        return False
    for cluster in clusters:
        cluster.stop()
    return True
