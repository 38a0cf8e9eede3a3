"""erasure.E001: after a restored backup the service does not open before the ledger of erasures was replayed."""

from typing import Any, Final

from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError

from backend.erasure.restoring import outstanding

RUNNING: Final = "running"


@register(RUNNING, deploy=True)
def nothing_is_outstanding(**_kwargs: Any) -> list[CheckMessage]:
    """Name what is erased in one database and not in the other. What a crash left half done is none of it."""
    try:
        found = outstanding()
    except DatabaseError as error:
        return [
            Error(f"The ledger of erasures cannot be compared ({type(error).__name__}).", id="erasure.E001")
        ]
    if not found:
        return []
    cases = len(found.cases_of_older_main) + len(found.cases_of_older_keys)
    teams = len(found.teams_of_older_main) + len(found.teams_of_older_keys)
    said = f"A backup was restored: {cases} cases and {teams} teams are erased in one database and not in the other."
    return [Error(said, hint="Run `spona restore-check`; nothing opens before.", id="erasure.E001")]
