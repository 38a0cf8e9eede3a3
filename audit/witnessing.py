"""Asks a witness to sign a checkpoint: C2SP tlog-witness, the side of the log. What it answers is not trusted."""

import http.client
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from cryptography.exceptions import InvalidSignature

from audit.notes import signature_line
from audit.verify import MAX_SIZE, Key, read_checkpoint, read_note

TIMEOUT_SECONDS = 10.0
MAX_ANSWER = 1 << 16
# From a size to the proof that the tree of that size begins the one of the checkpoint.
Prove = Callable[[int], Sequence[bytes]]


class NotCosigned(Exception):
    """The witness did not sign. It is asked again later; the text names no more than a status."""


class Unreachable(NotCosigned):
    """Nobody answers there."""


class Disagrees(NotCosigned):
    """The witness has signed a longer log, or another one: ours was rolled back or written anew."""


def cosign(url: str, note: str, *, old: int, prove: Prove, key: Key, seconds: float = TIMEOUT_SECONDS) -> str:
    """Return the witness's cosignature line for the signed checkpoint `note`, checked with its `key`.

    `url` is the prefix before /add-checkpoint; `old` the size that the witness is believed to have signed last, 0 when
    nothing is known. When it says another size, it is asked once more from there. Raises NotCosigned, of which
    Unreachable and Disagrees are kinds.
    """
    size = read_checkpoint(read_note(note).text).size
    status, text = _post(url, _request(old, prove, note=note), seconds=seconds)
    if status == HTTPStatus.CONFLICT:
        old = _size_in(text)
        if old > size:
            raise Disagrees(f"The witness has signed {old} leaves, and this log has {size}.")
        status, text = _post(url, _request(old, prove, note=note), seconds=seconds)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        raise Disagrees("The witness has signed another log in this one's name.")
    if status != HTTPStatus.OK:
        raise NotCosigned(f"The witness answered {status}.")
    return _line_of(note, text, key)


def _request(old: int, prove: Prove, *, note: str) -> bytes:
    proof = "".join(f"{b64encode(each).decode()}\n" for each in prove(old))
    return f"old {old}\n{proof}\n{note}".encode()


def _size_in(text: str) -> int:
    digits = text.removesuffix("\n")
    if not digits.isascii() or not digits.isdecimal() or int(digits) >= MAX_SIZE:
        raise NotCosigned("The witness did not say which size it has.")
    return int(digits)


def _line_of(note: str, answer: str, key: Key) -> str:
    """Return the line of `key` in the answer. Lines of others are nothing to us."""
    try:
        signed = read_note(f"{read_note(note).text}\n{answer}")
        at = signed.signed_at(key)
    except (ValueError, InvalidSignature) as problem:
        raise NotCosigned("The witness answered no signature of its key.") from problem
    if not at:
        raise NotCosigned("The witness answered no signature of its key.")
    mine = (value for name, key_id, value in signed.signatures if (name, key_id) == (key.name, key.id))
    return signature_line(key.name, key.id + next(mine))


def _post(url: str, body: bytes, *, seconds: float) -> tuple[int, str]:
    """Return status and text. One answer, no redirect, at most 64 KiB, all of it in `seconds`."""
    parts = urlsplit(url)
    try:
        with closing(_connection(parts, seconds)) as connection:
            connection.connect()
            limit = threading.Timer(seconds, _stop, [connection.sock])
            limit.start()
            try:
                connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body)
                response = connection.getresponse()
                text = response.read(MAX_ANSWER + 1)
            finally:
                limit.cancel()
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(f"The witness cannot be asked: {type(problem).__name__}.") from problem
    if len(text) > MAX_ANSWER:
        raise NotCosigned("The witness answered too much.")
    return response.status, text.decode(errors="replace")


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no address")
    if parts.scheme == "http":
        return http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=context)


def _stop(connected: socket.socket) -> None:
    """End a connection under the one that reads from it: an answer by the byte would else never time out."""
    with suppress(OSError):  # it ended by itself in this moment
        connected.shutdown(socket.SHUT_RDWR)
