"""Writes a log into a bundle that `audit/verify.py` checks offline: in pieces, so that a log of any size fits."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connections

from audit.bundle import Sealed, write_bundle
from audit.canonical import Json
from audit.models import Checkpoint, Cosignature, Entry, Leaf, Log, written
from audit.sealer import ALIAS
from audit.verify import LOG_KEY, read_vkey

_PIECE: Final = 2_000
_COLUMNS: Final = (*Entry.SHOWN, "body")
_ENTRIES: Final = f"SELECT {', '.join(_COLUMNS)} FROM audit_entry WHERE id = ANY (%s)"  # noqa: S608 - our own names
_GONE: Final[tuple[bytes, Mapping[str, Json]]] = (b"", dict.fromkeys(Entry.SHOWN))

Progress = Callable[[int, int], None]


class NothingToExport(Exception):
    """The log has no checkpoint yet."""


def export(log_id: UUID, to: Path, *, progress: Progress) -> Log:
    """Write the log as far as its last checkpoint into a new file. Raises NothingToExport, OSError for
    the file, ValueError when the row of the log holds no key.

    All is written as it is there, also what was tampered with: to find that is the verifier's.
    """
    log = Log.objects.using(ALIAS).filter(id=log_id, checkpoint_size__gt=0).first()
    if log is None:
        raise NothingToExport
    key = read_vkey(log.vkey, LOG_KEY)
    try:
        with to.open("xb") as file:
            write_bundle(
                file, key, size=log.checkpoint_size, notes=signed_notes(log), entries=_entries(log, progress)
            )
    except FileExistsError:
        raise
    except BaseException:  # half a bundle looks like one that was tampered with
        to.unlink(missing_ok=True)
        raise
    return log


def signed_notes(log: Log) -> Iterator[str]:
    """Yield each checkpoint of a log with the lines of its witnesses below, the oldest first."""
    lines: dict[UUID, list[str]] = {}
    for cosigned in Cosignature.objects.using(ALIAS).filter(checkpoint__log=log).order_by("at", "id"):
        lines.setdefault(cosigned.checkpoint_id, []).append(cosigned.line)
    for checkpoint in Checkpoint.objects.using(ALIAS).filter(log=log).order_by("size"):
        yield with_cosignatures(checkpoint.note, lines.get(checkpoint.id, ()))


def with_cosignatures(note: str, lines: Iterable[str]) -> str:
    """Return a signed note with the lines of witnesses below our own."""
    return note + "".join(f"{line.rstrip()}\n" for line in lines)


def _entries(log: Log, progress: Progress) -> Iterator[Sealed]:
    """Yield what belongs to each leaf. An entry that is gone leaves its hash, over nothing."""
    for first in range(0, log.checkpoint_size, _PIECE):
        progress(first, log.checkpoint_size)
        last = min(first + _PIECE, log.checkpoint_size)
        wanted = Leaf.objects.using(ALIAS).filter(log=log, index__gte=first, index__lt=last).order_by("index")
        leaves = list(wanted.values_list("entry_id", "leaf_hash"))
        found = _read([entry_id for entry_id, _ in leaves])
        for entry_id, leaf_hash in leaves:
            body, shown = found.get(entry_id, _GONE)
            yield bytes(leaf_hash), body, shown
    progress(log.checkpoint_size, log.checkpoint_size)


def _read(ids: list[UUID]) -> dict[UUID, tuple[bytes, Mapping[str, Json]]]:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_ENTRIES, [ids])
        rows = [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return {
        row["id"]: (bytes(row["body"]), {name: written(row[name]) for name in Entry.SHOWN}) for row in rows
    }
