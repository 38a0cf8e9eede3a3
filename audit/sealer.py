"""Gives every entry its place in its log, once and for ever: the one writer of leaves and nodes.

An entry is taken when every transaction that began before its own is over, so that none can appear before it
afterwards. Everything of a round is one transaction: a process that is killed has done all of it or nothing.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from audit.log_keys import begun, signer_of
from audit.models import Entry, Log
from audit.tree import HASH, grow
from audit.verify import Frontier, leaf_hash

ALIAS: Final = "sealer"
# How many entries one transaction takes: some megabytes, a second or two.
MOST: Final = 5_000
# One sealer at a time, wherever it runs.
_LOCK: Final = 0x53504F4E41
_COLUMNS: Final = (*Entry.SHOWN, "body", "mac")
_STATE: Final = """
    SELECT coalesce(s.bound, 0), s.system IS NOT DISTINCT FROM c.system_identifier, c.system_identifier,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM pg_control_system() c LEFT JOIN audit_sealing s ON s.id = 1
"""
_UNSEALED: Final = f"""
    SELECT e.written_in::text::bigint, {", ".join(f"e.{name}" for name in _COLUMNS)} FROM audit_entry e
    WHERE {{where}} NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)
    ORDER BY e.written_in, e.at, e.id LIMIT %s
"""  # noqa: S608 - names of our own columns
_BETWEEN: Final = "e.written_in >= %s::text::xid8 AND e.written_in < %s::text::xid8 AND"
_MOVE: Final = """
    INSERT INTO audit_sealing (id, bound, system) VALUES (1, %s, %s)
    ON CONFLICT (id) DO UPDATE SET bound = excluded.bound, system = excluded.system
"""
_LEAVES: Final = "COPY audit_leaf (entry_id, log_id, index, leaf_hash, sealed_at) FROM STDIN"
_NODES: Final = "COPY audit_node (log_id, level, index, hash) FROM STDIN"

logger = logging.getLogger("spona.audit")


class State(NamedTuple):
    """Transactions before `bound` are done with; those before `horizon` are over now.

    `at_home` says that the numbers were counted by this cluster, which is `system`.
    """

    bound: int
    at_home: bool
    system: int
    horizon: int


@dataclass
class Growth:
    """A log in memory, and what a round adds to it."""

    log: Log
    tree: Frontier
    leaves: list[tuple[UUID, UUID, int, bytes, datetime]]
    nodes: list[tuple[UUID, int, int, bytes]]

    def append(self, entry: Entry, at: datetime) -> None:
        """Give `entry` the next place."""
        index, leaf = self.tree.size, leaf_hash(bytes(entry.body))
        self.leaves.append((entry.id, self.log.id, index, leaf, at))
        self.nodes += [(self.log.id, node.level, node.index, node.hash) for node in grow(self.tree, leaf)]


def seal() -> int:
    """Seal every entry below the bound, in all logs; return how many there were."""
    total, taken = 0, MOST
    while taken == MOST:
        with alone() as cursor:
            taken = _round(cursor)
        total += taken
    return total


@contextmanager
def alone() -> Iterator[Any]:
    """Begin the sealer's transaction; give its cursor when no other sealer is at work any more."""
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield cursor


def tree_of(log: Log) -> Frontier:
    """Return the tree that a log has grown to."""
    kept = bytes(log.frontier)
    return Frontier(log.size, [kept[at : at + HASH] for at in range(0, len(kept), HASH)])


def _round(cursor: Any) -> int:
    cursor.execute(_STATE)
    state = State(*cursor.fetchone())
    numbers, entries = _unsealed(cursor, state)
    _report(entries)
    grown = _grow(entries)
    _copy(cursor, _LEAVES, (leaf for one in grown for leaf in one.leaves))
    _copy(cursor, _NODES, (node for one in grown for node in one.nodes))
    for one in grown:
        one.log.size, one.log.frontier = one.tree.size, b"".join(one.tree.hashes)
        one.log.save(using=ALIAS, update_fields=["size", "frontier"])
    if entries or not state.at_home:
        _move(cursor, state, last=numbers[-1] if len(numbers) == MOST else None)
    return len(entries)


def _unsealed(cursor: Any, state: State) -> tuple[list[int], list[Entry]]:
    """Return the next entries without a leaf in the order in which they are sealed, with their transactions."""
    if state.at_home:
        cursor.execute(_UNSEALED.format(where=_BETWEEN), [str(state.bound), str(state.horizon), MOST])
    else:
        cursor.execute(_UNSEALED.format(where=""), [MOST])
    rows = cursor.fetchall()
    return [row[0] for row in rows], [Entry(**dict(zip(_COLUMNS, row[1:], strict=True))) for row in rows]


def _move(cursor: Any, state: State, *, last: int | None) -> None:
    """Move the bound: to the horizon; or only as far as the `last` transaction, where the round was cut short.

    In a strange cluster nothing is remembered before the last of what it brought has its place.
    """
    if last is None:
        cursor.execute(_MOVE, [state.horizon, state.system])
    elif state.at_home:
        cursor.execute(_MOVE, [last, state.system])


def _grow(entries: Iterable[Entry]) -> list[Growth]:
    entries, now = list(entries), timezone.now()
    found = Log.objects.using(ALIAS).in_bulk({entry.log for entry in entries})
    grown: dict[UUID, Growth] = {}
    for entry in entries:
        if entry.log not in grown:
            grown[entry.log] = _opened(entry.log, found.get(entry.log))
        grown[entry.log].append(entry, now)
    return list(grown.values())


def _opened(log_id: UUID, found: Log | None) -> Growth:
    log = found or begun(log_id)
    signer_of(log)  # under another key there is nothing to add
    if found is None:
        log.save(using=ALIAS, force_insert=True)
    return Growth(log, tree_of(log), [], [])


def _report(entries: Sequence[Entry]) -> None:
    """Say that entries are not what the service wrote. The log takes them in all the same: it says what is there."""
    if forged := sum(not _is_genuine(entry) for entry in entries):
        logger.error("entry_not_genuine", extra={"count": forged})


def _is_genuine(entry: Entry) -> bool:
    try:
        return entry.is_genuine(settings.SPONA_AUDIT_KEY)
    except (ValueError, AttributeError):  # whoever has the key of the MAC may still have written anything
        return False


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
