"""Sites of CTN-0094 as teams, and what the files say must be in each of them, read without the importer."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from backend.cases.models import Case
from backend.directory.models import Service
from backend.imports.models import ImportRun
from backend.referrals.imported import KIND
from backend.referrals.models import Referral, ReferralEvent
from backend.teams.models import Team
from tests.world import Town, make_organisation, saved

WHOLE = Path(__file__).parents[2] / "data/ctn0094"
SAMPLE = WHOLE / "sample"
TABLES = ("everybody", "demographics", "psychiatric", "site_masked", "randomization", "visit")
SERVICES = {
    "Methadone": "TX-OAM",
    "Outpatient BUP": "TX-OAB",
    "Outpatient BUP + EMM": "TX-OAB",
    "Outpatient BUP + SMM": "TX-OAB",
    "Inpatient BUP": "TX-OAB",
    "Inpatient NR-NTX": "TX-DET",
}
# In the order in which one of several is kept.
REASONS = {
    "is_dead": "deceased",
    "is_in_jail": "detained",
    "is_in_hospital": "hospitalised",
    "is_moved": "client-moved",
    "is_left_study": "client-declined",
    "is_no_funding": "cost",
    **dict.fromkeys(
        ("is_missing_14_consecutive", "is_illness", "is_unable", "is_on_vacation", "is_other"), "other-coded"
    ),
}
Told = tuple[str, str, str, date | None]
# Service, status and what was told of the one referral of a person; "" and nothing where there is none.
Left = tuple[str, str, tuple[Told, ...]]


class Sites:
    """One town for each site, with a provider without accounts. Their names end in the number of the site."""

    def __init__(self, *sites: str) -> None:
        self.name = f"site-{uuid4().hex[:8]}"
        self.towns = {site: self._town(site) for site in sites}

    def _town(self, site: str) -> Town:
        town = Town()
        town.team.slug = town.coordinator.username = f"{self.name}-{site}"
        saved(town.team)
        saved(town.coordinator)
        provider = make_organisation("health", team=town.team, has_accounts=False)
        for code in sorted(set(SERVICES.values())):
            saved(Service(organisation=provider, code=code))
        return town

    def words(self, folder: Path, *parts: str) -> list[str]:
        """Return the words of the command that imports a folder; without `parts`, each site into its own team."""
        name = f"{self.name}-{{}}"
        cut = parts or ("--by", "site_masked")
        return [str(folder), "--mapping", "ctn_0094", "--team", name, "--as", name, *cut]

    def done(self) -> int:
        """Return how many people are in."""
        return Case.objects.filter(team__slug__startswith=self.name).count()

    def counts(self) -> dict[str, Counter[str]]:
        """Return the counts of the latest run of every team, added up by table."""
        tables: dict[str, Counter[str]] = {}
        for town in self.towns.values():
            run = ImportRun.objects.filter(team=town.team).latest("created_at")
            for table, counts in run.tables.items():
                tables.setdefault(table, Counter()).update(counts)
        return tables


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    plain = folder / f"{table}.csv"
    with plain.open() if plain.exists() else gzip.open(folder / f"{table}.csv.gz", "rt") as file:
        return list(csv.DictReader(file))


def expected(folder: Path) -> dict[str, list[Left]]:
    """Return what each person of each site must have, in no order that means anything."""
    given, visits = _by_person(folder, "randomization"), _by_person(folder, "visit")
    sites: dict[str, list[Left]] = {}
    for row in rows_of(folder, "site_masked"):
        left = _left(given.get(row["who"], []), visits.get(row["who"], []))
        sites.setdefault(row["site_masked"], []).append(left)
    return {site: sorted(people, key=repr) for site, people in sites.items()}


def left_in(team: Team) -> list[Left]:
    """Return the same of the cases that a team has."""
    told: dict[object, list[Told]] = {}
    for one in ReferralEvent.objects.filter(team=team, kind=KIND).order_by("at", "pk"):
        told.setdefault(one.case_id, []).append((one.verb, one.detail, one.reason_code, one.happened_on))
    referrals = {one.case_id: one for one in Referral.objects.filter(team=team)}
    people: list[Left] = []
    for case_id in Case.objects.filter(team=team).values_list("id", flat=True):
        one = referrals.get(case_id)
        head = (one.service_code, one.status) if one else ("", "")
        people.append((*head, tuple(told.get(case_id, ()))))
    return sorted(people, key=repr)


def _by_person(folder: Path, table: str) -> dict[str, list[dict[str, str]]]:
    people: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(folder, table):
        people.setdefault(row["who"], []).append(row)
    return people


def _left(given: list[dict[str, str]], visits: list[dict[str, str]]) -> Left:
    if not given:
        return "", "", ()
    (service,) = {SERVICES[row["treatment"]] for row in given}
    told = (*(("assigned", "", "", _day(row)) for row in given), *_visits(visits))
    status = "in-progress" if any(verb == "attended" for verb, *_ in told) else "accepted"
    return service, "failed" if any("deceased" in one for one in told) else status, told


def _visits(rows: list[dict[str, str]]) -> Iterator[Told]:
    for row in rows:
        reason = next((code for column, code in REASONS.items() if row[column]), "")
        detail = "no-show" if row["is_no_show"] or row["is_forgot"] else ""
        came = row["what"] == "visit" and not reason and not detail
        verb = "attended" if came else "missed" if row["what"] == "no visit" else "recorded"
        yield verb, detail, reason, _day(row)


def _day(row: dict[str, str]) -> date | None:
    return date(2000, 1, 1) + timedelta(days=float(row["when"])) if row["when"] else None
