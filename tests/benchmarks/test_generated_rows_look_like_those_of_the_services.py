"""A benchmark on rows that no service would write measures nothing: each table's rows have the same shape."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from psycopg.rows import dict_row

from audit.models import Entry
from backend.cases.codes import is_code
from backend.cases.models import CaseGrant
from backend.referrals.grants_check import orphans
from backend.referrals.models import Referral
from backend.referrals.reading import detailed, read_referral
from backend.teams.actors import actor_for
from benchmarks import loops
from tests.benchmarks.generated import OWN_TABLES, bench_town, by_services, generate, new_pen, shapes
from tests.world import Town

pytestmark = pytest.mark.database
WAYS = sorted(loops.WAYS)
ENTRY = [field.attname for field in Entry._meta.concrete_fields]


@pytest.fixture
def loader(admin: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """A superuser's connection, as the generator has it."""
    admin.execute("SET session_replication_role = replica")
    yield admin
    admin.execute("RESET session_replication_role")


@pytest.mark.parametrize("way", WAYS)
def test_one_referral_leaves_the_same_rows(
    way: str, loader: psycopg.Connection, keys_admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "CONFIDENTIAL_SHARE", 0)
    town = Town()
    bench = bench_town(town)
    generated = generate(new_pen(1000 + WAYS.index(way)), bench, loader, keys_admin, ways=[way])
    served = by_services(town, bench, way=way)

    ours, theirs = shapes(loader, generated), shapes(loader, served)
    for table in OWN_TABLES:
        assert ours[table] == theirs[table], table


def test_a_closed_case_leaves_the_same_rows(
    loader: psycopg.Connection, keys_admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "CONFIDENTIAL_SHARE", 0)
    town = Town()
    bench = bench_town(town)
    generated = generate(new_pen(1100), bench, loader, keys_admin, ways=["completed"], closed=True)
    served = by_services(town, bench, way="completed", closed=True)

    ours, theirs = shapes(loader, generated), shapes(loader, served)
    for table in OWN_TABLES:
        assert ours[table] == theirs[table], table


def test_the_services_read_what_was_generated(
    loader: psycopg.Connection, keys_admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "CONFIDENTIAL_SHARE", 1)
    bench = bench_town(Town())
    case = generate(new_pen(1200), bench, loader, keys_admin, ways=["in-progress", "accepted", "in-progress"])

    for referral in detailed(Referral.objects.filter(case=case)):
        (place,) = [one for one in bench.places if one.id == referral.recipient_organisation_id]
        found = read_referral(actor_for(place.workers[0]), referral)
        assert found.access == "full"
        assert found.facts.need is not None
        assert found.facts.items["age_band"]
        expected = loops.CONFIDENTIAL if referral.sealed_service is not None else "TX-OPC"
        assert found.service_code == expected


def test_each_entry_is_genuine_and_each_grant_has_its_reason(
    loader: psycopg.Connection, keys_admin: psycopg.Connection
) -> None:
    bench = bench_town(Town())
    case = generate(new_pen(1300), bench, loader, keys_admin, ways=WAYS)

    with loader.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute("SELECT * FROM audit_entry WHERE log = %s", [case.team_id]).fetchall()
    entries = [Entry(**{name: row[name] for name in ENTRY}) for row in rows]
    assert len(entries) > len(WAYS)
    assert all(one.is_genuine(settings.SPONA_AUDIT_KEY) for one in entries)
    granted = set(CaseGrant.objects.filter(content_object=case).values_list("pk", flat=True))
    assert granted
    assert [one for one in orphans() if one.grant_id in granted] == []


def test_codes_differ_between_workers_and_are_codes(database: object) -> None:
    del database
    pens = [new_pen(seed) for seed in (1400, 1401)]
    for pen in pens:
        pen.stride = len(pens)
    drawn = [pen.code("AA") for pen in pens for _ in range(2000)]

    assert len(set(drawn)) == len(drawn)
    assert all(is_code(code) for code in drawn)
