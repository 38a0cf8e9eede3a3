"""Writes what was measured: the table in `benchmarks/README.md`, and the same as JSON beside it."""

import argparse
import json
import os
import platform
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from backend.embedded.binaries import MAJOR
from benchmarks.figures import Measured, as_json, lines, marks, put_between, size, table

HERE: Final = Path(__file__).resolve().parent
PACKAGES: Final = ("django", "djangorestframework", "psycopg", "granian", "gunicorn", "django-guardian")


def report(measured: Sequence[Measured], options: argparse.Namespace) -> str:
    """Write the files (unless `options.dry`) and return the figures as Markdown."""
    found = lines(measured)
    judged, told = marks(found), _facts(options)
    figures = table(found, judged, told)
    if not options.dry:
        results = HERE / "results"
        results.mkdir(exist_ok=True)
        text = json.dumps(as_json(found, judged, told), indent=1, ensure_ascii=False)
        (results / f"{time.strftime('%Y-%m-%d')}.json").write_text(f"{text}\n", encoding="utf-8")
        page = HERE / "README.md"
        page.write_text(put_between(page.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return figures


def _facts(options: argparse.Namespace) -> dict[str, str]:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB of memory",
        "versions": f"Python {platform.python_version()}, PostgreSQL {MAJOR}, {packages}",
        "data": f"{options.teams} teams; {' and '.join(map(size, options.referrals))} referrals",
        "loads": f"{options.rounds} interleaved rounds, each load at most {options.requests} requests or "
        f"{options.seconds:g} s; medians over rounds",
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
