"""Fourteen ways to tamper with a log. Each returns the bundle's parts as tampered with, and where it begins."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from audit.bundle import entry_line
from audit.canonical import Json
from audit.notes import Signer, checkpoint_text, log_signer
from audit.verify import LOG_KEY, Checkpoint, Frontier, read_checkpoint, read_note, root_of
from tests.audit.logs import ORIGIN, SECRET, Log, Row, body_of, note_of, row_of, said


@dataclass
class Tampered:
    """What somebody shows: lines and notes. `first`: the index it begins at; `exact`: no earlier one is possible."""

    lines: list[bytes]
    notes: list[str]
    first: int
    exact: bool = False
    old: list[str] = field(default_factory=list)


Mutation = Callable[[Log, random.Random], Tampered]


def sizes(notes: list[str]) -> list[int]:
    return [read_checkpoint(read_note(note).text).size for note in notes]


def floor(log: Log, index: int) -> int:
    """Return the size of the last checkpoint that does not yet cover `index`."""
    return max(size for size in (0, *sizes(log.notes)) if size <= index)


def with_rows(log: Log, rows: list[Row], first: int, *, exact: bool = False) -> Tampered:
    """Return the log with other rows from `first` on, renumbered."""
    lines = [*log.lines[:first]]
    for index, row in enumerate(rows[first:], first):
        same = index < len(log.rows) and row is log.rows[index]
        lines.append(log.lines[index] if same else line_of(index, row))
    return Tampered(lines, log.notes, first, exact)


def line_of(index: int, row: Row) -> bytes:
    return entry_line(index, row.leaf, body=row.body, shown=row.shown)


def with_row(log: Log, index: int, row: Row, *, exact: bool) -> Tampered:
    lines = [*log.lines[:index], line_of(index, row), *log.lines[index + 1 :]]
    return Tampered(lines, log.notes, index, exact)


def bit_flip(log: Log, chance: random.Random) -> Tampered:
    index = chance.randrange(len(log.rows))
    body = bytearray(log.rows[index].body)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return with_row(log, index, replace(log.rows[index], body=bytes(body)), exact=True)


def column_only(log: Log, chance: random.Random) -> Tampered:
    index = chance.randrange(len(log.rows))
    shown = dict(log.rows[index].shown)
    name = chance.choice(sorted(shown))
    shown[name] = None if chance.random() < 0.2 and shown[name] is not None else f"{shown[name]}0"
    return with_row(log, index, replace(log.rows[index], shown=shown), exact=True)


def delete(log: Log, chance: random.Random) -> Tampered:
    index = chance.randrange(len(log.rows))
    if chance.random() < 0.5:
        return Tampered([*log.lines[:index], *log.lines[index + 1 :]], log.notes, index)
    return with_rows(log, [*log.rows[:index], *log.rows[index + 1 :]], index)


def insert(log: Log, chance: random.Random) -> Tampered:
    index = chance.randrange(len(log.rows) + 1)
    new = row_of(body_of(10**8 + chance.randrange(10**6)))
    return with_rows(log, [*log.rows[:index], new, *log.rows[index:]], index)


def duplicate(log: Log, chance: random.Random) -> Tampered:
    index = chance.randrange(1, len(log.rows) + 1)
    return with_rows(log, [*log.rows[:index], chance.choice(log.rows[:index]), *log.rows[index:]], index)


def swap(log: Log, chance: random.Random) -> Tampered:
    first, second = sorted(chance.sample(range(len(log.rows)), 2))
    rows = [*log.rows]
    rows[first], rows[second] = rows[second], rows[first]
    return with_rows(log, rows, first)


def rewritten(log: Log, chance: random.Random, changed: Mapping[str, Json]) -> Tampered:
    """Body and columns say something else; the recorded leaf hash is left, or made to fit."""
    index = chance.randrange(len(log.rows))
    row = row_of({**said(log.rows[index]), **changed})
    fits = chance.random() < 0.5
    leaf = row.leaf if fits else log.rows[index].leaf
    return with_row(log, index, replace(row, leaf=leaf), exact=not fits)


def time_shift(log: Log, chance: random.Random) -> Tampered:
    return rewritten(log, chance, {"at": f"2025-12-31T23:59:{chance.randrange(60):02}.000000Z"})


def actor_change(log: Log, chance: random.Random) -> Tampered:
    return rewritten(log, chance, {"actor_id": str(UUID(int=chance.getrandbits(122)))})


def tail_cut(log: Log, chance: random.Random) -> Tampered:
    left = chance.randrange(len(log.rows))
    return Tampered(log.lines[:left], log.notes, left)


def old_checkpoint(log: Log, chance: random.Random) -> Tampered:
    left = chance.randrange(1, len(log.notes))
    return Tampered(log.lines, log.notes[:left], sizes(log.notes)[left - 1])


def roll_back(log: Log, chance: random.Random) -> Tampered:
    left = chance.randrange(1, len(log.notes))
    size = sizes(log.notes)[left - 1]
    kept = read_note(chance.choice(log.notes[left:])).text
    return Tampered(log.lines[:size], log.notes[:left], size, old=[kept])


def with_note(log: Log, number: int, note: str) -> Tampered:
    first = (0, *sizes(log.notes))[number]
    return Tampered(log.lines, [*log.notes[:number], note, *log.notes[number + 1 :]], first)


def other_log(log: Log, chance: random.Random) -> Tampered:
    number = chance.randrange(len(log.notes))
    other = log_signer(SECRET, f"spona.example/{UUID(int=8)}")
    point = read_checkpoint(read_note(log.notes[number]).text)
    origin = chance.choice([ORIGIN, other.name])
    return with_note(log, number, note_of(point._replace(origin=origin), other))


def forged_key_id(log: Log, chance: random.Random) -> Tampered:
    """A key of one's own under the log's name: with its own key id, and with the log's."""
    number = chance.randrange(len(log.notes))
    text = read_note(log.notes[number]).text
    mine = Signer(ORIGIN, LOG_KEY, chance.randbytes(32))
    line = mine.sign(text)
    if chance.random() < 0.5:
        line = Disguised(ORIGIN, LOG_KEY, mine.seed).sign(text)
    return with_note(log, number, f"{text}\n{line}")


