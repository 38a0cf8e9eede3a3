"""A window as a person uses it: things are found by what they are and what they are called, in its language."""

from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.teams.models import User
from tests.browser.axe import axe
from tests.browser.desk import Desk
from tests.browser.looking import go, look
from tests.browser.shapes import Shape
from tests.browser.words import label, like, word

FAR: Final = 120


def open_window(desk: Desk, user: User, shape: Shape, path: str = "/") -> "Window":
    """Open a window of `user` and wait until its page is there."""
    window = Window(desk, desk.as_(user, shape, path), shape)
    window.look()
    return window


@dataclass(frozen=True)
class Window:
    """One page. Names are given as the app's Cyrillic source has them."""

    desk: Desk
    page: Page
    shape: Shape

    def word(self, source: str) -> str:
        return word(self.shape.language, source)

    def label(self, name: str, code: str) -> str:
        return label(self.shape.language, name, code)

    def button(self, source: str, **within: Any) -> Locator:
        return self.named("button", source, **within)

    def link(self, source: str, **within: Any) -> Locator:
        return self.named("link", source, **within)

    def heading(self, source: str) -> Locator:
        return self.named("heading", source)

    def field(self, source: str) -> Locator:
        """Return the field of this name; where it has to be filled, its label says so with a mark."""
        name = self.word(source)
        written = self.page.get_by_role("textbox", name=name, exact=True)
        return written.or_(self.page.get_by_label(name, exact=True)).first

    def named(self, role: Any, source: str, *, within: Locator | None = None) -> Locator:
        """Return what has this role and name, in the whole page or within a part of it."""
        around = within or self.page.locator("body")
        return around.get_by_role(role, name=self.word(source), exact=True)

    def text(self, source: str) -> Locator:
        """Return where a text stands; its blanks may hold anything."""
        return self.page.get_by_text(like(self.shape.language, source))

    def sees(self, source: str) -> None:
        expect(self.text(source).first).to_be_visible()

    def reach(self, wanted: Locator) -> None:
        """Go to something by the Tab key alone, as somebody without a mouse does."""
        expect(wanted).to_be_visible()
        for _ in range(FAR):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{wanted} cannot be reached by Tab")

    def press(self, wanted: Locator, key: str = "Enter") -> None:
        self.reach(wanted)
        self.page.keyboard.press(key)

    def go(self, address: str) -> None:
        go(self.desk, self.page, address)

    def look(self, *, in_the_dark: bool = False) -> None:
        """Wait until the page is there, and hold it against axe."""
        look(self.desk, self.page)
        wrong = axe(self.page)
        assert not wrong, f"{self.page.url}\n" + "\n".join(wrong)
        if in_the_dark:
            self.page.emulate_media(color_scheme="dark")
            self.look()
            self.page.emulate_media(color_scheme="light")
