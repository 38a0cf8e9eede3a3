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

PATIENCE = 0.2


@contextmanager
def gate(folder: Path) -> Iterator[None]:
    """Only one process at a time is in here, for this folder."""
    with (folder / "gate.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def lease(
    folder: Path, clusters: Sequence[Cluster], *, password: str, sync: bool = True
) -> Iterator[Mapping[str, Postmaster]]:
    """The running clusters by name, started if need be; when the last user leaves they are stopped."""
    with (folder / "users.lock").open("ab") as users:
        with gate(folder):
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                running = _start(clusters, password=password, sync=sync)
            except BaseException:
                _leave(users.fileno(), clusters)
                raise
        try:
            yield running
        finally:
            with gate(folder):
                _leave(users.fileno(), clusters)


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


def _leave(users: int, clusters: Sequence[Cluster]) -> None:
    # Tried for a moment: a copy of the lock is held by each child of ours until it has become another program.
    alone = until(lambda: _is_alone(users), seconds=PATIENCE)
    if not alone:
        fcntl.flock(users, fcntl.LOCK_UN)
        return
    for cluster in clusters:
        cluster.stop()


def _is_alone(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
