"""Everything a page asked and said while a test used it, and what of that must not have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, WebError

from tests.browser.contract import beside

CSP: Final = "content security policy"
WATCH: Final = """
addEventListener('securitypolicyviolation', event =>
  console.error(`%s: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
""".replace("%s", CSP)
# Chromium says so of every answer of 4xx, and of a connection that a test cut on purpose.
_REFUSED: Final = "Failed to load resource: the server responded with a status of 4"
_CUT: Final = "Failed to load resource: net::ERR_"
# The app's own words for it, which React writes down when a whole page could not be asked for.
_UNREACHABLE: Final = ": 0 unreachable"
_MOMENT, _ENOUGH = 20, 250
_ELSEWHERE_ALLOWED: Final = ("data", "blob", "about", "chrome-extension")


@dataclass(frozen=True)
class Asked:
    """One request with its answer; `body` is None where the page was left before it could be read."""

    method: str
    address: str
    query: str
    status: int
    kind: str
    body: bytes | None


class Record:
    """Listens to one context. `cut` says that this test breaks connections on purpose."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.asked: list[Asked] = []
        self.complaints: list[str] = []
        self.under_way: set[Request] = set()
        self.cut = False
        context.add_init_script(WATCH)
        context.on("request", self._begun)
        context.on("requestfinished", self._answered)
        context.on("requestfailed", self._failed)
        context.on("console", self._said)
        context.on("weberror", self._thrown)

    def settled(self, page: Page) -> Self:
        """Wait until nothing is under way any more: a request ends here a moment after the page has its answer."""
        for _ in range(_ENOUGH):
            page.wait_for_timeout(_MOMENT)
            if not self.under_way:
                break
        return self

    def api(self) -> list[Asked]:
        return [one for one in self.asked if one.address.startswith("/api/")]

    def sent(self, method: str, address: str) -> list[Asked]:
        """Return the requests of this method to an address that begins so."""
        return [one for one in self.api() if one.method == method and one.address.startswith(address)]

    def faults(self) -> list[str]:
        """Return everything that must not have been, each once."""
        return list(dict.fromkeys((*self.complaints, *self._wrong())))

    def _wrong(self) -> Iterator[str]:
        for one in self.asked:
            if one.status >= 500 and not self.cut:
                yield f"{one.method} {one.address} answered {one.status}"
        for one in self.api():
            wrong = beside(one.method, one.address, one.status, kind=one.kind, body=one.body)
            if wrong:
                yield wrong

    def _begun(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in _ELSEWHERE_ALLOWED:
            return
        if parts.netloc != self.host:
            self.complaints.append(f"asked another host: {request.url}")
        self.under_way.add(request)

    def _answered(self, request: Request) -> None:
        self.under_way.discard(request)
        parts = urlsplit(request.url)
        answer = request.response() if parts.netloc == self.host else None
        if answer is None:
            return
        body = None
        if parts.path.startswith("/api/"):
            try:
                body = answer.body()
            except Error:  # Chromium forgets bodies when the page is left
                body = None
        kind = answer.headers.get("content-type", "")
        self.asked.append(Asked(request.method, parts.path, parts.query, answer.status, kind, body))

    def _failed(self, request: Request) -> None:
        self.under_way.discard(request)

    def _said(self, message: ConsoleMessage) -> None:
        text = message.text
        if CSP in text.lower() or (message.type == "error" and not self._expected(text)):
            self.complaints.append(f"console: {text}")

    def _expected(self, text: str) -> bool:
        of_cut = text.startswith(_CUT) or _UNREACHABLE in text.partition("\n")[0]
        return text.startswith(_REFUSED) or (self.cut and of_cut)

    def _thrown(self, problem: WebError) -> None:
        self.complaints.append(f"uncaught: {problem.error}")
