"""The built web app: where its files are answered, and its one page, with what the policy lets in of that page.

`make run` builds it into `web/dist`; a wheel carries it at the same place. WhiteNoise answers its files; the page is
answered at every address of the app, because the app itself reads the address.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

from api.headers import POLICY, app_policy

# Where the build says its files are (`base` in web/vite.config.ts), and those of them named after their content.
PREFIX: Final = "/static/app/"
ASSETS: Final = f"{PREFIX}assets/"
# A worker is in charge of what lies below its own address: this one of everything.
WORKER: Final = "/sw.js"
# The page and the worker name the other files: a browser asks each time whether they have changed.
ASK_EACH_TIME: Final = "no-cache"
# What the build writes in the place of a nonce (`html.cspNonce`).
NONCE: Final = "__nonce__"
_INLINE_SCRIPT: Final = re.compile(
    r"<script(?P<said>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE
)
_SOURCE: Final = re.compile(r"\ssrc\s*=", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """The app's page as it was when this process first read it, and the hashes of the scripts that stand in it."""

    html: str
    scripts: tuple[str, ...]

    def answer(self) -> HttpResponse:
        """Answer the page with a nonce of its own, by which its components may add styles."""
        nonce = secrets.token_urlsafe(16)
        response = HttpResponse(self.html.replace(NONCE, nonce), content_type="text/html; charset=utf-8")
        response.headers[POLICY] = app_policy(nonce, self.scripts)
        response.headers["Cache-Control"] = ASK_EACH_TIME
        return response


@cache
def page(folder: Path) -> Page | None:
    """Return the page of the app that was built into `folder`, or None when none was."""
    try:
        html = (folder / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Page(html, tuple(inline_scripts(html)))


def inline_scripts(html: str) -> Iterator[str]:
    """Yield the source expression of each script that stands in the page itself."""
    for match in _INLINE_SCRIPT.finditer(html):
        if not _SOURCE.search(match["said"]):
            digest = hashlib.sha256(match["code"].encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


class Files(WhiteNoiseMiddleware):
    """WhiteNoise, with the files of the app beside those of Django's apps."""

    def __init__(self, get_response: Any = None) -> None:
        super().__init__(get_response)
        folder: Path = settings.SPONA_WEB_APP
        if (folder / "index.html").is_file():
            self.add_files(str(folder), prefix=PREFIX)
            del self.files[f"{PREFIX}index.html"]  # without its nonce it is nothing
            if worker := self.files.pop(f"{PREFIX}sw.js", None):
                self.files[WORKER] = worker

    def immutable_file_test(self, _path: str, url: str) -> bool:
        """Return whether what lies at this address can never change."""
        return url.startswith(ASSETS)

    def add_cache_headers(self, headers: Headers, path: str, url: str) -> None:
        """Keep assets for ever; let the app's other files be asked for each time."""
        super().add_cache_headers(headers, path, url)
        if url.startswith(PREFIX) and not url.startswith(ASSETS):
            headers["Cache-Control"] = ASK_EACH_TIME
