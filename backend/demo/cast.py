"""The people of one town as they act in the stories: each with the roles that are live in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.demo.accounts import PARTNERS, SHARED_PARTNER
from backend.demo.people import Organisations
from backend.demo.situations import NO_ACCOUNTS
from backend.teams.actors import actor_for
from backend.teams.models import Organisation, Team, User
from permissions.actor import Actor

# Organisations with two workers, who take turns.
PAIRS = frozenset({"csr", "dz"})
OF_NO_TOWN: Mapping[str, str] = {SHARED_PARTNER: "dodir.pravnik"}


@dataclass
class Cast:
    """One town: its team, organisations and users. Actors are kept, for a case takes a dozen of their steps.

    `elsewhere` names the worker who answers for an organisation of no town.
    """

    slug: str
    team: Team
    organisations: Organisations
    users: Mapping[str, User]
    elsewhere: Mapping[str, str] = field(default_factory=lambda: OF_NO_TOWN)
    _kept: dict[str, Actor] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def organisation(self, key: str) -> Organisation:
        """Return the organisation of a key of the town, or of a whole name."""
        return self.organisations.get((self.slug, key)) or self.organisations["", key]

    def worker(self, key: str, number: int) -> str:
        """Return the user name of who answers for an organisation in case `number`."""
        if key in self.elsewhere:
            return self.elsewhere[key]
        return f"{self.slug}.{key}{number % 2 + 1}" if key in PAIRS else f"{self.slug}.{key}"

    def answers_itself(self, key: str) -> bool:
        """Say whether an organisation has accounts."""
        return key not in NO_ACCOUNTS

    def works_in_team(self, key: str) -> bool:
        return key not in PARTNERS and key not in self.elsewhere

    def user_id(self, username: str) -> UUID:
        return self.users[username].id

    def actor(self, username: str) -> Actor:
        """Return somebody with the roles that were live when first asked."""
        if username not in self._kept:
            self._kept[username] = actor_for(self.user_id(username))
        return self._kept[username]

    def after_first_case(self, username: str) -> Actor:
        """Return somebody who has just opened a case: with the first one the organisation's group came to be."""
        if username not in self._seen:
            self._seen.add(username)
            self._kept.pop(username, None)
        return self.actor(username)

    @property
    def coordinator(self) -> str:
        return f"{self.slug}.koordinator"
