"""What of a story the audit tells to whoever reviews it: one entry, and every id that an entry may name."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import psycopg

# Papers of the Office stand in no team's log.
_APART: Final = frozenset({"memorandum", "agreement", "rests_on"})
_ID: Final = 36


def entry_about(object_id: str, *, team_id: UUID, admin: psycopg.Connection[Any]) -> str:
    """Return the id of an entry about an object in the log of a team."""
    query = "SELECT id FROM audit_entry WHERE log = %s AND object_id = %s"
    found = admin.execute(query, [team_id, object_id]).fetchone()
    assert found is not None
    return str(found[0])


def named(marks: Mapping[str, set[str]]) -> set[str]:
    """Return every id among the marks of a story, by kind, that an entry may name."""
    return {one for kind, found in marks.items() if kind not in _APART for one in found if len(one) == _ID}
