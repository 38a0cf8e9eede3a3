"""A witness: signs a log's checkpoint when it goes on from the last one it signed, and no other. Runs elsewhere.

C2SP tlog-witness, as a WSGI application. What it remembers is one row for each log, in SQLite, compared and written in
one transaction: of two submissions at once one wins, the other is told the new size. It reads no entry.
"""

import hashlib
import re
import sqlite3
import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature

from audit.notes import Signer, signature_line, split_checkpoint
from audit.tree import HASH, InvalidProof, check_consistency
from audit.verify import Checkpoint, Key, Note, read_note, root_of

MAX_BODY = 1 << 17
MAX_PROOF = 63
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
BUSY_SECONDS = 5.0
TABLE = (
    "CREATE TABLE IF NOT EXISTS latest (origin TEXT PRIMARY KEY, size INTEGER, root BLOB, note TEXT) STRICT"
)
KEEP = "INSERT OR REPLACE INTO latest (origin, size, root, note) VALUES (?, ?, ?, ?)"


class Refused(Exception):
    """The answer to what is not signed: status, text, media type."""

    def __init__(self, status: HTTPStatus, text: str, media: str = TEXT_TYPE) -> None:
        super().__init__(text)
        self.status, self.media = status, media


class Submission(NamedTuple):
    """A request: the size the log believes was signed last, the proof from there, and the new checkpoint."""

    old: int
    proof: list[bytes]
    note: Note
    point: Checkpoint


class State:
    """The latest checkpoint signed of each log, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.writing() as rows:
            rows.execute(TABLE)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the only right to write until the block ends; an exception takes back what it wrote."""
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)) as rows:
            rows.execute("BEGIN IMMEDIATE")
            yield rows
            rows.execute("COMMIT")

    def notes(self) -> list[tuple[str, str]]:
        """Return the origin and the latest note of each log, with our cosignature."""
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as rows:
            return rows.execute("SELECT origin, note FROM latest").fetchall()


class Witness:
    """The WSGI application: POST /add-checkpoint, GET /<SHA-256 of the origin, hex>/checkpoint."""

    def __init__(
        self, signer: Signer, logs: Mapping[str, Key], state: State, clock: Callable[[], float] = time.time
    ) -> None:
        self._signer, self._logs, self._state, self._clock = signer, logs, state, clock

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, media = HTTPStatus.OK, TEXT_TYPE
        try:
            text = self._answer(environ)
        except Refused as refused:
            status, media, text = refused.status, refused.media, str(refused)
        except sqlite3.Error:
            status, text = HTTPStatus.SERVICE_UNAVAILABLE, "The state cannot be written.\n"
        body = text.encode()
        headers = [("Content-Type", media), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> str:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if path == "/add-checkpoint":
            if method != "POST":
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, "POST it.\n")
            return self.add(environ["wsgi.input"].read(MAX_BODY + 1))
        for origin, note in self._state.notes() if method == "GET" else []:
            if path == f"/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint":
                return note
        raise Refused(HTTPStatus.NOT_FOUND, "There is nothing here.\n")

    def add(self, body: bytes) -> str:
        """Return our cosignature line for the checkpoint in `body`, and remember it. Raises Refused."""
        try:
            asked = _read(body)
        except ValueError as problem:
            text = "This is not a request to add a checkpoint.\n"
            raise Refused(HTTPStatus.BAD_REQUEST, text) from problem
        key = self._logs.get(asked.point.origin)
        if key is None:
            raise Refused(HTTPStatus.NOT_FOUND, "This log is not known here.\n")
        if not _is_signed(asked.note, key):
            raise Refused(HTTPStatus.FORBIDDEN, "The log's key has not signed this.\n")
        if asked.old > asked.point.size:
            raise Refused(HTTPStatus.BAD_REQUEST, "The old size is larger than the new one.\n")
        with self._state.writing() as rows:
            _check(asked, _latest(rows, asked.point.origin))
            line = self._signer.cosign(asked.note.text, at=int(self._clock()))
            note = f"{asked.note.text}\n{_lines_of(asked.note, key)}{line}"
            rows.execute(KEEP, (asked.point.origin, asked.point.size, asked.point.root, note))
        return line


def _read(body: bytes) -> Submission:
    """Raises ValueError for what is no request to add a checkpoint."""
    head, _, note = body.decode().partition("\n\n")
    found = re.fullmatch(r"old (0|[1-9][0-9]{0,18})((?:\n[A-Za-z0-9+/]{43}=)*)", head)
    proof = found[2].split() if found else []
    opened = read_note(note)
    point, further = split_checkpoint(opened.text)
    whole = len(point.root) == HASH and "\n\n" not in f"\n{further}"
    if len(body) > MAX_BODY or not found or len(proof) > MAX_PROOF or not whole:
        raise ValueError("not old size, proof and checkpoint")
    return Submission(int(found[1]), [b64decode(each) for each in proof], opened, point)


def _is_signed(note: Note, key: Key) -> bool:
    try:
        return note.signed_at(key) is not None
    except InvalidSignature:
        return False


def _lines_of(note: Note, key: Key) -> str:
    mine = (value for name, key_id, value in note.signatures if (name, key_id) == (key.name, key.id))
    return "".join(signature_line(key.name, key.id + value) for value in mine)


def _latest(rows: sqlite3.Connection, origin: str) -> tuple[int, bytes]:
    row: tuple[int, bytes] | None = rows.execute(
        "SELECT size, root FROM latest WHERE origin = ?", (origin,)
    ).fetchone()
    return row or (0, root_of(()))


def _check(asked: Submission, latest: tuple[int, bytes]) -> None:
    size, root = latest
    if asked.old != size:
        raise Refused(HTTPStatus.CONFLICT, f"{size}\n", SIZE_TYPE)
    if not _goes_on(asked, root):
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "This does not go on from what was signed before.\n")


def _goes_on(asked: Submission, root: bytes) -> bool:
    if asked.old in {0, asked.point.size}:
        same = asked.point.root == root or asked.old < asked.point.size
        return same and not asked.proof
    try:
        check_consistency(asked.proof, root, asked.old, size=asked.point.size, root=asked.point.root)
    except InvalidProof:
        return False
    return True
