"""How soon the web app is there on a poor phone: `python -m benchmarks.web_app`, beside a running `make run`.

Chromium is slowed as Lighthouse slows it for its simulated phone: the line to slow 4G, the processor to a quarter. Each
round begins with an empty cache. The figures go into `benchmarks/README.md`; the machine's load stands beside them.
"""

import argparse
import os
import shutil
import statistics
import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.bytes_of_app import weights
from benchmarks.figures import put_between
from benchmarks.slow_phone import ARGUMENTS, Round, measured, signed_in
from benchmarks.telling import say

README: Final = Path(__file__).with_name("README.md")
MARKERS: Final = ("<!-- web app: written by python -m benchmarks.web_app -->", "<!-- end of web app -->")


def told(rounds: list[Round], *, load: float) -> str:
    """Return the figures as Markdown."""
    paint, rows = (statistics.median(getattr(one, name) for one in rounds) for name in ("paint", "rows"))
    first, largest = weights()
    lines = (
        ("first paint, ms", "1 000", f"{paint:.0f}", ", ".join(f"{one.paint:.0f}" for one in rounds)),
        ("rows of the inbox, ms", "4 000", f"{rows:.0f}", ", ".join(f"{one.rows:.0f}" for one in rounds)),
        ("on the line until then, kB", "", f"{rounds[0].wire / 1000:.0f}", ""),
        ("JS and CSS named by the page, kB gzipped", "235", f"{first / 1000:.1f}", ""),
        ("largest part fetched later, kB gzipped", "60", f"{largest / 1000:.1f}", ""),
    )
    head = (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {load:.1f} when it began, "
        f"median of {len(rounds)}, slow 4G, processor at a quarter, empty cache\n\n"
        "| what | limit | measured | rounds |\n| --- | ---: | ---: | --- |\n"
    )
    return head + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://localhost:8000")
    parser.add_argument("--name", default="loznica.koordinator", help="whose inbox")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    if urlsplit(options.address).hostname != "localhost":
        parser.error("The cookies of a session are for https or localhost.")
    load = os.getloadavg()[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS, chromium_sandbox=False
        )
        state = signed_in(browser, options.address, options.name)
        rounds = []
        for number in range(1, options.rounds + 1):
            rounds.append(measured(browser, options.address, state))
            say(f"round {number}: {rounds[-1]}")
        browser.close()
    figures = told(rounds, load=load)
    if not options.dry:
        text = README.read_text(encoding="utf-8")
        README.write_text(put_between(text, figures, MARKERS), encoding="utf-8")
    say(figures)


if __name__ == "__main__":
    main()
