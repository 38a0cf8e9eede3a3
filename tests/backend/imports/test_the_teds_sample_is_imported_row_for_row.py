"""Real admissions through the front door: rows in = accepted + refused, and a second run changes nothing."""

import csv
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


QUICK = 100


def without_provider(sample: Path) -> int:
    """Return how many rows go to a service that nobody in the town gives."""
    with sample.open(encoding="utf-8", newline="") as file:
        return sum(
            row["service_type"].startswith(("Rehab Short", "Rehab Long")) for row in csv.DictReader(file)
        )


def first_rows(folder: Path, count: int) -> Path:
    path = folder / "sample.csv"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: count + 1]), encoding="utf-8")
    return path


def run(town: Town, path: Path) -> ImportRun:
    words = ["--mapping", "teds_a_2023", "--team", town.team.slug, "--as", town.coordinator.username]
    call_command("import", str(path), *words)
    return ImportRun.objects.filter(team=town.team).latest("created_at")


@pytest.mark.parametrize("count", [QUICK, pytest.param(1000, marks=pytest.mark.full)])
def test_rows_in_are_accepted_or_refused_with_a_reason_and_a_second_run_changes_nothing(
    tmp_path: Path, count: int
) -> None:
    town, path = Town(), first_rows(tmp_path, count)
    for code in SERVICES:
        saved(Service(organisation=town.clinic, code=code))
    nowhere = without_provider(path)
    first = run(town, path)
    assert (first.rows_in, first.refused) == (count, nowhere)
    assert first.accepted + first.refused == first.rows_in
    assert all(row.reasons for row in first.rows.filter(outcome="refused"))
    assert Case.objects.filter(team=town.team).count() == first.accepted
    assert Referral.objects.filter(team=town.team, status="requested").count() == first.accepted
    before = Case.history.filter(team=town.team).count()
    again = run(town, path)
    assert (again.accepted, again.unchanged, again.refused) == (0, count - nowhere, nowhere)
    assert Case.history.filter(team=town.team).count() == before
