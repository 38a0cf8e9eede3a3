"""The CPU time of a request is that of every process that served it, the ended ones too, and of no other."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks import cpu
from benchmarks.cpu import Process

BUSY = "import time; end = time.process_time() + {seconds}\nwhile time.process_time() < end: pass"


def test_a_command_with_spaces_and_brackets_does_not_move_the_fields() -> None:
    fields = ["S", "7", *["0"] * 11, "150", "50", "20", "0"]

    parent, ended = cpu.read_stat(f"12 (a (wild) name) {' '.join(fields)}")

    assert (parent, ended) == (7, pytest.approx(200 / cpu.TICKS))


def test_a_thread_that_has_ended_still_counts() -> None:
    worker = threading.Thread(target=exec, args=(BUSY.format(seconds=0.2),))
    before = cpu.own_seconds(os.getpid())
    worker.start()
    worker.join()

    assert cpu.own_seconds(os.getpid()) - before >= 0.15


def test_a_tree_holds_children_of_children_and_no_neighbour() -> None:
    among = {1: Process(0, 0, 0), 2: Process(1, 0, 0), 3: Process(2, 0, 0), 4: Process(1, 0, 0)}

    assert cpu.tree(2, among) == {2, 3}


def test_a_process_that_is_gone_has_no_tree() -> None:
    assert cpu.tree(99, {1: Process(0, 0, 0)}) == set()


def test_seconds_are_those_of_members_and_of_their_ended_children() -> None:
    among = {
        1: Process(0, 5.0, 1.0),
        2: Process(1, 2.0, 0.5),
        3: Process(2, 1.0, 0.0),
        4: Process(1, 9.0, 9.0),
    }

    assert cpu.seconds([2], among) == pytest.approx(3.5)
    assert cpu.seconds([2, 3], among) == pytest.approx(3.5), "a process in two trees counts once"


def test_a_folder_that_is_no_process_and_one_that_ends_meanwhile_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "sys").mkdir()
    (tmp_path / "77").mkdir()

    assert cpu.processes(tmp_path) == {}


def test_the_work_of_a_child_is_seen_while_it_runs_and_after_it_has_ended() -> None:
    inner = BUSY.format(seconds=0.3)
    outer = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {inner!r}]); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", outer]) as child:
        try:
            deadline = time.monotonic() + 30
            while cpu.seconds([child.pid]) < 0.3 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert 0.3 <= cpu.seconds([child.pid]) < 5
        finally:
            child.kill()
