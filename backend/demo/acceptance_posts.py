"""Which accounts the acceptance document holds: every role in every relation that it can have. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from backend.demo.accounts import towns
from backend.reference.roles import roles

OWN, OTHER = tuple(towns())[:2]
EXPIRED_PARTNER: Final = "Udruženje „Rub“, istekao memorandum"
# Where the holders of a role work: a key of the town.
WORKPLACES: Final[Mapping[str, str]] = {
    "coordinator": "csr",
    "deputy_coordinator": "dz",
    "member": "dz",
    "partner_worker": "obala",
}
WITH_A_TEAM: Final = frozenset({"team", "municipality", "partner"})
DISMISSED: Final = "dismissed"


@dataclass(frozen=True, slots=True)
class Post:
    """One account: its role, in which relation to the own team, and the (town, key) of each of its places."""

    role: str
    relation: str
    places: tuple[tuple[str, str], ...]

    @property
    def username(self) -> str:
        return f"acceptance.{self.role}.{self.relation}"

    @property
    def names_team(self) -> bool:
        """Say whether memberships of the role name a team."""
        return bool(self.places[0][0]) and self.role != "partner_worker"


def posts() -> tuple[Post, ...]:
    """Return every post, always in the same order."""
    return tuple(post for role in roles() for post in _posts_of(role))


def _posts_of(role: str) -> Iterator[Post]:
    key = WORKPLACES.get(role, "")
    if roles()[role].level not in WITH_A_TEAM:
        yield from (Post(role, relation, (("", ""),)) for relation in ("own", DISMISSED))
        return
    yield Post(role, "own", ((OWN, key),))
    yield Post(role, "other", ((OTHER, key),))
    yield Post(role, "two_teams", ((OWN, key), (OTHER, key)))
    yield Post(role, DISMISSED, ((OWN, key),))
    if role == "partner_worker":
        yield Post(role, "partner_valid", ((OWN, "sidro"),))
        yield Post(role, "partner_expired", ((OWN, EXPIRED_PARTNER),))
