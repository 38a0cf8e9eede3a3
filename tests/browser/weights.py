"""What the built app weighs, as it goes over the wire to a browser that unpacks gzip."""

import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

DIST: Final = Path(__file__).parents[2] / "web/dist"
PREFIX: Final = "/static/app/"
CODE: Final = frozenset({".js", ".css"})
# In bytes; what is promised is said in thousands.
FIRST, CHUNK = 235_000, 60_000


@cache
def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def chunks() -> dict[str, int]:
    """Return each file of code with its weight."""
    return {path.name: weight(path) for path in (DIST / "assets").iterdir() if path.suffix in CODE}


def code_in(addresses: Iterable[str]) -> dict[str, int]:
    """Return those of some addresses that are files of code, with their weights."""
    names = {address.removeprefix(PREFIX) for address in addresses if address.startswith(PREFIX)}
    return {name: weight(DIST / name) for name in sorted(names) if Path(name).suffix in CODE}
