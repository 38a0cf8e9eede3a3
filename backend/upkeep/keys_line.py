"""What `spona keys status` says at length, as one line for the doctor."""

from django.db import Error

from backend.encryption.keyring import RootKeyUnusable
from backend.keys import report
from backend.teams.models import Team
from backend.upkeep.said import Finding, Level


def finding() -> Finding:
    """Return whether the keys of every team and of the platform are as they should be."""
    try:
        found = list(report.report(Team.objects.order_by("slug")))
    except RootKeyUnusable as problem:
        return Finding(Level.WRONG, f"Keys: {problem}")
    except Error as problem:
        said = str(problem).partition("\n")[0]
        return Finding(Level.WRONG, f"Keys: could not be looked at ({said}).")
    amiss = [one for one in found if one.wrong]
    old = sum(one.under_an_old_root for one in found)
    without = sum(one.cases_without_a_key for one in found)
    counts = f"{old} data keys under an old root, {without} cases without a key"
    if amiss:
        names = ", ".join(one.team for one in amiss[:5])
        text = f"Keys: {counts}; to be seen to for {len(amiss)} ({names}). `spona keys status` says what."
        return Finding(Level.WRONG, text)
    return Finding(Level.OK, f"Keys of {len(found) - 1} teams and the platform: {counts}.")
