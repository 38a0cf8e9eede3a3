"""Writes the bundle that `audit.verify` checks: all entries of one log up to a checkpoint, and every checkpoint. Pure.

It writes what it is given, bytes that are no longer an entry included: finding that out is the verifier's work.
"""

import json
from collections.abc import Iterable, Mapping
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from audit.canonical import Json
from audit.notes import vkey
from audit.verify import COLUMNS, Key

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Sealed = tuple[bytes, bytes, Mapping[str, Json]]


def write_bundle(
    file: IO[bytes], key: Key, *, size: int, notes: Iterable[str], entries: Iterable[Sealed]
) -> None:
    """Write the log of `key` (its origin is the key's name) into `file`.

    `notes`: its signed checkpoints with their cosignature lines, the oldest first; the last is of `size` leaves.
    `entries`: recorded leaf hash, body and shown columns of leaf 0, 1, 2 ...; the columns as the body writes them.
    """
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("bundle.json", header_line(key, size=size))
        with archive.open("checkpoints.txt", "w") as checkpoints:
            for number, note in enumerate(notes):
                checkpoints.write(("--\n" * bool(number) + note).encode())
        with archive.open("entries.jsonl", "w", force_zip64=True) as lines:
            for index, (leaf_hash, body, shown) in enumerate(entries):
                lines.write(entry_line(index, leaf_hash, body=body, shown=shown))


def header_line(key: Key, *, size: int) -> str:
    """Return bundle.json: which log this is, for people. The verifier believes the policy."""
    log = key.name.rpartition("/")[2]
    header = {
        "format": "spona-audit-bundle/1",
        "log": log,
        "origin": key.name,
        "size": size,
        "vkey": vkey(key),
    }
    return f"{_compact(header)}\n"


def entry_line(index: int, leaf_hash: bytes, *, body: bytes, shown: Mapping[str, Json]) -> bytes:
    """Return one line of entries.jsonl. Bytes that are not UTF-8 become lone surrogates, as escapes."""
    text = body.decode(errors="surrogateescape")
    columns = {name: shown[name] for name in COLUMNS}
    return f"{_compact([index, leaf_hash.hex(), text, columns])}\n".encode(errors="backslashreplace")
