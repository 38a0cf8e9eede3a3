"""The towns of a data set: teams with organisations, people, agreements and services, written by the house itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import ascii_uppercase
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from audit.acts import act
from backend.directory.models import Service
from backend.encryption.keyring import create_root, root_keys
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

BUILDER: Final = Actor(id=UUID("00000000-0000-4000-8000-00000000be01"), kind="system")
SERVICES: Final = {
    "social_protection": ("SO-CAS", "SO-SHE"),
    "health": ("TX-OPC", "TX-DAY", "TX-OAM"),
    "cso": ("HR-DIC", "HR-OUT"),
}
# The centre that opens most cases, two health services, two civil-society organisations.
SECTORS: Final = ("social_protection", "health", "cso", "health", "cso")
WORKERS: Final = 3


@dataclass(frozen=True)
class Place:
    """An organisation of a town: its group in the team, who works there, and its services by code."""

    id: UUID
    group_id: int
    workers: tuple[UUID, ...]
    services: dict[str, UUID]


@dataclass(frozen=True)
class Town:
    """What the rows of a team's cases are made of. `kek` is the key that wraps the data keys of its cases."""

    team_id: UUID
    prefix: str
    kek: bytes
    coordinator: UUID
    places: tuple[Place, ...]


def build(number: int) -> Iterator[Town]:
    """Write the first `number` towns. The coordinator of the first coordinates the second as well."""
    since = timezone.now() - timedelta(days=1200)
    municipality = Municipality.objects.order_by("code").first() or Municipality.objects.create(
        code="70734", name_sr_latn="Loznica", name_sr_cyrl="Лозница", district="Mačvanski"
    )
    both: User | None = None
    for place in range(number):
        with act(BUILDER, "benchmark.prepared"):
            person = both if place == 1 and both is not None else _person(f"coordinator-{place}")
            both = both or person
            town = _town(place, municipality, person, since)
        yield town


def _town(number: int, municipality: Municipality, coordinator: User, since: datetime) -> Town:
    prefix = ascii_uppercase[number // 26] + ascii_uppercase[number % 26]
    labels = dict.fromkeys(("label_en", "label_sr_latn", "label_sr_cyrl"), f"Town {prefix}")
    team = _saved(Team(slug=f"town-{prefix.lower()}", prefix=prefix, municipality=municipality, **labels))
    create_root(team.id)
    places = tuple(_place(team, kind, sector, since) for kind, sector in enumerate(SECTORS))
    seat = _seat(coordinator, "coordinator", team, places[0].id, since)
    group = grants.team_group(role="coordinator", team_id=team.id)
    grants.give(team, group=group, codename=grants.COORDINATES, reason="role", source_id=seat.id)
    return Town(team.id, prefix, root_keys().kek(team.id, 1), coordinator.id, places)


def _place(team: Team, kind: int, sector: str, since: datetime) -> Place:
    name = f"{sector} {team.prefix} {kind}"
    organisation = _saved(Organisation(name=name, sort_key=name, sector=sector))
    _saved(SharingAgreement(team=team, organisation=organisation, valid_from=since))
    if sector == "cso":
        _saved(Memorandum(organisation=organisation, number=f"{team.prefix}-{kind}", valid_from=since))
    services = {
        code: _saved(Service(organisation=organisation, code=code, name=code)).id for code in SERVICES[sector]
    }
    people = [_person(f"worker-{team.prefix.lower()}-{kind}-{one}") for one in range(WORKERS)]
    for one in people:
        _seat(one, "member", team, organisation.id, since)
    group = grants.group_for(organisation_id=organisation.id, team_id=team.id)
    return Place(organisation.id, group.pk, tuple(one.id for one in people), services)


def _seat(user: User, role: str, team: Team, organisation_id: UUID, since: datetime) -> Membership:
    seat: Membership = _saved(
        Membership(user=user, role=role, team=team, organisation_id=organisation_id, valid_from=since)
    )
    return seat


def _person(name: str) -> User:
    user = User(username=name, display_name=name)
    user.set_unusable_password()
    found: User = _saved(user)
    return found


def _saved(row: Any) -> Any:
    row.save()
    return row
