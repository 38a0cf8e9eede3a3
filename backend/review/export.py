"""Which columns of entries a reviewer takes out as a file. How such a file is written: `backend.spreadsheets`."""

from typing import Final

COLUMNS: Final = (
    "id", "log", "at", "actor_id", "actor_kind", "acting_for", "verb", "object_kind", "object_id", "case_code",
    "outcome", "code", "request_id", "genuine",
)  # fmt: skip