class Disguised(Signer):
    """Signs with its own seed and claims the log's key id."""

    def _line(self, signature: bytes) -> str:
        genuine = log_signer(SECRET, ORIGIN)
        return genuine._line(signature)


def signed_anew(log: Log, chance: random.Random) -> Tampered:
    """Somebody with the log's own key rewrites an entry and every checkpoint after it."""
    index = chance.randrange(len(log.rows))
    rows = [*log.rows]
    rows[index] = row_of({**said(rows[index]), "verb": "referral.declined"})
    found = with_rows(log, rows, index)
    copies = chance.random() < 0.5
    frontier, points = Frontier(), set(sizes(log.notes))
    found.notes = []
    for number, row in enumerate(rows, 1):
        frontier.append(row.leaf)
        if number in points:
            old = log.notes[len(found.notes)]
            point = Checkpoint(ORIGIN, number, root_of(frontier.hashes))
            new = note_of(point, log.signer)
            cosigned = "".join(old.splitlines(keepends=True)[5:])
            same = checkpoint_text(point) == read_note(old).text
            found.notes.append(old if same else new + cosigned * copies)
    return found


KINDS: Mapping[str, Mutation] = {
    "bit flip": bit_flip,
    "display column only": column_only,
    "delete": delete,
    "insert": insert,
    "duplicate": duplicate,
    "swap": swap,
    "time shift": time_shift,
    "actor change": actor_change,
    "tail cut": tail_cut,
    "old checkpoint shown": old_checkpoint,
    "whole-database roll-back": roll_back,
    "signature of another log": other_log,
    "forged key id": forged_key_id,
    "history signed anew": signed_anew,
}
