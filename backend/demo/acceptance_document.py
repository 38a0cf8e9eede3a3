"""The acceptance document: everything a test from outside needs to know of an installation, as one JSON value.

Its shape is `tests/data/acceptance.schema.json`.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from fido2.utils import websafe_encode

from backend.cases.models import Case
from backend.demo.acceptance_accounts import Holder
from backend.demo.acceptance_databases import databases
from backend.demo.sign_in import PASSWORD, software_key, totp_secret
from backend.reference.lists import codes
from backend.referrals.models import Referral
from backend.teams.factor_marks import NEED_KEY
from backend.teams.models import Memorandum, Organisation, SharingAgreement, Team
from backend.teams.models.base import live


def document(teams: Iterable[Team], holders: Iterable[Holder]) -> dict[str, Any]:
    """Return the document for these teams and accounts, as things stand."""
    listed = list(teams)
    return {
        "base_url": settings.SPONA_BASE_URL,
        "municipalities": [_municipality(team) for team in listed],
        "teams": [_team(team) for team in listed],
        "users": _users(holders),
        "database": databases(),
    }


def _municipality(team: Team) -> dict[str, str]:
    found = team.municipality
    return {"id": str(found.id), "code": found.code, "name": found.name_sr_latn}


def _team(team: Team) -> dict[str, Any]:
    cases = Case.objects.filter(team=team).order_by("created_at", "pk").values_list("status", "pk")
    referrals = Referral.objects.filter(team=team).order_by("created_at", "pk").values_list("status", "pk")
    return {
        "id": str(team.id),
        "slug": team.slug,
        "prefix": team.prefix,
        "organisations": [_organisation(one) for one in _organisations(team)],
        "cases": _by_state(codes("case_statuses"), cases),
        "referrals": _by_state(codes("referral_statuses"), referrals),
    }


def _organisations(team: Team) -> Iterable[Organisation]:
    """Return the organisations of the team's town and those of no town."""
    agreed = SharingAgreement.objects.filter(live(), team=team, organisation=OuterRef("pk"))
    memoranda = Memorandum.objects.filter(live(), organisation=OuterRef("pk"))
    here = Organisation.objects.filter(municipality=team.municipality) | Organisation.objects.filter(
        municipality=None
    )
    return here.annotate(in_team=Exists(agreed), with_memorandum=Exists(memoranda)).order_by("sort_key")


def _organisation(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "name": one.name,
        "sector": one.sector,
        "in_team": one.in_team,
        "memorandum": one.with_memorandum,
        "has_accounts": one.has_accounts,
    }


def _by_state(states: Iterable[str], rows: Iterable[tuple[str, UUID]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {state: [] for state in states}
    for state, pk in rows:
        found[state].append(str(pk))
    return found


def _users(holders: Iterable[Holder]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for holder in holders:
        found.setdefault(holder.post.role, {})[holder.post.relation] = _user(holder)
    return found


def _user(holder: Holder) -> dict[str, Any]:
    return {
        "id": str(holder.user.id),
        "username": holder.user.username,
        "password": PASSWORD,
        "totp_secret": totp_secret(holder.user.username),
        "webauthn": _key(holder) if holder.post.role in NEED_KEY else None,
        "token": holder.token,
        "organisation_id": str(holder.organisation.id) if holder.organisation else None,
    }


def _key(holder: Holder) -> dict[str, str]:
    key = software_key(holder.user.username)
    return {"pem": key.pem, "credential_id": websafe_encode(key.credential_id), "rp_id": key.rp_id}
