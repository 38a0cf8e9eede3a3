"""What the built app weighs, gzipped: what its page names at once, and the largest part that is fetched later."""

import gzip
import re
from pathlib import Path
from typing import Final

DIST: Final = Path(__file__).parents[1] / "web/dist"
CODE: Final = frozenset({".js", ".css"})
_NAMED: Final = re.compile(r'(?:src|href)="/static/app/([^"]+)"')


def weights() -> tuple[int, int]:
    """Return the bytes of the code named by the page, and those of the largest other file."""
    named = set(_NAMED.findall((DIST / "index.html").read_text(encoding="utf-8")))
    sizes = {
        str(path.relative_to(DIST)): len(gzip.compress(path.read_bytes(), 9))
        for path in DIST.rglob("*")
        if path.suffix in CODE
    }
    first = sum(size for name, size in sizes.items() if name in named)
    return first, max(size for name, size in sizes.items() if name not in named)
