"""Takes a picture of every page and each of its views, for `tests.browser.screenshots`.

All languages and widths go into `var/screenshots`; the Cyrillic set, with some pages in the dark, is kept in
`docs/screenshots` too, so that a change of the looks shows in a diff. The town is the demo's, the clock stands still.
"""

import base64
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Page

from tests.browser.chromium import running
from tests.browser.demo_town import DemoTown, demo_town
from tests.browser.desk import Desk
from tests.browser.looking import go, look
from tests.browser.routes import Place, places
from tests.browser.service import ROOT
from tests.browser.shapes import ALL, DESK, Shape

OUT: Final = ROOT / "var/screenshots"
BASELINE: Final = ROOT / "docs/screenshots"
KEPT: Final = "sr-Cyrl"
IN_THE_DARK: Final = frozenset({"/", "/cases/$id", "/refer", "/statistics/$number"})
QUALITY: Final = 60
# Lists that never end are cut here.
TALLEST: Final = 6000


def picture(page: Page, file: Path) -> None:
    """Write the whole page as WebP, which Playwright's own pictures are not."""
    session = page.context.new_cdp_session(page)
    size = session.send("Page.getLayoutMetrics")["cssContentSize"]
    clip = {
        "x": 0,
        "y": 0,
        "width": size["width"],
        "height": min(size["height"], TALLEST),
        "scale": 1,
    }
    taken = session.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    session.detach()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(base64.b64decode(taken["data"]))


def take(desk: Desk, town: DemoTown, shape: Shape, wanted: Sequence[Place], *, dark: bool = False) -> None:
    """Take the pictures of some pages in one shape."""
    folder = f"{shape}{'-dark' if dark else ''}"
    for role, visited in groupby(wanted, key=lambda place: place.role):
        page = desk.open(
            shape,
            "/help" if role else "/sign-in",
            cookies=town.cookies.get(role, {}),
            color_scheme="dark" if dark else "light",
        )
        look(desk, page)
        for place in visited:
            go(desk, page, place.address)
            for base in bases(shape):
                picture(page, base / folder / f"{place.name}.webp")
        page.close()


def bases(shape: Shape) -> Iterator[Path]:
    yield OUT
    if shape.language == KEPT:
        yield BASELINE


def main(only: Sequence[str]) -> None:
    with TemporaryDirectory() as folder, demo_town(Path(folder), "screenshots") as town:
        desk = Desk(running.browser(), town.service.address, town.service.log)
        wanted = [place for place in places(town.ids) if not only or place.route in only]
        dark = [place for place in wanted if place.route in IN_THE_DARK]
        for shape in ALL:
            take(desk, town, shape, wanted)
        take(desk, town, Shape(KEPT, DESK), dark, dark=True)
        faults = desk.close()
        running.stop()
    if faults:
        sys.exit("\n".join(faults))
