"""A log as the service would have it, for tests of what is made from it: entries, checkpoints, cosignatures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from audit.bundle import entry_line, header_line
from audit.canonical import Json, canonical_of_codes
from audit.notes import Signer, checkpoint_text, log_signer, signed_checkpoint, vkey
from audit.verify import COLUMNS, WITNESS_KEY, Checkpoint, Frontier, leaf_hash, root_of

SECRET = bytes(range(32))
LOG = UUID(int=7)
ORIGIN = f"spona.example/{LOG}"
STARTED = 1_767_225_600  # 2026-01-01T00:00:00Z


def witness(number: int) -> Signer:
    return Signer(f"witness{number}.example", WITNESS_KEY, bytes([number]) * 32)


WITNESSES = (witness(1), witness(2), witness(3))
POLICY = "\n".join(
    [
        f"log {vkey(log_signer(SECRET, ORIGIN).key)}",
        *(f"witness w{number} {vkey(one.key)}" for number, one in enumerate(WITNESSES, 1)),
        "group most 2 w1 w2 w3",
        "quorum most",
        "",
    ]
)


@dataclass
class Row:
    """What the tables hold of one leaf."""

    leaf: bytes
    body: bytes
    shown: dict[str, Json]


def body_of(number: int, **changed: Json) -> dict[str, Json]:
    minutes = number % 1440
    return {
        "acting_for": None,
        "actor_id": str(UUID(int=1000 + number % 17)),
        "actor_kind": "user",
        "at": f"2026-01-01T{minutes // 60:02}:{minutes % 60:02}:00.{number % 10**6:06}Z",
        "code": "",
        "facts": {"first_contact_days": number % 9, "mode": "accompanied"},
        "format": 1,
        "id": str(UUID(int=10**9 + number)),
        "log": str(LOG),
        "method": "POST",
        "object_id": str(UUID(int=10**6 + number % 400)),
        "object_ids": [],
        "object_kind": "referral",
        "outcome": "success",
        "request_id": f"r-{number}",
        "route": "/api/v1/referrals/{id}/accept",
        "verb": "referral.accepted",
        **changed,
    }


def row_of(said: Mapping[str, Json]) -> Row:
    body = canonical_of_codes(said)
    return Row(leaf_hash(body), body, {name: said[name] for name in COLUMNS})


@dataclass
class Log:
    """A whole log: its rows, its checkpoints' notes with cosignatures, and its key."""

    rows: list[Row]
    notes: list[str]
    signer: Signer = field(default_factory=lambda: log_signer(SECRET, ORIGIN))

    @cached_property
    def lines(self) -> list[bytes]:
        """The lines of its rows as they are now: mutated copies of the log write anew only what they changed."""
        return [self.line(index) for index in range(len(self.rows))]

    def line(self, index: int) -> bytes:
        row = self.rows[index]
        return entry_line(index, row.leaf, body=row.body, shown=row.shown)

    def write(self, path: Path, lines: Sequence[bytes] | None = None) -> Path:
        """Write the bundle; `lines` in place of those of the rows."""
        lines = self.lines if lines is None else lines
        with ZipFile(path, "w", ZIP_STORED) as archive:
            archive.writestr("bundle.json", header_line(self.signer.key, size=len(lines)))
            archive.writestr("checkpoints.txt", "--\n".join(self.notes))
            archive.writestr("entries.jsonl", b"".join(lines))
        return path


def point_at(rows: Sequence[Row], size: int, *, origin: str = ORIGIN) -> Checkpoint:
    frontier = Frontier()
    for row in rows[:size]:
        frontier.append(row.leaf)
    return Checkpoint(origin, size, root_of(frontier.hashes))


def note_of(point: Checkpoint, signer: Signer, *witnesses: Signer) -> str:
    text = checkpoint_text(point)
    lines = (one.cosign(text, at=STARTED + point.size) for one in witnesses)
    return signed_checkpoint(signer, point) + "".join(lines)


def log_of(size: int, *, every: int = 256, witnesses: Sequence[Signer] = WITNESSES[:2]) -> Log:
    """Return a log of `size` entries with a checkpoint every so many and at its end, all cosigned."""
    log = Log([row_of(body_of(number)) for number in range(size)], [])
    frontier = Frontier()
    for number, row in enumerate(log.rows, 1):
        frontier.append(row.leaf)
        if number % every == 0 or number == size:
            point = Checkpoint(ORIGIN, number, root_of(frontier.hashes))
            log.notes.append(note_of(point, log.signer, *witnesses))
    return log


def said(row: Row) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(row.body)
    return found
