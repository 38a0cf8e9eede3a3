"""The built app: one page at every address of its own, files that are kept or asked for, scripts by hash alone."""

import base64
import gzip
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from api import web_app
from tests.api.client import Api

CODE = "document.documentElement.lang = 'sr-Latn'"
PAGE = (
    '<!doctype html><html><head><meta property="csp-nonce" nonce="__nonce__">'
    f'<script nonce="__nonce__">{CODE}</script><style nonce="__nonce__">main{{margin:0}}</style></head><body>'
    '<main>Спона</main><script type="module" src="/static/app/assets/index-abcd1234.js"></script></body></html>'
)
HASH = f"'sha256-{base64.b64encode(hashlib.sha256(CODE.encode()).digest()).decode()}'"
FILES = {
    "index.html": PAGE,
    "sw.js": "self.skipWaiting()\n" * 20,
    "app.webmanifest": "{}",
    "assets/index-abcd1234.js": "export {}\n" * 20,
    "assets/index-abcd1234.css": "main{margin:0}",
}
FOR_EVER = "max-age=315360000, public, immutable"
APP = [
    "/",
    "/cases",
    "/cases/01890a5d-ac96-774b-bcce-b302099a8057",
    "/refer",
    "/sign-in",
    "/invitation",
    "/admin/a/b",
]
NOT_THE_APP = [
    "/api/nothing",
    "/api",
    "/health/nothing",
    "/static/app/assets/gone-1.js",
    "/static/app/assets/gone",
]
NO_FILE = [
    "/favicon.ico",
    "/.env",
    "/openapi.yaml",
    "/index.html",
    "/static/app/index.html",
    "/static/none.css",
]


def text_at(path: str) -> str:
    return FILES[path.removeprefix("/static/app/").removeprefix("/")]


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Path]:
    """Serve a small app that was built into a folder of its own."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        Path(f"{path}.gz").write_bytes(gzip.compress(text.encode()))
    with override_settings(SPONA_WEB_APP=tmp_path):
        yield tmp_path
    web_app.page.cache_clear()


@pytest.mark.parametrize("path", APP)
def test_every_address_of_the_app_gets_its_page(built: Path, stranger: Api, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert re.sub(r'nonce="[^"]+"', 'nonce="__nonce__"', answer.raw.decode()) == PAGE


@pytest.mark.parametrize("path", [*NOT_THE_APP, *NO_FILE])
def test_what_is_not_there_is_a_problem_and_no_page(built: Path, stranger: Api, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize(
    ("path", "part"), [("/transparency", b"<h1>"), ("/api/docs/", b"swagger"), ("/health/live", b"")]
)
def test_what_lived_there_before_lives_on(built: Path, stranger: Api, path: str, part: bytes) -> None:
    answer = stranger.get(path)
    assert answer.status == 200
    assert part in answer.raw
    assert "csp-nonce" not in answer.raw.decode()


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("/static/app/assets/index-abcd1234.js", 'text/javascript; charset="utf-8"', FOR_EVER),
        ("/static/app/assets/index-abcd1234.css", 'text/css; charset="utf-8"', FOR_EVER),
        ("/static/app/app.webmanifest", "application/manifest+json", "no-cache"),
        ("/sw.js", 'text/javascript; charset="utf-8"', "no-cache"),
    ],
)
def test_a_file_says_what_it_is_and_how_long_it_holds(
    built: Path, stranger: Api, path: str, kind: str, kept: str
) -> None:
    answer = stranger.get(path)
    assert (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        200,
        kind,
        kept,
    )
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.raw.decode() == text_at(path)


@pytest.mark.parametrize("path", ["/sw.js", "/static/app/assets/index-abcd1234.js"])
def test_who_can_unpack_gets_it_packed_and_unchanged_it_is_not_sent_again(
    built: Path, stranger: Api, path: str
) -> None:
    answer = stranger.get(path, Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.raw).decode() == text_at(path)
    again = stranger.get(path, If_None_Match=answer.headers["ETag"])
    assert (again.status, again.raw) == (304, b"")


def test_the_policy_lets_in_the_inline_script_by_its_hash_and_styles_by_a_nonce(
    built: Path, stranger: Api
) -> None:
    answer = stranger.get("/cases")
    said = answer.headers["Content-Security-Policy"]
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', answer.raw.decode()))
    assert f"script-src 'self' {HASH}; style-src 'self' 'nonce-{nonce}';" in said
    assert "unsafe" not in said
    assert "require-trusted-types-for 'script'" in said
    for path in ("/transparency", "/api/docs/", "/api/v1", "/sw.js"):
        others = stranger.get(path).headers["Content-Security-Policy"]
        assert "sha256" not in others
        assert "nonce" not in others


def test_no_two_answers_share_a_nonce(built: Path, stranger: Api) -> None:
    assert len({stranger.get("/").headers["Content-Security-Policy"] for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("html", "count"),
    [("<script src='/a.js'></script>", 0), ("<SCRIPT>a</SCRIPT><script type=module>b</script>", 2), ("", 0)],
)
def test_only_a_script_without_an_address_stands_inline(html: str, count: int) -> None:
    assert len(list(web_app.inline_scripts(html))) == count


@pytest.mark.parametrize("path", ["/", "/cases"])
def test_an_app_that_was_not_built_is_said_clearly(tmp_path: Path, stranger: Api, path: str) -> None:
    with override_settings(SPONA_WEB_APP=tmp_path / "nowhere"):
        answer = stranger.get(path)
        assert (answer.status, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
        for said in ('lang="en"', 'lang="sr-Cyrl"', "<code>make run</code>"):
            assert said in answer.raw.decode()
        assert stranger.get("/api/v1").status == 200
    web_app.page.cache_clear()


def test_a_folder_that_is_built_anew_is_read_at_the_next_start(built: Path, stranger: Api) -> None:
    assert stranger.get("/").status == 200
    shutil.rmtree(built)
    web_app.page.cache_clear()
    assert Api().get("/").status == 503
