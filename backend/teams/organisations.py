"""Teams and organisations: what exists to take part. The Office keeps the organisations, the platform the
teams."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from audit.acts import act
from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import code_exists
from backend.reference.translit import fold
from backend.teams.models import Municipality, Organisation, Team
from backend.teams.writing import change, needed
from permissions.actor import Actor

CHANGEABLE = frozenset({"name", "sector", "municipality", "phone", "has_accounts", "is_active"})


def create_organisation(
    by: Actor,
    *,
    name: str,
    sector: str,
    municipality: Municipality | None = None,
    phone: str = "",
    has_accounts: bool = True,
) -> Organisation:
    """Enter an organisation. `sector` is a code of the list `sectors`."""
    _check_sector(sector)
    organisation = Organisation(
        name=name,
        sort_key=fold(name),
        sector=sector,
        municipality=municipality,
        phone=phone,
        has_accounts=has_accounts,
    )
    with act(
        by, "organisation.created", organisation, needs=needed(by, "organisation.manage"), sector=sector
    ):
        organisation.save()
    return organisation


def change_organisation(
    by: Actor, organisation: Organisation, *, changes: Mapping[str, Any], version: int | None = None
) -> None:
    """Change an organisation's entry. Switched off (`is_active`), its workers have no seat from now on."""
    if unknown := sorted(set(changes) - CHANGEABLE):
        raise Invalid(*(Fault(f"/{name}", "unknown_field") for name in unknown))
    _check_sector(changes.get("sector", organisation.sector))
    found = dict(changes)
    if "name" in found:
        found["sort_key"] = fold(found["name"])
    change(
        by,
        organisation,
        verb="organisation.changed",
        needs="organisation.manage",
        changes=found,
        version=version,
    )


def create_team(
    by: Actor,
    *,
    slug: str,
    prefix: str,
    municipality: Municipality,
    labels: Mapping[str, str],
    team_id: UUID | None = None,
) -> Team:
    """Found a team. `prefix` begins its case codes, `labels` is by language (en, sr-Latn, sr-Cyrl).

    No coordinator is appointed by this, and the team's root key is put in place by its custodian: beforehand
    where `team_id` was agreed on.
    """
    if Team.objects.filter(slug=slug).exists() or Team.objects.filter(prefix=prefix).exists():
        raise Conflict("team_exists")
    team = Team(id=team_id or uuid4(), slug=slug, prefix=prefix, municipality=municipality)
    team.label_en, team.label_sr_latn, team.label_sr_cyrl = labels["en"], labels["sr-Latn"], labels["sr-Cyrl"]
    with act(by, "team.created", team, needs=needed(by, "team.create"), team=team.id):
        team.save()
    return team


def _check_sector(sector: str) -> None:
    if not code_exists("sectors", sector):
        raise Invalid(Fault("/sector", "unknown_code"))
