"""One case told by the generator of the benchmarks, and one taken the same way through the services."""

import json
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from django.contrib.auth.models import Permission
from django.utils import timezone
from psycopg.rows import dict_row

from backend.cases.classes import stored
from backend.cases.models import Case
from backend.cases.opening import FactsInput, open_case
from backend.cases.sealed_rows import open_classes
from backend.cases.terms import ConsentTerms, Named
from backend.demo.profiles import profile
from backend.directory.models import Service
from backend.encryption.keyring import root_keys
from backend.encryption.models import WrappedKey
from backend.reference.lists import entry
from backend.referrals import acknowledging, answering, ending, progress
from backend.referrals.closing import close_case
from backend.referrals.creating import create
from backend.referrals.drafting import Terms
from backend.referrals.models import Referral
from backend.referrals.reading import detailed, read_referral
from benchmarks import lives, loops, towns
from benchmarks.canonical import quick_canonical_form
from benchmarks.copying import Sheets
from permissions import grants
from tests.world import Town, actor, make_organisation, saved

SERVICE = "TX-OPC"
OWN_TABLES = (
    "cases_case", "cases_historicalcase", "cases_casefacts", "cases_historicalcasefacts", "cases_consent",
    "cases_consentrecipient", "cases_casegrant", "cases_disclosure", "cases_notification", "referrals_referral",
    "referrals_historicalreferral", "referrals_referralevent", "audit_entry",
)  # fmt: skip
# What is drawn, or differs with the age of a row; of everything else codes are compared, and whether it is there.
DRAWN = {"urgency", "spoken_name", "code", "read_at", "request_id", "id", "group_id", "written_in"}


def bench_town(town: Town) -> towns.Town:
    """Return a town of the tests as the generator knows it, where each place gives one service."""
    hospital = make_organisation("health", team=town.team)
    people = {
        town.centre: town.social_worker,
        town.clinic: town.nurse,
        town.society: town.outreach,
        town.partner: town.partner_worker,
        hospital: town.worker("member", hospital),
    }
    places = [
        towns.Place(
            organisation.id,
            grants.group_for(organisation_id=organisation.id, team_id=town.team.id).pk,
            (worker.id,),
            {SERVICE: saved(Service(organisation=organisation, code=SERVICE)).id},
        )
        for organisation, worker in people.items()
    ]
    team = town.team
    return towns.Town(team.id, team.prefix, root_keys().kek(team.id, 1), town.coordinator.id, tuple(places))


def new_pen(seed: int) -> lives.Pen:
    """Return a pen whose ids and codes no other test has."""
    rng = Random(seed)
    permission = Permission.objects.get(codename=grants.SEES_CASE)
    return lives.Pen(Sheets(rng), rng, timezone.now(), permission.pk, number=seed)


def generate(
    pen: lives.Pen, town: towns.Town, main: Any, keys: Any, *, ways: Sequence[str], closed: bool = False
) -> Case:
    """Write one case of the generator with a referral for each way, and return it."""
    at = pen.now - timedelta(days=100)
    with quick_canonical_form():
        life = lives.begin(pen, town, at=at)
        for number, way in enumerate(ways, start=1):
            loops.walk(life, number, loops.WAYS[way], at=at + timedelta(hours=number))
        lives.finish(life, closed=pen.now - timedelta(days=1) if closed else None)
    pen.sheets.flush(keys, WrappedKey)
    pen.sheets.flush(main)
    return Case.objects.get(pk=life.id)


def by_services(town: Town, bench: towns.Town, *, way: str, closed: bool = False) -> Case:
    """Take one case with one referral the same way, by the services alone."""
    centre, clinic = actor(town.social_worker), actor(town.nurse)
    items = {
        name: value
        for name, value in profile(Random(1), year=2025).items()
        if entry("tdi_fields", name).attributes["data_class"] in lives.AGREED
    }
    case = open_case(
        centre,
        team=town.team,
        organisation=town.centre,
        consent=ConsentTerms(
            purposes=["referral"],
            data_classes=lives.AGREED,
            recipients=[Named(one.id, lives.AGREED) for one in (town.clinic, town.society, town.partner)],
        ),
        facts=FactsInput(items=items, needs=lives.NEEDS),
    )
    (need, *_others) = _needs(case)
    terms = Terms(service_id=bench.places[1].services[SERVICE], need_id=need)
    referral = None
    for verb in loops.WAYS[way]:
        if referral is None:
            referral = create(centre, case, terms=terms, send=verb == "send")
        else:
            _take(verb, referral, centre=centre, clinic=clinic)
    if closed:
        close_case(actor(town.coordinator), case, closure_reason="needs_met")
    return Case.objects.get(pk=case.pk)


def _needs(case: Case) -> list[UUID]:
    facts = open_classes(case.id, data_classes=stored())
    return [need.id for content in facts.values() for need in content.needs]


def _take(verb: str, referral: Referral, *, centre: Any, clinic: Any) -> None:
    if verb == "accept":
        answering.accept(clinic, referral)
        read_referral(clinic, detailed(Referral.objects.filter(pk=referral.pk)).get())
    elif verb == "reject":
        answering.reject(clinic, referral, reason_code="no-capacity")
    elif verb == "start":
        progress.start(clinic, referral)
    elif verb == "hold":
        progress.hold(clinic, referral, reason_code="client-not-reached")
    elif verb == "complete":
        ending.complete(clinic, referral, outcome_code="service-completed")
    elif verb == "fail":
        ending.fail(clinic, referral, reason_code="client-not-reached")
    elif verb == "cancel":
        ending.cancel(centre, referral, reason_code="client-moved")
    else:
        answer = "need_met" if referral.status == "completed" else "next_provider"
        acknowledging.acknowledge(centre, referral, answer=answer)


def shapes(main: psycopg.Connection, case: Case) -> dict[str, list[Any]]:
    """Return what every table holds of a case: of each row its codes, and which other columns are filled."""
    about = [case.pk, *Referral.objects.filter(case=case).values_list("pk", flat=True)]
    found = {}
    for table in OWN_TABLES:
        column, ids = _names(table, case, about)
        with main.cursor(row_factory=dict_row) as cursor:
            rows = cursor.execute(
                f"SELECT * FROM {table} WHERE {column} = ANY(%s)".encode(), [ids]
            ).fetchall()
        found[table] = sorted((_shape(row) for row in rows), key=json.dumps)
    return found


def _names(table: str, case: Case, about: list[Any]) -> tuple[str, list[Any]]:
    if table in {"cases_case", "cases_historicalcase"}:
        return "id", [case.pk]
    if table == "cases_notification":
        return "object_id", about
    if table == "audit_entry":
        return "object_id", [str(one) for one in about]
    return "case_id", [case.pk]


def _shape(row: dict[str, Any]) -> list[Any]:
    return [[name, _kind(name, value)] for name, value in row.items() if name not in DRAWN]


def _kind(name: str, value: Any) -> Any:
    if name == "history_change_reason":
        return value.partition(" ")[0]
    if name == "body":
        return {key: _kind(key, one) for key, one in json.loads(value)["facts"].items() if key not in DRAWN}
    if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
        return "an id"
    if value is None or isinstance(value, str | int | bool | list):
        return value
    return type(value).__name__
