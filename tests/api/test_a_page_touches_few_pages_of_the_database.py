"""A list costs the same however long the table is: at most 64 buffers for each team, counted by PostgreSQL itself."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.referrals.models import Referral
from tests.api.client import Api, browser_for, client_for
from tests.api.referral_loop import AT
from tests.backend.referrals.loops import Loop, opened
from tests.databases import Clones
from tests.world import Town, seat

# What they share is made once.
pytestmark = pytest.mark.xdist_group("pages")

MOST = 64
LISTED = re.compile('FROM "referrals_referral".* ORDER BY .* LIMIT (50|51)')
ROWS = 12_000
# Every eighth row belongs to the team: a page of fifty of them lies on fifty pages of the table.
TEAMS = 8
COLUMNS = [field.column for field in Referral._meta.concrete_fields]
STATUSES = ["requested", "accepted", "in-progress", "on-hold", "completed", "completed"]
STATUSES += ["rejected", "cancelled", "failed"]
CLONE = """
INSERT INTO referrals_referral ({columns})
SELECT {values} FROM referrals_referral r, generate_series(1, %(rows)s) n
WHERE r.id = (ARRAY{ids})[1 + n %% {teams}]
"""
CHANGED = {
    "id": "gen_random_uuid()",
    "code": "'T' || substr(r.id::text, 1, 8) || (n + %(after)s)",
    "number": "1 + n + %(after)s",
    "created_at": "now() - interval '2 years' * (1 - n::float / %(rows)s)",
    "status": "(%(statuses)s::text[])[1 + (n / {teams}) %% 9]",
    "acknowledged_at": "CASE WHEN (n / {teams}) %% 9 = 5 THEN now() - interval '40 days' END",
    "ended_at": "CASE WHEN (n / {teams}) %% 9 >= 4 THEN now() - interval '40 days' END",
    "due_at": "now() - interval '2 years' * (1 - n::float / %(rows)s) + interval '7 days'",
}


@pytest.fixture(scope="module")
def loops(database: Clones) -> list[Loop]:
    """Teams with a long past: twelve thousand referrals, as many in each, one after the other."""
    found = [opened(Town()) for _ in range(TEAMS)]
    first = [loop.refer() for loop in found]
    with database.main.by_hand() as admin:
        _multiply(admin, [referral.id for referral in first])
    return found


def _multiply(admin: psycopg.Connection, ids: list[UUID], *, after: int = 0) -> None:
    values = ", ".join(CHANGED.get(column, f"r.{column}") for column in COLUMNS).format(teams=TEAMS)
    named = "[" + ", ".join(f"'{one}'::uuid" for one in ids) + "]"
    text = CLONE.format(columns=", ".join(COLUMNS), values=values, ids=named, teams=TEAMS)
    admin.execute(
        "SET session_replication_role = replica"
    )  # no trigger: twelve thousand times the same question
    admin.execute(text, {"rows": ROWS, "statuses": STATUSES, "after": after})  # type: ignore[arg-type]
    admin.execute("RESET session_replication_role")
    admin.execute("VACUUM ANALYZE referrals_referral")


def buffers(admin: psycopg.Connection, api: Api, path: str, **query: str) -> int:
    """Return how many buffers the page's own query touches, asked again as the service asked it."""
    api.get(path, query=query)
    with CaptureQueriesContext(connections["default"]) as asked:
        answer = api.get(path, query=query)
    assert answer.status == 200
    text = next(one["sql"] for one in asked if LISTED.search(one["sql"]))
    ((plan,),) = admin.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}").fetchall()  # type: ignore[arg-type]
    top = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
    return int(top["Shared Hit Blocks"]) + int(top["Shared Read Blocks"])


@dataclass
class Page:
    admin: psycopg.Connection
    loops: list[Loop]

    def read_by(self, who: str, path: str = AT, **query: str) -> int:
        return buffers(self.admin, client_for(getattr(self.loops[0].town, who)), path, **query)


@pytest.fixture
def page(admin: psycopg.Connection, loops: list[Loop]) -> Page:
    return Page(admin, loops)


@pytest.mark.parametrize("who", ["coordinator", "social_worker", "nurse"])
def test_the_first_page_of_a_long_table(page: Page, who: str) -> None:
    assert page.read_by(who) <= MOST


@pytest.mark.parametrize("who", ["coordinator", "social_worker", "nurse"])
def test_a_page_in_the_middle(page: Page, who: str) -> None:
    api = client_for(getattr(page.loops[0].town, who))
    cursor = parse_qs(urlsplit(api.get(AT).json["next"]).query)["cursor"][0]
    assert buffers(page.admin, api, AT, cursor=cursor) <= MOST


def test_a_page_over_two_teams_costs_two_pages(page: Page) -> None:
    user = page.loops[1].town.worker("coordinator", page.loops[1].town.centre)
    seat(user, "coordinator", team=page.loops[2].town.team, organisation=page.loops[2].town.centre)
    assert buffers(page.admin, browser_for(user), AT) <= 2 * MOST


def test_a_table_twice_as_long_costs_the_same(page: Page) -> None:
    ids = [Referral.objects.get(case=loop.case, number=1).id for loop in page.loops]
    _multiply(page.admin, ids, after=ROWS)
    for who in ("coordinator", "social_worker", "nurse"):
        assert page.read_by(who) <= MOST
