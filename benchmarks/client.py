"""A load client: so many threads, each with a connection of its own, kept open where the server keeps it."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.operations import Call, Supply

TIMEOUT = 120
GOOD = range(200, 300)


class Failed(Exception):
    """A request was not answered with success, so nothing was measured."""


@dataclass
class Load:
    """What a load came to: seconds of each request, in the order of their ends, and what was created."""

    seconds: list[float] = field(default_factory=list)
    created: list[str] = field(default_factory=list)


def send(connection: http.client.HTTPConnection, call: Call) -> bytes:
    """Send one request and read its answer; raises Failed unless it is a success."""
    connection.request(call.method, call.path, body=call.body or None, headers=dict(call.headers))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status not in GOOD:
        raise Failed(f"{call.method} {call.path} was answered with {answer.status}: {body[:300]!r}")
    return body


def run(
    port: int, make: Callable[[Supply], Call], supply: Supply, *, threads: int, most: int, patience: float
) -> Load:
    """Send `most` requests from so many threads, or as many as `patience` seconds allow, at least one each."""
    load, calls = Load(), _calls(make, supply, most)
    faults: list[BaseException] = []
    lock, deadline = threading.Lock(), time.perf_counter() + patience

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        try:
            while not faults:
                with lock:
                    call = next(calls, None)
                if call is None:
                    return
                began = time.perf_counter()
                body = send(connection, call)
                ended = time.perf_counter()
                with lock:
                    load.seconds.append(ended - began)
                    if call.creates:
                        load.created.append(str(json.loads(body)["id"]))
                if ended > deadline:
                    return
        except (OSError, http.client.HTTPException, Failed, LookupError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if faults:
        raise Failed(str(faults[0])) from faults[0]
    return load


def _calls(make: Callable[[Supply], Call], supply: Supply, most: int) -> Iterator[Call]:
    """Yield calls while there is something to ask about (an accept needs a referral that was created)."""
    for _ in range(most):
        yield make(supply)
