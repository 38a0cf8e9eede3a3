"""Enters the demo's organisations: agreements, memoranda, and the services with their free places."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from backend.demo.places import DemoOrganisation, organisations
from backend.demo.town_rows import BUILDER
from backend.directory.models import Service
from backend.directory.services import add_service, confirm_capacity
from backend.reference.lists import codes
from backend.teams.agreements import register_agreement, register_memorandum
from backend.teams.models import Memorandum, Organisation, SharingAgreement, Team
from backend.teams.organisations import create_organisation

WEEKDAYS: Final = "MO,TU,WE,TH,FR"
MEMORANDUM_LASTS: Final = timedelta(days=3 * 365)
# Every third service has said how many places are free; of these, every fourth has none.
CONFIRMS: Final = 3
PLACES: Final = (4, 2, 0, 7)


def make_organisations(slug: str, *, teams: Mapping[str, Team]) -> int:
    """Make what is missing of a town's organisations ("" for those of no town), each complete; return how many."""
    there = {organisation.name: organisation for organisation in Organisation.objects.all()}
    filled = set(Service.objects.values_list("organisation_id", flat=True))
    made = 0
    for number, plan in enumerate(organisations()):
        organisation = there.get(plan.name)
        if plan.team != slug or (organisation is not None and organisation.id in filled):
            continue
        with transaction.atomic():
            _make(organisation or _organisation(plan, number, teams), plan, number, teams)
        made += 1
    return made


def _make(organisation: Organisation, plan: DemoOrganisation, number: int, teams: Mapping[str, Team]) -> None:
    _agree(organisation, plan, number, teams)
    _offer(organisation, plan, number, teams)


def _organisation(plan: DemoOrganisation, number: int, teams: Mapping[str, Team]) -> Organisation:
    return create_organisation(
        BUILDER,
        name=plan.name,
        sector=plan.sector,
        municipality=teams[plan.team].municipality if plan.team else None,
        phone=f"000/000-{number:03}",
        has_accounts=plan.has_accounts,
    )


def _agree(
    organisation: Organisation, plan: DemoOrganisation, number: int, teams: Mapping[str, Team]
) -> None:
    if plan.in_team and not SharingAgreement.objects.filter(organisation=organisation).exists():
        register_agreement(BUILDER, team=teams[plan.team], organisation=organisation)
    if plan.memorandum and not Memorandum.objects.filter(organisation=organisation).exists():
        register_memorandum(
            BUILDER,
            organisation=organisation,
            number=f"MS-{number:02}",
            valid_until=timezone.now() + MEMORANDUM_LASTS,
        )


def _offer(
    organisation: Organisation, plan: DemoOrganisation, number: int, teams: Mapping[str, Team]
) -> None:
    for position, code in enumerate(plan.services):
        service = add_service(
            BUILDER, organisation=organisation, code=code, **_about(plan, code, number, teams)
        )
        if (number + position) % CONFIRMS == 0:
            confirm_capacity(BUILDER, service, free=PLACES[(number + position) // CONFIRMS % len(PLACES)])


def _about(plan: DemoOrganisation, code: str, number: int, teams: Mapping[str, Team]) -> dict[str, Any]:
    area = [teams[plan.team].municipality.code] if plan.team else []
    about: dict[str, Any] = {"area_served": area, "schedule": [_open(number)]}
    if plan.memorandum:
        about |= {"funding": "Projekat", "funding_ends_on": date(timezone.now().year + 1, 12, 31)}
    if codes("services")[code].is_yes("published_address"):
        about["address"] = "Zgrada tima, prizemlje"
    return about


def _open(number: int) -> dict[str, str]:
    hours = (("07:30", "15:30"), ("08:00", "16:00"), ("10:00", "18:00"))[number % 3]
    return {"byday": WEEKDAYS, "opens_at": hours[0], "closes_at": hours[1]}
