"""Sessions of people. The cookie's key is stored as its SHA-256, the content sealed under the key itself.

So the table alone, or a backup of it, neither signs anybody in nor shows what a session holds (while a second factor
is being added, that is its seed). A session ends when it was idle too long, and ten hours after it began.
"""

import hashlib
import json
import secrets
from contextvars import ContextVar
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils import timezone

from backend import asker
from backend.encryption.primitives import KEY, NONCE, decrypt, derive, encrypt
from backend.prepared import Prepared
from backend.teams.actors import entered, seats_of, shut_out_of
from backend.teams.devices import device_of
from backend.teams.models import Session, User

IDLE = timedelta(minutes=30)
# For those whose session opens most: leads and administrators.
SHORT_IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=10)
# How long a session is used before its end is moved again: not every request writes.
REFRESH = timedelta(minutes=1)

BEGUN = "spona.begun"
SHORT = "spona.short"
# What the columns of the row say, kept in the content too: a row is written whole, and under another key anew.
SEEN = "spona.seen"
_INFO = b"spona.session.v1\0"


_fetched: ContextVar[User | None] = ContextVar("account_of_the_session", default=None)


def take_account(user_id: UUID) -> User | None:
    """Return the account that came with the session just loaded, with its `seats_now`; only once, None otherwise."""
    found = _fetched.get()
    _fetched.set(None)
    return found if found is not None and found.pk == user_id else None


def stored(session_key: str) -> str:
    """Return the name under which a session is stored: the SHA-256 of the cookie's key, in hex."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's database store with other keys, sealed content and two clocks."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def begin(self, *, short: bool, agent: str = "") -> None:
        """Start both clocks, at sign-in. `short` is for roles with the shorter idle time; `agent` names the browser."""
        self[BEGUN] = timezone.now().timestamp()
        self[SHORT] = short
        self[SEEN] = {"handle": str(uuid4()), **asdict(device_of(agent))}

    def load(self) -> dict[str, Any]:
        row = self._get_session_from_db()
        content: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row and row.expire_date < timezone.now() + self._left(content) - REFRESH:
            self.modified = True
        return content

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """Write it down. One that was ended while its request ran stays ended: the next request meets a stranger."""
        try:
            super().save(must_create=must_create)
        except UpdateError:
            if self.exists(self.session_key):
                raise

    def exists(self, session_key: str | None = None) -> bool:
        return super().exists(stored(session_key or ""))

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            super().delete(stored(key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        user_id, begun = data.get(SESSION_KEY), data.get(BEGUN)
        return Session(
            session_key=stored(row.session_key),
            session_data=row.session_data,
            expire_date=row.expire_date,
            account_id=UUID(user_id) if user_id else None,
            begun_at=datetime.fromtimestamp(begun, tz=UTC) if begun else None,
            used_at=timezone.now(),
            **data.get(SEEN, {}),
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        key, nonce = self._content_key(), secrets.token_bytes(NONCE)
        plain = json.dumps(session_dict).encode()
        return (nonce + encrypt(key, nonce=nonce, plain=plain, aad=_INFO)).hex()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Open the content. What does not open is an empty session: nobody is signed in."""
        try:
            sealed = bytes.fromhex(str(session_data))
        except ValueError:
            return {}
        plain = decrypt(self._content_key(), nonce=sealed[:NONCE], sealed=sealed[NONCE:], aad=_INFO)
        content: dict[str, Any] = json.loads(plain) if plain else {}
        return content

    def get_expiry_age(self, **kwargs: Any) -> int:
        del kwargs
        return max(0, int(self._left(dict(self.items())).total_seconds()))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        del kwargs
        return timezone.now() + self._left(dict(self.items()))

    def _left(self, content: dict[str, Any]) -> timedelta:
        idle = SHORT_IDLE if content.get(SHORT) else IDLE
        begun = content.get(BEGUN)
        if begun is None:
            return SHORT_IDLE
        return min(idle, timedelta(seconds=begun) + ABSOLUTE - timedelta(seconds=timezone.now().timestamp()))

    def _content_key(self) -> bytes:
        return derive((self.session_key or "").encode(), salt=b"", info=_INFO, size=KEY)

    def _get_session_from_db(self) -> Session | None:
        found: Any = _SESSIONS.first(key=stored(self.session_key or ""), now=timezone.now())
        account: User | None = found.account if found else None
        if found is None:
            self._session_key = None
        elif account is not None:
            asker.named_by_query(account.pk)
            account.seats_now = found.seats_now  # type: ignore[attr-defined]  # as `actors.person` finds them
            account.shut_out_now = found.shut_out_now  # type: ignore[attr-defined]
        _fetched.set(account)
        return found  # type: ignore[no-any-return]


def _sessions(*, key: str, now: datetime) -> QuerySet[Session]:
    rows = Session.objects.filter(session_key=key, expire_date__gt=now).select_related("account")
    return rows.annotate(
        seats_now=seats_of("account_id"),
        shut_out_now=shut_out_of("account_id"),
        entered=entered("account_id"),
    )


_SESSIONS = Prepared(_sessions)
