"""How far the keys database is from the main one: two clusters, a replica, and no snapshot that holds both.

All of it is asked as spona_app, which may see neither a data folder nor what a replica does; where that leaves a
question open, the line says so.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import Error, connections

from backend.embedded import sockets
from backend.upkeep.said import Finding, Level

MAIN, KEYS = "default", "keys"
HERE: Final = ("", "localhost", "127.0.0.1", "::1")
_CLUSTER: Final = "SELECT system_identifier FROM pg_control_system()"
_REPLICAS: Final = (
    "SELECT count(*), count(state), count(*) FILTER (WHERE state = 'streaming') FROM pg_stat_replication"
)
_ADDRESS: Final = "SELECT host(inet_server_addr())"


def findings() -> Iterator[Finding]:
    """Yield a line for the clusters, the replica of the keys, and the place of both."""
    for look, what in ((_clusters, "Clusters"), (_replica, "Replica of the keys"), (_place, "Place")):
        try:
            yield look()
        except Error as problem:
            said = str(problem).partition("\n")[0]
            yield Finding(Level.WRONG, f"{what}: could not be looked at ({said}).")


def _clusters() -> Finding:
    return judge_clusters(_one(MAIN, _CLUSTER)[0], _one(KEYS, _CLUSTER)[0])


def judge_clusters(main: int, keys: int) -> Finding:
    """Compare the identifiers that `initdb` gave to each cluster."""
    if main == keys:
        text = f"Clusters: both databases are in cluster {main}, or one is a copy of the other: one backup holds both."
        return Finding(Level.WRONG, text)
    return Finding(Level.OK, f"Clusters: two, main {main} and keys {keys}.")


def _replica() -> Finding:
    connected, seen, streaming = _one(KEYS, _REPLICAS)
    return judge_replicas(connected, seen=seen, streaming=streaming)


def judge_replicas(connected: int, *, seen: int, streaming: int) -> Finding:
    """Judge how many receivers of the keys cluster's log are connected, of how many the state is seen, and which."""
    if not connected:
        text = "Replica of the keys: none is connected. A case opened after the last backup is lost with the server."
        return Finding(Level.WARNING, text)
    if seen and not streaming:
        return Finding(
            Level.WARNING, f"Replica of the keys: {connected} connected, none of them is streaming."
        )
    how = f"{streaming} streaming" if seen else "what it does is not shown to this role"
    return Finding(Level.OK, f"Replica of the keys: {connected} connected, {how}.")


def _place() -> Finding:
    settings = [connections[alias].settings_dict for alias in (MAIN, KEYS)]
    main, keys = (str(found["HOST"]) for found in settings)
    at_main, at_keys = (_one(alias, _ADDRESS)[0] or "" for alias in (MAIN, KEYS))
    return judge_places(_place_of(main, at_main), _place_of(keys, at_keys), embedded=_is_embedded(main))


def judge_places(main: str, keys: str, *, embedded: bool = False) -> Finding:
    """Judge the addresses of the two servers; the empty one is this machine."""
    if embedded:
        text = "Place: the embedded default keeps both data folders side by side on one disk. Not for real cases."
        return Finding(Level.WARNING, text)
    if main == keys:
        where = keys or "this machine"
        text = f"Place: both clusters are on {where}; a snapshot of it, or of a disk under both, brings keys back."
        return Finding(Level.WARNING, text)
    first, second = main or "this machine", keys or "this machine"
    return Finding(Level.OK, f"Place: main at {first}, keys at {second}. Snapshots are not seen from here.")


def _place_of(host: str, address: str) -> str:
    """Return the server's own address, empty for this machine: through a socket or the loopback."""
    return "" if host in HERE or host.startswith("/") or address in HERE else address


def _is_embedded(host: str) -> bool:
    return host.startswith("/") and sockets.is_ours(Path(host))


def _one(alias: str, query: str) -> tuple[Any, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone()
        return row
