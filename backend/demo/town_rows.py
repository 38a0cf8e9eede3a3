"""The seven teams of the demo, with the municipalities of the country and the root keys."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from backend.encryption.keyring import create_root
from backend.reference.lists import Entry, codes
from backend.teams.models import Municipality, Team
from backend.teams.organisations import create_team
from permissions.actor import Actor

# The demo's own account in the audit: a job, not a person.
BUILDER: Final = Actor(id=UUID("00000000-0000-4000-8000-00000000d001"), kind="system")
NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:spona:demo")


def team_id(slug: str) -> UUID:
    """Return the id of a demo team: the same in every installation, so that another one is told apart."""
    return uuid5(NAMESPACE, f"team:{slug}")


def foreign_teams() -> list[str]:
    """Return the slugs of teams that the demo did not make: real work, perhaps."""
    own = [team_id(slug) for slug in codes("teams")]
    return sorted(Team.objects.exclude(pk__in=own).values_list("slug", flat=True))


def make_teams() -> dict[str, Team]:
    """Make what is missing of the municipalities, the teams and the root keys; return the teams by slug."""
    if Municipality.objects.count() < len(codes("municipalities")):
        Municipality.objects.bulk_create(
            map(_municipality, codes("municipalities").values()), ignore_conflicts=True
        )
    there = {team.slug: team for team in Team.objects.all()}
    for slug, entry in codes("teams").items():
        create_root(team_id(slug))
        if slug not in there:
            there[slug] = _team(slug, entry)
    create_root(None)
    return there


def _municipality(entry: Entry) -> Municipality:
    return Municipality(
        code=entry.code,
        name_sr_latn=entry.labels["sr-Latn"],
        name_sr_cyrl=entry.labels["sr-Cyrl"],
        district=entry.attributes["district"],
    )


def _team(slug: str, entry: Entry) -> Team:
    return create_team(
        BUILDER,
        slug=slug,
        prefix=entry.attributes["prefix"],
        municipality=Municipality.objects.get(code=entry.attributes["municipality_code"]),
        labels=entry.labels,
        team_id=team_id(slug),
    )
