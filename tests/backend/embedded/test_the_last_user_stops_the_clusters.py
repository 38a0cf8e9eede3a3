"""The service, commands and test workers share clusters; nobody stops them under another's feet."""

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from backend.embedded.cluster import Cluster, Starting
from backend.embedded.lease import lease

PASSWORD = "a password of the tests"
SPAWN = multiprocessing.get_context("spawn")


def visit(cluster: Cluster, everyone_in: Barrier, pids: "multiprocessing.Queue[int]") -> None:
    with lease(cluster.data.parent, [cluster], password=PASSWORD) as servers:
        pids.put(servers["test"].pid)
        everyone_in.wait(30)


def test_leaving_first_stops_nothing(cluster: Cluster) -> None:
    folder: Path = cluster.data.parent
    with lease(folder, [cluster], password=PASSWORD) as first:
        with lease(folder, [cluster], password=PASSWORD) as second:
            assert second["test"].pid == first["test"].pid
        assert cluster.running() is not None
    assert cluster.running() is None


def test_an_error_inside_stops_them_too(cluster: Cluster) -> None:
    with pytest.raises(KeyboardInterrupt), lease(cluster.data.parent, [cluster], password=PASSWORD):
        raise KeyboardInterrupt
    assert cluster.running() is None


def test_an_order_to_stop_while_starting_leaves_nothing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Starting] = []

    def interrupted(self: Cluster, starting: Starting) -> None:
        begun.append(starting)
        raise KeyboardInterrupt

    monkeypatch.setattr(Cluster, "wait_ready", interrupted)
    with pytest.raises(KeyboardInterrupt), lease(cluster.data.parent, [cluster], password=PASSWORD):
        pass
    (starting,) = begun
    assert starting.process.returncode is not None
    assert not starting.sockets.exists()
    assert cluster.running() is None


def test_three_processes_at_once_start_one_server(cluster: Cluster) -> None:
    everyone_in, pids = SPAWN.Barrier(3), SPAWN.Queue()
    visitors = [SPAWN.Process(target=visit, args=(cluster, everyone_in, pids)) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    seen = {pids.get(timeout=60) for _ in visitors}
    for visitor in visitors:
        visitor.join(60)
    assert [visitor.exitcode for visitor in visitors] == [0, 0, 0]
    assert len(seen) == 1
    assert cluster.running() is None
