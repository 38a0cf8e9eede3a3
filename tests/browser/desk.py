"""Opens windows on the service, signed in or not, and judges afterwards everything they did."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from backend.teams.models import User
from tests.api.client import browser_for
from tests.browser.hands import COUNT
from tests.browser.record import Record
from tests.browser.shapes import Shape
from tests.world import saved

PATIENCE: Final = 15_000
LOG_LINES: Final = 40
NOBODY: Final[Mapping[str, str]] = MappingProxyType({})
SPEAK: Final = "if (origin !== 'null') localStorage.setItem('spona-language', '{language}')"


class Desk:
    """One test's windows. Each has a context of its own, so nobody meets another's cookies or drafts."""

    def __init__(self, chromium: Browser, address: str, log: Path) -> None:
        self.chromium = chromium
        self.address = address
        self.log = log
        self.begun = log.stat().st_size
        self.records: dict[BrowserContext, Record] = {}

    def open(
        self,
        shape: Shape,
        path: str = "/sign-in",
        *,
        cookies: Mapping[str, str] = NOBODY,
        **options: Any,
    ) -> Page:
        """Open a window on a path of the app; with the `cookies` of a session it is somebody's."""
        given = {"service_workers": "block", **shape.options(), **options}
        context = self.chromium.new_context(base_url=self.address, **given)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(COUNT)
        # Before anybody is known, the language is that which was chosen on the device.
        context.add_init_script(SPEAK.format(language=shape.language))
        self.records[context] = Record(context, self.address)
        give(context, cookies)
        page = context.new_page()
        page.goto(path)
        return page

    def as_(self, user: User, shape: Shape, path: str = "/") -> Page:
        """Open a window of `user`, signed in with both factors and speaking the language of the shape."""
        return self.open(shape, path, cookies=session_of(speaking(user, shape)))

    def record(self, page: Page) -> Record:
        return self.records[page.context]

    def close(self) -> list[str]:
        """Close every window and return what was wrong with them."""
        for number, (context, record) in enumerate(self.records.items()):
            for page in context.pages:
                record.settled(page)
                if folder := os.environ.get("SPONA_TEST_PICTURES"):
                    page.screenshot(path=Path(folder) / f"{number}.png", full_page=True)
            context.close()
        return [fault for record in self.records.values() for fault in record.faults()]

    def said(self) -> str:
        """Return what the service wrote to its log since this test began."""
        text = self.log.read_bytes()[self.begun :].decode(errors="replace")
        return "\n".join(text.splitlines()[-LOG_LINES:])


def speaking(user: User, shape: Shape) -> User:
    """Let somebody speak the language of a shape."""
    if user.language != shape.language:
        user.language = shape.language
        saved(user)
    return user


def session_of(user: User) -> dict[str, str]:
    """Return the cookies of a new session that has shown both factors."""
    return {name: one.value for name, one in browser_for(user).django.cookies.items()}


def give(context: BrowserContext, cookies: Mapping[str, str]) -> None:
    """Put cookies into a context as the service would have set them."""
    context.add_cookies(
        [
            {
                "name": name,
                "value": value,
                "domain": "localhost",
                "path": "/",
                "secure": True,
                "httpOnly": name == settings.SESSION_COOKIE_NAME,
                "sameSite": "Strict",
            }
            for name, value in cookies.items()
        ]
    )
