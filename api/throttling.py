"""How often one actor may call, and how often one may guess. Counted on `outside`: a rollback forgets nothing.

A generous limit is counted ten calls at a time: a process takes ten numbers in one statement and uses them up. So
nobody gets more calls than the limit, but the last few may lie unused with another process when it is reached.
A row is used again in the next window, so the table is as long as there are callers.
"""

import hashlib
import time
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest
from rest_framework import exceptions

from api import denials, idempotency
from api.attempt import Allowance, attempt
from api.rates import Rate, parse_rate
from permissions.actor import Actor
from permissions.scope import NotFound

_COUNT: Final = (
    'INSERT INTO api_ratecounter AS c (key, "window", count) VALUES (%s, %s, %s) '
    'ON CONFLICT (key) DO UPDATE SET "window" = excluded."window", '
    'count = CASE WHEN c."window" = excluded."window" THEN c.count + excluded.count ELSE excluded.count END '
    "RETURNING count"
)


class _Numbers:
    """Numbers that this process has taken and not used yet, by caller; those of a window that is over are dropped."""

    def __init__(self) -> None:
        self._left: dict[bytes, tuple[Any, list[int]]] = {}
        self._lock = Lock()

    def next(self, name: bytes, window: Any) -> int | None:
        """Return a number that is left for this caller in this window, if any."""
        with self._lock:
            taken_in, numbers = self._left.get(name, (None, []))
            return numbers.pop(0) if taken_in == window and numbers else None

    def keep(self, name: bytes, window: Any, numbers: Iterable[int]) -> None:
        """Keep numbers for later, beside those that are left."""
        with self._lock:
            taken_in, left = self._left.get(name, (None, []))
            if len(self._left) >= _MOST:
                self._left.clear()
            self._left[name] = (window, [*(left if taken_in == window else ()), *numbers])


_TAKEN: Final = _Numbers()
_MOST: Final = 10_000


@cache
def _parsed(text: str) -> Rate:
    return parse_rate(text)


def rate(scope: str) -> Rate:
    """Return the limit of a scope: user, token, anonymous, guard or probe."""
    return _parsed(settings.SPONA_RATES[scope])


def check_rate(by: Actor, request: HttpRequest) -> None:
    """Count one call of `by`. Raises Throttled over the limit; the rest is told in the RateLimit headers."""
    scope = by.kind if by.kind in settings.SPONA_RATES else "user"
    limit, now = rate(scope), time.time()
    made = _count(scope, who(by, request), limit, now)
    reset = limit.reset(now)
    attempt().allowance = Allowance(scope, limit.calls, limit.seconds, max(0, limit.calls - made), reset)
    if made == 1:
        denials.flush()
        idempotency.forget()
    if made > limit.calls:
        raise exceptions.Throttled(wait=reset)


def check_further(by: Actor, request: HttpRequest, *, scope: str) -> None:
    """Count one call of `by` against a limit of its own. Raises Throttled over it. The headers tell of the other."""
    limit, now = rate(scope), time.time()
    if _count(scope, who(by, request), limit, now) > limit.calls:
        raise exceptions.Throttled(wait=limit.reset(now))


def count_probe(exc: Exception) -> Exception:
    """Count an answer that says "no such object". Over the limit it becomes Throttled, and says nothing at all."""
    tried = attempt()
    in_path = isinstance(exc, NotFound | Http404) and tried.target is not None
    guessed = tried.guessed or tried.probed is not None or in_path
    if not guessed or isinstance(exc, exceptions.Throttled):
        return exc
    limit, now = rate("probe"), time.time()
    if _count("probe", who(tried.by), limit, now) <= limit.calls:
        return exc
    return exceptions.Throttled(wait=limit.reset(now))


def who(by: Actor, request: HttpRequest | None = None) -> str:
    """Return what stands for a caller in the counters: the actor, or for a stranger the address."""
    if by.id is None:
        return address(request) if request is not None else ""
    return f"{by.kind}:{by.id}"


def address(request: HttpRequest) -> str:
    """Return where a stranger calls from. Behind our own proxy (TLS ends there) it is what the proxy wrote last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def limit_headers() -> dict[str, str]:
    """Return the RateLimit headers of the IETF draft for the call under way."""
    left = attempt().allowance
    if left is None:
        return {}
    return {
        "RateLimit-Policy": f'"{left.scope}";q={left.limit};w={left.window}',
        "RateLimit": f'"{left.scope}";r={left.left};t={left.reset}',
    }


def _count(scope: str, caller: str, limit: Rate, now: float) -> int:
    """Return the number of this call in its window."""
    name = hashlib.sha256(f"{scope}\0{caller}".encode()).digest()
    window = (limit, limit.window(now))
    if (number := _TAKEN.next(name, window)) is not None:
        return number
    share = limit.share()
    with connections["outside"].cursor() as cursor:
        cursor.execute(_COUNT, [name, window[1], share])
        last = int(cursor.fetchone()[0])
    first = last - share + 1
    if share > 1:
        _TAKEN.keep(name, window, range(first + 1, last + 1))
    return first
