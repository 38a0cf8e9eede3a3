"""A poor phone on a poor line, as Lighthouse simulates one: how soon somebody who is signed in sees their inbox."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page

from benchmarks.demo_person import PASSWORD, code_now

ARGUMENTS: Final = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
# What Lighthouse applies by the browser's own tools for "slow 4G": 150 ms and 1.6 Mbit/s, with its allowances.
LINE: Final[Mapping[str, Any]] = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1_474_560 / 8,
    "uploadThroughput": 675_000 / 8,
}
SLOWER: Final = 4
PHONE: Final[Mapping[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "locale": "sr-Cyrl-RS",
    "service_workers": "block",
}
AUTH: Final = "/api/v1/auth/browser/v1"
SEND: Final = """
async ([path, body]) => {
  const token = document.cookie.match(/__Host-csrf=([^;]+)/)?.[1] ?? '';
  const answer = await fetch(path, {
    method: body ? 'POST' : 'GET',
    headers: {'Content-Type': 'application/json', 'X-CSRFToken': token},
    ...(body ? {body: JSON.stringify(body)} : {}),
  });
  return answer.status;
}
"""
WATCH: Final = """
new MutationObserver((_, watching) => {
  if (document.querySelector('main li') === null) return;
  globalThis.rowsAt = performance.now();
  watching.disconnect();
}).observe(document, {childList: true, subtree: true});
"""
PAINT: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@dataclass(frozen=True)
class Round:
    """Milliseconds from the beginning of the navigation, and what went over the line until the rows were there."""

    paint: float
    rows: float
    wire: int


def signed_in(browser: Browser, address: str, name: str) -> Any:
    """Return the cookies of somebody who has signed in with both factors."""
    context = browser.new_context(base_url=address, **PHONE)
    page = context.new_page()
    page.goto("/sign-in")
    page.evaluate(SEND, [f"{AUTH}/config", None])
    page.evaluate(SEND, [f"{AUTH}/auth/login", {"username": name, "password": PASSWORD}])
    status = page.evaluate(SEND, [f"{AUTH}/auth/2fa/authenticate", {"code": code_now(name)}])
    if status != 200:  # noqa: PLR2004 - OK
        raise SystemExit(f"{name} could not sign in at {address} ({status}): is the demo running there?")
    return context.storage_state()


def measured(browser: Browser, address: str, state: Any) -> Round:
    context = browser.new_context(base_url=address, storage_state=state, **PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    received = _slowed(line)
    page.goto("/", wait_until="commit")
    found = Round(_wait(page, PAINT), _wait(page, "globalThis.rowsAt ?? null"), sum(received))
    context.close()
    return found


def _slowed(line: CDPSession) -> list[int]:
    """Slow the line and the processor; return the list that fills with the bytes that came."""
    received: list[int] = []
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", dict(LINE))
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    return received


def _wait(page: Page, expression: str, *, seconds: float = 60) -> float:
    deadline = time.monotonic() + seconds
    while (found := page.evaluate(expression)) is None:
        if time.monotonic() > deadline:
            raise SystemExit(f"The app did not come: {page.locator('body').inner_text()[:200]!r}")
        page.wait_for_timeout(100)
    return float(found)
