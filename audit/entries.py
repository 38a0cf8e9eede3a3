"""Composes an entry: its bytes first, then the columns from the same values, so that both say the same."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from audit.actor import By
from audit.canonical import (
    MALFORMED,
    Fact,
    InvalidFact,
    Json,
    authenticate,
    canonical_of_codes,
    coded,
    facts,
    verb,
)
from audit.context import request_facts
from audit.models import NATIONAL, Entry, Outcome, written

FORMAT = 1
KINDS = frozenset({"user", "token", "system", "anonymous"})


def compose(
    by: By,
    said: str,
    *,
    team: UUID | None,
    kind: str,
    object_id: str = "",
    object_ids: Sequence[UUID] = (),
    outcome: Outcome = Outcome.SUCCESS,
    code: str = "",
    given: Mapping[str, Fact],
    entry_id: UUID | None = None,
) -> Entry:
    """Return an unsaved entry of `by` with the verb `said`. Raises InvalidFact for what it must not hold."""
    columns = {
        **_who(by),
        **_about(kind=kind, object_id=object_id, code=code),
        "id": entry_id or uuid4(),
        "log": team or NATIONAL,
        "at": timezone.now(),
        "verb": verb(said),
        "outcome": Outcome(outcome).value,
        "request_id": _said_by_request("request_id", request_facts.get().request_id, limit=64),
    }
    shown = {name: written(value) for name, value in columns.items()}
    body = canonical_of_codes({**shown, **_bytes_only(object_ids, given)})
    return Entry(**columns, body=body, mac=authenticate(settings.SPONA_AUDIT_KEY, body))


def _who(by: By) -> dict[str, Any]:
    if by.kind not in KINDS:
        raise InvalidFact("Nobody of that kind can act.")
    return {"actor_id": by.id, "actor_kind": by.kind, "acting_for": by.acting_for}


def _about(*, kind: str, object_id: str, code: str) -> dict[str, Any]:
    return {
        "object_kind": coded("kind", kind, limit=40),
        "object_id": coded("object_id", object_id, limit=64),
        "code": coded("code", code, limit=60),
    }


def _bytes_only(object_ids: Sequence[UUID], given: Mapping[str, Fact]) -> Mapping[str, Json]:
    request = request_facts.get()
    return {
        "format": FORMAT,
        "route": _said_by_request("route", request.route, limit=200),
        "method": _said_by_request("method", request.method, limit=16),
        "object_ids": facts({"object_ids": list(object_ids)})["object_ids"],
        "facts": facts(given),
    }


def _said_by_request(name: str, text: str, *, limit: int) -> str:
    """Return a value that came with the request. A hostile one must not cost us the entry."""
    try:
        return coded(name, text, limit=limit)
    except InvalidFact:
        return MALFORMED
