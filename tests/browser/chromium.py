"""Debian's Chromium, driven by Playwright: found, started once, and stopped when the last browser test is over.

While Playwright runs, an event loop does too, and Django refuses databases where one runs. So it is told that nobody
else uses this thread, and the connections made meanwhile are closed before the loop ends.
"""

import os
import shutil
from typing import Final

from django.db import connections
from playwright.sync_api import Browser, Playwright, sync_playwright

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
UNSAFE: Final = "DJANGO_ALLOW_ASYNC_UNSAFE"


def path() -> str | None:
    """Return where Chromium is, if it is installed."""
    return shutil.which("chromium")


class Running:
    """Playwright and one Chromium, from the first test that asks until `stop`."""

    def __init__(self) -> None:
        self.playwright: Playwright | None = None
        self.chromium: Browser | None = None

    def driver(self) -> Playwright:
        if self.playwright is None:
            os.environ[UNSAFE] = "true"
            self.playwright = sync_playwright().start()
        return self.playwright

    def browser(self) -> Browser:
        if self.chromium is None:
            launch = self.driver().chromium.launch
            self.chromium = launch(executable_path=path(), args=ARGUMENTS, chromium_sandbox=False)
        return self.chromium

    def stop(self) -> None:
        if self.playwright is None:
            return
        if self.chromium is not None:
            self.chromium.close()
        connections.close_all()
        self.playwright.stop()
        connections.close_all()
        self.playwright = self.chromium = None
        del os.environ[UNSAFE]


running = Running()
