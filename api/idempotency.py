"""The same creating request sent twice creates once: kept for 24 hours, in the transaction of the creation.

Only MACs are kept, under a key outside the database: the row tells neither the key nor the body. The answer is not
kept but rebuilt, so that it says what the caller may see today. Of two at once the second waits for the first.
"""

import hmac
import json
import re
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, connections
from django.db.models import Model

from api.models import IdempotencyRecord
from api.refusals import BadHeader
from backend.errors import Refusal
from permissions.actor import Actor

HEADER: Final = "Idempotency-Key"
OUTSIDE: Final = "outside"
KEPT: Final = timedelta(hours=24)
# Of two requests at once the second waits here; the one who came first is returned, unless it has been forgotten.
_OLD: Final = f"r.created_at < statement_timestamp() - interval '{KEPT.total_seconds():.0f} seconds'"
_CLAIM: Final = (
    "INSERT INTO api_idempotencyrecord AS r (id, key_mac, request_mac, object_kind) VALUES (%s, %s, %s, '') "  # noqa: S608 - texts of ours
    f"ON CONFLICT (key_mac) DO UPDATE SET "
    f"request_mac = CASE WHEN {_OLD} THEN excluded.request_mac ELSE r.request_mac END, "
    f"object_id = CASE WHEN {_OLD} THEN NULL ELSE r.object_id END, "
    f"created_at = CASE WHEN {_OLD} THEN excluded.created_at ELSE r.created_at END "
    "RETURNING r.*"
)
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,128}")


def claim(key: str, *, by: Actor, method: str, route: str, body: Any) -> IdempotencyRecord:
    """Return the record of this request: a new one, or that of the request which came first under `key`.

    A record with an `object_id` is an earlier one. Raises BadHeader for a malformed key and Refusal when the key came
    with another request. Waits while another transaction holds the same key.
    """
    if not _KEY.fullmatch(key):
        raise BadHeader("invalid_idempotency_key")
    request_mac = _mac(b"request", by, [method, route, body])
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [uuid4(), _mac(b"key", by, [key]), request_mac])
        columns = [column.name for column in cursor.description]
        found = IdempotencyRecord.from_db("default", columns, cursor.fetchone())
    if not hmac.compare_digest(bytes(found.request_mac), request_mac):
        raise Refusal("idempotency_key_reused")
    return found


def forget() -> None:
    """Delete what is older than a day. Who comes with such a key meanwhile is new all the same."""
    with connections[OUTSIDE].cursor() as cursor:
        cursor.execute(f"DELETE FROM api_idempotencyrecord r WHERE {_OLD}")  # noqa: S608 - text of ours


def keep(record: IdempotencyRecord, created: Model) -> None:
    """Note what the request created."""
    record.object_kind, record.object_id = str(created._meta.model_name), UUID(str(created.pk))
    record.save(update_fields=["object_kind", "object_id"])


def _mac(part: bytes, by: Actor, said: list[Any]) -> bytes:
    # The standard library writes every number that can be read; a faster one stops at 64 bits.
    message = json.dumps([str(by.id), by.kind, *said], sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(settings.SPONA_IDEMPOTENCY_KEY, part + b"\0" + message, "sha256")
