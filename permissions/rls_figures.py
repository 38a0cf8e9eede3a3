"""The walls around what statistics keeps in public tables: tallies, locked quarters, releases. No case is in them."""

from collections.abc import Mapping
from typing import Final

from backend.asker import DEMO, FACTS, RELEASES
from permissions.rls_policies import Wall, rows
from permissions.rls_statistics import LOCKED
from permissions.rls_words import COUNTS, SOMEBODY, own

_OWN: Final = own("organisation_id")
FIGURES: Final[Mapping[str, Wall]] = {
    "statistics_quarterlock": LOCKED,
    # The Office sees every release, whoever signs in those for all; who does not sign in is served by the job.
    "statistics_release": Wall(
        reads=rows(f"status = 'published' AND tier = 'C' AND {SOMEBODY}", COUNTS, jobs=(RELEASES, FACTS)),
        adds=rows(COUNTS),
        changes=rows(COUNTS, jobs=(RELEASES,)),
        case=None,
    ),
    # An organisation's own, and whoever locks the quarter.
    "statistics_servicetally": Wall(
        reads=rows(_OWN, jobs=(FACTS, DEMO)), adds=rows(_OWN), changes=rows(_OWN), case=None
    ),
    "statistics_historicalservicetally": Wall(reads=rows(_OWN), adds=rows(_OWN), case=None),
}
