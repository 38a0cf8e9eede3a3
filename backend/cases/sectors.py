"""Which data classes an organisation gets by a consent that names none for it: those of its sector and services. Pure.

`data_classes.csv` lists the sectors, and for some classes the groups of services without which the sector is not
enough. Everything else reaches a recipient only where the person chose that class for that recipient.
"""

from collections.abc import Collection
from functools import cache
from typing import Final

from backend.cases.classes import NARRATIVE, NEEDS, ONLY_NEED_REFERRED
from backend.reference.lists import codes, entry

VIOLENCE: Final = "violence"
# In no bundle and in no default: each is chosen for one recipient at a time, whatever the sector.
CHOSEN_ONE_BY_ONE: Final = frozenset({VIOLENCE, NARRATIVE})
# Of these organisations the sector says nothing about the work; the directory has to.
ANY_WORK: Final = frozenset({"cso"})


def by_default(sector: str, *, services: Collection[str]) -> frozenset[str]:
    """Return the classes which an organisation of `sector` that gives `services` (codes) gets without being chosen.

    Where the directory lists no service of it, those count that its sector gives by the code list; for a civil-society
    organisation none do.
    """
    given = frozenset(entry("services", code).attributes["group"] for code in services)
    groups = given or (frozenset() if sector in ANY_WORK else groups_of(sector))
    return frozenset(code for code in codes("data_classes") if _reaches(code, sector, groups))


def _reaches(data_class: str, sector: str, groups: Collection[str]) -> bool:
    if data_class in CHOSEN_ONE_BY_ONE:
        return False
    # These sectors get one need, the one that the referral answers: a reading narrows the class to it.
    if data_class == NEEDS and sector in ONLY_NEED_REFERRED:
        return True
    row = entry("data_classes", data_class)
    limits = set(row.values("limited_to_service_groups"))
    return sector in row.values("default_recipient_sectors") and (not limits or not limits.isdisjoint(groups))


@cache
def groups_of(sector: str) -> frozenset[str]:
    """Return the groups of the services that organisations of a sector give by the code list."""
    rows = codes("services").values()
    return frozenset(row.attributes["group"] for row in rows if sector in row.values("sectors"))
