"""CTN-0094 through the front door: a site is a team, a person a case, a treatment a referral, a visit its event."""

import io
from collections import Counter
from typing import Any

import psycopg
import pytest
from django.core.management import call_command

from backend.cases.models import Case, Consent
from backend.cases.reading import read_facts
from backend.imports.models import ImportRow, ImportRun
from backend.referrals.models import Referral, ReferralEvent
from permissions.scope import visible_to
from tests.backend.imports.sites import SAMPLE, TABLES, Sites, expected, left_in, rows_of
from tests.databases import Clones
from tests.world import actor

# What they share is made once.
pytestmark = pytest.mark.xdist_group("ctn_0094")

SITES = ("10", "11", "20", "24", "36")


def imported(sites: Sites, *parts: str) -> str:
    out = io.StringIO()
    call_command("import", *sites.words(SAMPLE, *parts), stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def sites(database: Clones) -> Sites:
    made = Sites(*SITES)
    imported(made)
    return made


def test_every_row_of_every_table_is_accepted_or_refused(sites: Sites) -> None:
    counts = sites.counts()
    assert {table: found["rows_in"] for table, found in counts.items()} == {
        table: len(rows_of(SAMPLE, table)) for table in TABLES
    }
    for found in counts.values():
        assert found["rows_in"] == found["accepted"] + found["unchanged"] + found["refused"]
    refused = {table: found["refused"] for table, found in counts.items() if found["refused"]}
    assert refused == {"visit": without_referral()}


def without_referral() -> int:
    """Return how many visits are of people who were never randomised."""
    given = {row["who"] for row in rows_of(SAMPLE, "randomization")}
    return sum(row["who"] not in given for row in rows_of(SAMPLE, "visit"))


def test_rows_are_counted_as_their_own_outcomes_say(sites: Sites) -> None:
    rows = ImportRow.objects.filter(team__slug__startswith=sites.name, run__in=first_runs(sites))
    found = Counter(rows.values_list("table", "outcome"))
    counts = sites_counts(sites)
    assert found == {
        (table, outcome): count
        for table, outcomes in counts.items()
        for outcome, count in outcomes.items()
        if outcome != "rows_in"
    }


def first_runs(sites: Sites) -> list[ImportRun]:
    return [ImportRun.objects.filter(team=town.team).earliest("created_at") for town in sites.towns.values()]


def sites_counts(sites: Sites) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for run in first_runs(sites):
        for table, found in run.tables.items():
            counts.setdefault(table, Counter()).update(found)
    return counts


def test_a_refused_visit_says_that_there_is_no_referral(sites: Sites) -> None:
    refused = ImportRow.objects.filter(run__in=first_runs(sites), outcome="refused")
    assert {(row.table, str(row.reasons)) for row in refused} == {
        ("visit", "[{'code': 'no_referral', 'column': ''}]")
    }


def test_what_is_in_each_team_is_what_the_files_say_of_its_site(sites: Sites) -> None:
    wanted = expected(SAMPLE)
    for site, town in sites.towns.items():
        assert left_in(town.team) == wanted[site]


def test_each_team_sees_its_own_people_and_nobody_else_s(sites: Sites) -> None:
    for site, town in sites.towns.items():
        by = actor(town.coordinator)
        cases = visible_to(by, Case.objects.all(), "case.view_coded")
        people = sum(row["site_masked"] == site for row in rows_of(SAMPLE, "site_masked"))
        assert {case.team_id for case in cases} == {town.team.id}, "leaked"
        assert len(cases) == people
        events = visible_to(by, ReferralEvent.objects.all(), "case.view_coded")
        assert {event.team_id for event in events} == {town.team.id}, "leaked"


def test_a_person_who_died_has_a_referral_that_failed_for_it(sites: Sites) -> None:
    ended = Referral.objects.filter(team__slug__startswith=sites.name, ended_at__isnull=False)
    assert {(one.status, one.reason_code) for one in ended} == {("failed", "deceased")}
    assert len(ended) == sum(row["is_dead"] == "1" for row in rows_of(SAMPLE, "visit"))


def test_everything_told_names_how_the_team_heard_of_it(sites: Sites) -> None:
    events = ReferralEvent.objects.filter(team=sites.towns["10"].team).exclude(verb="send")
    assert {(one.side, one.channel, one.reporter) for one in events} == {
        ("requester_on_behalf", "e_mail", "provider")
    }


def test_the_visits_of_a_person_are_one_entry_of_the_audit(
    sites: Sites, admin: psycopg.Connection[Any]
) -> None:
    team = sites.towns["10"].team
    query = "SELECT count(*) FROM audit_entry WHERE log = %s AND verb = 'referral.told'"
    (entries,) = admin.execute(query, (team.id,)).fetchone() or (0,)
    assert entries == Referral.objects.filter(team=team).count() > 0


def test_the_facts_are_coded_and_the_consent_says_how_it_came(sites: Sites) -> None:
    town = sites.towns["10"]
    case = Case.objects.filter(team=town.team).order_by("created_at")[0]
    reading = read_facts(actor(town.coordinator), case)
    assert {"sex", "age_band", "education", "labour", "accommodation"} <= reading.items.keys()
    assert "substance_treatment" in {need.code for need in reading.needs}
    assert set(Consent.objects.filter(team=town.team).values_list("how", flat=True)) == {"imported"}


def test_a_second_run_changes_nothing(sites: Sites) -> None:
    before = {site: left_in(town.team) for site, town in sites.towns.items()}
    history = Case.history.filter(team__slug__startswith=sites.name).count()
    imported(sites)
    assert {site: left_in(town.team) for site, town in sites.towns.items()} == before
    assert Case.history.filter(team__slug__startswith=sites.name).count() == history
    assert all(found["accepted"] == 0 for found in sites.counts().values())
    assert sites.counts()["visit"]["unchanged"] == len(rows_of(SAMPLE, "visit")) - without_referral()


def test_only_one_site_may_be_asked_for() -> None:
    sites = Sites("36")
    said = imported(sites, "--only", "site_masked=36", "--dry-run")
    assert said.splitlines()[-1] == "440 rows in: 440 would be accepted, 0 unchanged, 0 refused"
    assert left_in(sites.towns["36"].team) == []
