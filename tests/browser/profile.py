"""A Chromium with a profile on the disk, as people have one; and the search for what it left there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.browser.chromium import ARGUMENTS, path, running
from tests.browser.shapes import Shape
from tests.canaries import caught


@contextmanager
def kept_on_disk(folder: Path, address: str, shape: Shape) -> Iterator[BrowserContext]:
    """Open a Chromium whose profile lies in `folder`; it is closed, and has written everything, at the end."""
    context = running.driver().chromium.launch_persistent_context(
        folder,
        executable_path=path(),
        args=ARGUMENTS,
        chromium_sandbox=False,
        base_url=address,
        **shape.options(),
    )
    try:
        yield context
    finally:
        context.close()


def left_in(folder: Path, net: Mapping[bytes, str]) -> dict[str, set[str]]:
    """Return the files of the profile in which something of the net lies, and how it is written there."""
    files = (one for one in folder.rglob("*") if one.is_file())
    found = {str(one.relative_to(folder)): caught(one.read_bytes(), net) for one in files}
    return {name: ways for name, ways in found.items() if ways}
