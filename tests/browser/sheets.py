"""Everything that opens over a page: each button is pressed, and what comes up is handed out.

Nothing is sent meanwhile, so that the page stays as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.desk import PATIENCE, Desk
from tests.browser.looking import go, look

OPENS: Final = "main button:visible:enabled, header button:visible:enabled, nav button:visible:enabled"
OVER: Final = '[role="dialog"]:visible, [role="menu"]:visible, [role="listbox"]:visible'
DIALOG: Final = '[role="dialog"]:visible'
# A language is chosen at once: it opens nothing.
INNER: Final = '[role="menuitem"]:visible:not([lang])'
# A button opens at once, or it does not open anything.
MOMENT: Final = 250
# What was said in passing, which goes by itself, lies over what is opened next.
SAID: Final = ".mantine-Notification-root"
READS: Final = frozenset({"GET", "HEAD"})


@dataclass
class Opener:
    """Presses the buttons of one window; a name that was pressed on one page is left alone on the next."""

    desk: Desk
    page: Page
    known: set[str] = field(default_factory=set)

    def send_nothing(self) -> None:
        """Break off whatever would change something."""
        self.desk.record(self.page).cut = True
        self.page.route("**/api/v1/**", _only_reading)

    def opened_on(self, address: str) -> Iterator[str]:
        """Open one after the other what the buttons of a page open, and say its name while it is open."""
        self._come(address)
        for number in range(self.page.locator(OPENS).count()):
            name = self._press(OPENS, number)
            if name is None:
                continue
            if self.page.locator(OVER).count():
                yield name
            for inner in range(self.page.locator(INNER).count()):
                within = self._press(INNER, inner)
                if within is None:
                    continue
                if self.page.locator(DIALOG).count():
                    yield f"{name} > {within}"
                self._come(address)
                self.page.locator(OPENS).nth(number).click()
                self.page.wait_for_timeout(MOMENT)
            self._come(address)

    def _press(self, kind: str, number: int) -> str | None:
        """Press a button and return its name; None for one that is known or not there any more."""
        button = self.page.locator(kind).nth(number)
        name = name_of(button) if button.count() else ""
        if not name or name in self.known:
            return None
        self.known.add(name)
        button.click()
        self.page.wait_for_timeout(MOMENT)
        look(self.desk, self.page)
        return name

    def _come(self, address: str) -> None:
        """Come to the page anew. What the header has opened would stay open from page to page."""
        self.page.mouse.move(0, 0)  # what lies under the mouse stays
        expect(self.page.locator(SAID)).to_have_count(0, timeout=PATIENCE)
        if self.page.locator(OVER).count():
            self.page.keyboard.press("Escape")
        if settings.SESSION_COOKIE_NAME in {cookie["name"] for cookie in self.page.context.cookies()}:
            go(self.desk, self.page, "/help")
            go(self.desk, self.page, address)
        else:
            self.page.goto(address)
            look(self.desk, self.page)


def _only_reading(route: Route) -> None:
    if route.request.method in READS:
        route.continue_()
    else:
        route.abort()


def name_of(button: Locator) -> str:
    """Return what is written on a button, in one line."""
    return " ".join((button.inner_text() or button.get_attribute("aria-label") or "").split())
