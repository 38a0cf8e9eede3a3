"""The log's side of the witness protocol: a conflict is followed, a lie, a flood and a redirect are not."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from audit.notes import log_signer
from audit.verify import read_note
from audit.witness import State, Witness
from audit.witnessing import MAX_ANSWER, Disagrees, NotCosigned, cosign
from tests.audit.logs import ORIGIN, SECRET, witness
from tests.audit.witnesses import Grown, ask

pytestmark = pytest.mark.pure

SIGNER = witness(1)
LOG = Grown(40)
Respond = Callable[[bytes], tuple[int, dict[str, str], bytes]]


@contextmanager
def served(respond: Respond, *, drip: float = 0.0) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, headers, text = respond(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(text)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            pieces = [text[n : n + 1] for n in range(len(text))] if drip else [text]
            try:
                for piece in pieces:
                    self.wfile.write(piece)
                    time.sleep(drip)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the base
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/witness/"
        server.shutdown()
        thread.join()


@pytest.fixture
def app(tmp_path: Path) -> Witness:
    key = log_signer(SECRET, ORIGIN).key
    return Witness(SIGNER, {key.name: key}, State(tmp_path / "state.sqlite"))


def honest(app: Witness) -> Respond:
    def respond(body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = ask(app, body)
        return answer.status, {"Content-Type": answer.headers["Content-Type"]}, answer.text.encode()

    return respond


def asked(url: str, *, size: int = 40, old: int = 0, log: Grown = LOG, seconds: float = 10.0) -> str:
    return cosign(
        url, log.note(size), old=old, prove=lambda at: log.prove(at, size), key=SIGNER.key, seconds=seconds
    )


def test_the_line_is_one_of_the_witness_on_this_checkpoint(app: Witness) -> None:
    with served(honest(app)) as url:
        line = asked(url)
    assert line.count("\n") == 1
    assert read_note(LOG.note() + line).signed_at(SIGNER.key)


def test_a_conflict_is_followed_from_the_witness_s_size(app: Witness) -> None:
    with served(honest(app)) as url:
        asked(url, size=7)
        for old, size in [(0, 20), (7, 30), (30, 40)]:
            assert read_note(LOG.note(size) + asked(url, size=size, old=old)).signed_at(SIGNER.key)


def test_a_log_that_was_rolled_back_or_rewritten_learns_of_it(app: Witness) -> None:
    with served(honest(app)) as url:
        asked(url, size=30)
        with pytest.raises(Disagrees, match="30 leaves"):
            asked(url, size=20)
        with pytest.raises(Disagrees, match="another log"):
            asked(url, log=Grown(40, "rewritten"))


def other_line(body: bytes) -> bytes:
    text = read_note(body.decode().partition("\n\n")[2]).text
    return witness(2).cosign(text, at=1).encode()


def for_another_text(_body: bytes) -> bytes:
    return SIGNER.cosign("another\n1\ntext\n", at=1).encode()


def without_a_time(body: bytes) -> bytes:
    return SIGNER.cosign(read_note(body.decode().partition("\n\n")[2]).text, at=0).encode()


@pytest.mark.parametrize(
    ("status", "headers", "text"),
    [
        (200, {}, other_line),
        (200, {}, for_another_text),
        (200, {}, without_a_time),
        (200, {}, b""),
        (200, {}, b"\xff\xfe"),
        (200, {}, b"x" * (MAX_ANSWER + 2)),
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
        (307, {"Location": "/elsewhere"}, b""),
        (403, {}, b"no"),
        (404, {}, b""),
        (500, {}, b""),
        (409, {}, b""),
        (409, {}, b"-1\n"),
        (409, {}, b"12 leaves"),
        (409, {}, "٣\n".encode()),
        (409, {}, b"9" * 30),
        (409, {}, b"5\n"),
        (200, {"Content-Length": "1000"}, b"short"),
        (200, {"Transfer-Encoding": "chunked"}, b"zz\r\n"),
    ],
    ids=range(19),
)
def test_a_hostile_answer_is_no_cosignature(
    status: int, headers: dict[str, str], text: bytes | Callable[[bytes], bytes]
) -> None:
    def respond(body: bytes) -> tuple[int, dict[str, str], bytes]:
        return status, headers, text if isinstance(text, bytes) else text(body)

    with served(respond) as url, pytest.raises(NotCosigned):
        asked(url, seconds=0.5)


def test_a_witness_that_has_more_than_we_is_told_apart() -> None:
    with served(lambda _body: (409, {}, b"41\n")) as url, pytest.raises(Disagrees):
        asked(url)


def test_an_answer_by_the_byte_is_cut() -> None:
    began = time.monotonic()
    with served(lambda _body: (200, {}, b"x" * 100), drip=0.03) as url, pytest.raises(NotCosigned):
        asked(url, seconds=0.1)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1", "ftp://127.0.0.1", "https://", "", "http://127.0.0.1:99999", "file:///etc/passwd"],
    ids=range(6),
)
def test_an_address_where_nobody_answers_is_no_cosignature(url: str) -> None:
    with pytest.raises(NotCosigned, match="cannot be asked"):
        asked(url, seconds=0.5)
