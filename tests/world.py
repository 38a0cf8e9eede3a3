"""A town to test in: one team, four organisations, and a person for each role. Every test makes its own.

Rows are written inside an act of the test's own system account, as a migration or a command would write them.
"""

import itertools
import string
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from audit.acts import act, active
from backend.encryption.keyring import create_root
from backend.teams.actors import actor_for
from backend.teams.models import (
    Membership,
    Memorandum,
    Municipality,
    Organisation,
    SharingAgreement,
    Team,
    User,
)
from permissions import grants
from permissions.actor import Actor

BUILDER = Actor(id=UUID("00000000-0000-4000-8000-00000000b001"), kind="system")
_prefixes = itertools.cycle(
    first + second for first, second in itertools.product(string.ascii_uppercase, repeat=2)
)
# The teams of the tests under way. A worker's database holds those of all that ran before.
newest: deque[UUID] = deque(maxlen=12)
_spare_prefixes = map(chr, itertools.count(0x4E00))


def ago(**interval: float) -> datetime:
    return timezone.now() - timedelta(**interval)


def ahead(**interval: float) -> datetime:
    return timezone.now() + timedelta(**interval)


def saved(row: Any) -> Any:
    """Save `row` inside the act of whoever builds, or one of its own, and return it."""
    with at_once():
        row.save()
    return row


@contextmanager
def at_once() -> Iterator[None]:
    """Build in one act, so in one transaction: what is inside joins it."""
    current = active()
    with nullcontext() if current is not None and current.by is BUILDER else act(BUILDER, "test.prepare"):
        yield


@contextmanager
def by_hand() -> Iterator[None]:
    """Write rows as no service would, with the entry without which the database takes no change."""
    with act(BUILDER, "test.prepare"):
        yield


def free_prefix() -> str:
    """Return a prefix that no team has. There are 676: later on a team of an earlier test has to give its own away."""
    prefix = next(_prefixes)
    for earlier in Team.objects.filter(prefix=prefix):
        earlier.prefix = next(_spare_prefixes)
        saved(earlier)
    return prefix


@at_once()
def make_team() -> Team:
    slug = f"town-{uuid4().hex[:12]}"
    municipality = Municipality.objects.filter(code="70734").first()
    if municipality is None:
        municipality = Municipality.objects.create(
            code="70734", name_sr_latn="Loznica", name_sr_cyrl="Лозница", district="Mačvanski"
        )
    labels = dict.fromkeys(("label_en", "label_sr_latn", "label_sr_cyrl"), slug)
    team: Team = saved(Team(slug=slug, prefix=free_prefix(), municipality=municipality, **labels))
    create_root(team.id)
    newest.append(team.id)
    return team


@at_once()
def make_organisation(
    sector: str, *, team: Team | None = None, memorandum: bool = False, **values: Any
) -> Organisation:
    """Make an organisation; with `team`, a live sharing agreement; with `memorandum`, a live memorandum."""
    name = f"{sector} {uuid4().hex[:8]}"
    organisation: Organisation = saved(Organisation(name=name, sort_key=name, sector=sector, **values))
    if team is not None:
        saved(SharingAgreement(team=team, organisation=organisation, valid_from=ago(days=30)))
    if memorandum:
        saved(Memorandum(organisation=organisation, number=uuid4().hex[:6], valid_from=ago(days=30)))
    return organisation


def make_user(**values: Any) -> User:
    name = f"user-{uuid4().hex[:12]}"
    user = User(username=name, display_name=name, **values)
    user.set_unusable_password()
    saved(user)
    return user


@at_once()
def seat(user: User, role: str, **values: Any) -> Membership:
    """Give `user` a role; the coordinator and the deputy get their grant on the team as well."""
    values.setdefault("valid_from", ago(days=1))
    membership: Membership = saved(Membership(user=user, role=role, **values))
    if role in {"coordinator", "deputy_coordinator"}:
        group = grants.team_group(role=role, team_id=membership.team_id)  # type: ignore[arg-type]
        with by_hand():
            grants.give(
                membership.team,
                group=group,
                codename=grants.COORDINATES,
                reason="role",
                source_id=membership.id,
            )
    return membership


@dataclass
class Town:
    """A team with a centre for social work, a health centre, a civil-society organisation, and a partner outside."""

    team: Team = field(default_factory=make_team)

    @cached_property
    def centre(self) -> Organisation:
        return make_organisation("social_protection", team=self.team)

    @cached_property
    def clinic(self) -> Organisation:
        return make_organisation("health", team=self.team)

    @cached_property
    def society(self) -> Organisation:
        return make_organisation("cso", team=self.team, memorandum=True)

    @cached_property
    def partner(self) -> Organisation:
        return make_organisation("cso", memorandum=True)

    @cached_property
    def ward(self) -> Organisation:
        """A provider without an account: somebody reports its answers on its behalf."""
        return make_organisation("health", has_accounts=False)

    @at_once()
    def worker(self, role: str, organisation: Organisation | None = None, **values: Any) -> User:
        """Make one more person with `role` (and its grants) in this town."""
        user = make_user()
        if role != "partner_worker":
            values["team"] = self.team
        seat(user, role, organisation=organisation, **values)
        return user

    @cached_property
    def coordinator(self) -> User:
        return self.worker("coordinator", self.centre)

    @cached_property
    def deputy(self) -> User:
        return self.worker("deputy_coordinator", self.clinic)

    @cached_property
    def social_worker(self) -> User:
        return self.worker("member", self.centre)

    @cached_property
    def nurse(self) -> User:
        return self.worker("member", self.clinic)

    @cached_property
    def outreach(self) -> User:
        return self.worker("member", self.society)

    @cached_property
    def partner_worker(self) -> User:
        return self.worker("partner_worker", self.partner)

    @cached_property
    def lead(self) -> User:
        return self.worker("municipal_lead")

    @cached_property
    def officer(self) -> User:
        return self.worker("data_protection_officer")


def actor(user: User) -> Actor:
    """Return `user` with the roles that are live now."""
    return actor_for(user.id)


def national(role: str) -> User:
    """Make a person with a national or platform role."""
    user = make_user()
    seat(user, role)
    return user
