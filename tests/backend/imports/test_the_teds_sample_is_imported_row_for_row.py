"""A thousand real admissions through the front door: rows in = accepted + refused, and a second run changes nothing."""

from pathlib import Path

import pytest
from django.core.management import call_command

from backend.cases.models import Case
from backend.directory.models import Service
from backend.imports.models import ImportRun
from backend.referrals.models import Referral
from tests.world import Town, saved

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "backend/demo/data/teds_a_2023_sample1000_labelled.csv"
SERVICES = ("TX-OPC", "TX-DAY", "TX-DTO", "TX-DET", "TX-INP")  # no TX-RES: those rows have nowhere to go
WITHOUT_PROVIDER = 121 + 67


@pytest.fixture(scope="module")
def town(database: object) -> Town:
    made = Town()
    for code in SERVICES:
        saved(Service(organisation=made.clinic, code=code))
    return made


def run(town: Town, path: Path, *extra: str) -> ImportRun:
    call_command(
        "import",
        str(path),
        "--mapping",
        "teds_a_2023",
        "--team",
        town.team.slug,
        "--as",
        town.coordinator.username,
        *extra,
    )
    return ImportRun.objects.filter(team=town.team).latest("created_at")


def test_every_row_is_accepted_or_refused_with_a_reason(town: Town) -> None:
    first = run(town, SAMPLE)
    assert (first.rows_in, first.refused) == (1000, WITHOUT_PROVIDER)
    assert first.accepted + first.refused == first.rows_in
    assert all(row.reasons for row in first.rows.filter(outcome="refused"))
    assert Case.objects.filter(team=town.team).count() == first.accepted
    assert Referral.objects.filter(team=town.team, status="requested").count() == first.accepted


def test_a_second_run_changes_nothing(town: Town) -> None:
    before = Case.history.filter(team=town.team).count()
    again = run(town, SAMPLE)
    assert (again.accepted, again.unchanged, again.refused) == (0, 1000 - WITHOUT_PROVIDER, WITHOUT_PROVIDER)
    assert Case.history.filter(team=town.team).count() == before
