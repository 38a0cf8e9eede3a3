"""Going from page to page as the app itself does, and waiting until a page is there as people see it."""

import time
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browser.desk import Desk

PATIENCE, MOMENT, OFTEN = 15, 50, 3
# The app tells of pages that are being fetched: by a skeleton, or by a part that is busy. What is there is counted, so
# that it can be seen to stay. The heading of the page that is being left is none: it stays until the next one is there.
THERE: Final = """
() => document.querySelector('h1') !== null
  && !globalThis.headingLeft?.isConnected
  && document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .shell-wait') === null
  && document.body.innerHTML.length
"""
GO: Final = """
address => {
  const another = new URL(address, location.href).pathname !== location.pathname;
  globalThis.headingLeft = another ? document.querySelector('h1') : null;
  history.pushState({}, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
}
"""


def look(desk: Desk, page: Page) -> None:
    """Wait until the page is there: nothing is asked any more, nothing is missing, and nothing moves.

    Playwright's own waiting evaluates strings, which the page's policy forbids.
    """
    record = desk.record(page)
    deadline = time.monotonic() + PATIENCE
    before, times = (0, 0), 0
    while times < OFTEN:
        page.wait_for_timeout(MOMENT)
        now = (len(record.asked), 0 if record.under_way else int(page.evaluate(THERE)))
        times = times + 1 if now[1] and now == before else 0
        before = now
        if time.monotonic() > deadline:
            pytest.fail(f"{page.url} does not come: {page.locator('body').inner_text()[:300]}")


def go(desk: Desk, page: Page, address: str) -> None:
    """Go to another page of the app without loading the app again; a link with a secret is opened as people do."""
    if "#" in address:
        page.goto(address)
    else:
        page.evaluate(GO, address)
    look(desk, page)
