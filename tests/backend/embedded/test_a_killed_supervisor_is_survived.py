"""SIGKILL cannot be caught: what it leaves behind is found and dealt with at the next start."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from backend.embedded.cluster import Cluster
from backend.embedded.lease import lease
from backend.embedded.postmaster import PID_FILE, Postmaster, exists, read, until
from backend.embedded.problem import EmbeddedProblem

PASSWORD = "a password of the tests"
HOLD = """
import sys, time
from pathlib import Path
from backend.embedded.cluster import Cluster
from backend.embedded.lease import lease
folder = Path(sys.argv[1])
cluster = Cluster("test", folder / "data", folder / "log" / "test.log", {"fsync": "off", "shared_buffers": "1MB"})
with lease(folder, [cluster], password="-") as servers:
    print(servers["test"].pid, flush=True)
    time.sleep(600)
"""


def killed_supervisor(folder: Path) -> int:
    """Start the cluster from another process and kill that one; gives the number of the server left behind."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        pid = int(holder.stdout.readline())
        holder.send_signal(signal.SIGKILL)
    return pid


def test_the_next_start_uses_the_server_left_running(cluster: Cluster) -> None:
    pid = killed_supervisor(cluster.data.parent)
    assert exists(pid)
    with lease(cluster.data.parent, [cluster], password=PASSWORD) as servers:
        assert servers["test"].pid == pid
        sockets = servers["test"].sockets
    assert cluster.running() is None
    assert sockets is not None
    assert not sockets.exists()


def test_a_server_that_was_killed_too_is_started_anew(cluster: Cluster) -> None:
    pid = killed_supervisor(cluster.data.parent)
    left = read(cluster.data)
    assert left is not None
    assert left.sockets is not None
    os.kill(pid, signal.SIGKILL)
    assert until(lambda: not left.alive(), seconds=10)
    time.sleep(0.2)  # its children notice
    with lease(cluster.data.parent, [cluster], password=PASSWORD) as servers:
        assert servers["test"].pid != pid
        assert not left.sockets.exists()


def test_a_number_that_is_anothers_now_is_not_mistaken_for_the_server(
    cluster: Cluster, tmp_path: Path
) -> None:
    lines = [str(os.getpid()), str(cluster.data), "0", "5432", str(tmp_path / "gone"), "", "0 0", "ready"]
    (cluster.data / PID_FILE).write_text("\n".join(lines))
    assert cluster.running() is None
    with lease(cluster.data.parent, [cluster], password=PASSWORD) as servers:
        assert servers["test"].pid != os.getpid()


def test_stopping_never_signals_a_process_that_is_not_the_server(cluster: Cluster) -> None:
    with subprocess.Popen(["sleep", "60"]) as bystander:
        (cluster.data / PID_FILE).write_text(f"{bystander.pid}\n{cluster.data}\n")
        cluster.stop()
        assert bystander.poll() is None
        bystander.kill()


def test_a_folder_that_is_not_ours_is_never_removed(cluster: Cluster, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (cluster.data / PID_FILE).write_text(f"999999999\n{cluster.data}\n0\n5432\n{precious}\n")
    with lease(cluster.data.parent, [cluster], password=PASSWORD):
        assert precious.is_dir()


@pytest.mark.parametrize("text", ["", "not a number\n", "\n\n\n", "12"])
def test_a_damaged_file_is_read_without_a_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / PID_FILE).write_text(text)
    found = read(tmp_path)
    assert found is None or found == Postmaster(pid=12, sockets=None, ready=False, data=tmp_path)


def test_a_server_that_cannot_start_says_why(cluster: Cluster) -> None:
    broken = Cluster(cluster.name, cluster.data, cluster.log, {"shared_buffers": "a lot"})
    with (
        pytest.raises(EmbeddedProblem, match=r"did not start[\s\S]*shared_buffers"),
        lease(cluster.data.parent, [broken], password=PASSWORD),
    ):
        pass
    assert cluster.running() is None


def test_a_run_cut_short_while_making_the_folder_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18")
    cluster = Cluster("test", tmp_path / "data", tmp_path / "test.log")
    cluster.prepare(password=PASSWORD, sync=False)
    assert (cluster.data / "global" / "pg_control").is_file()
    assert not half.exists()
