"""The same pages, asked as the service asks them: under the policies, and still read from the top of an index."""

import json
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from backend.teams.models import User
from tests.api.client import client_for
from tests.api.referral_loop import AT
from tests.api.test_a_page_touches_few_pages_of_the_database import LISTED, MOST, loops
from tests.backend.referrals.loops import Loop
from tests.databases import Clones

# What they share is made once.
pytestmark = pytest.mark.xdist_group("pages")

__all__ = ["loops"]


def plan(database: Clones, user: User, **query: str) -> dict[str, Any]:
    """Return the plan of the page's own query, made and measured under the policies for `user`."""
    api = client_for(user)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert api.get(AT, query=query).status == 200
    text = next(one["sql"] for one in asked if LISTED.search(one["sql"]))
    with psycopg.connect(database.main.url("spona_app")) as service:
        service.execute("SELECT spona.enter(%s)", [user.id])
        ((said,),) = service.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}").fetchall()
    found: dict[str, Any] = (said if isinstance(said, list) else json.loads(said))[0]["Plan"]
    return found


def nodes(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [found, *(node for part in found.get("Plans", ()) for node in nodes(part))]


@pytest.mark.parametrize("who", ["coordinator", "social_worker", "nurse"])
def test_a_page_touches_as_few_pages_as_without_it(database: Clones, loops: list[Loop], who: str) -> None:
    found = plan(database, getattr(loops[0].town, who))
    assert found["Shared Hit Blocks"] + found["Shared Read Blocks"] <= MOST, json.dumps(found)


@pytest.mark.parametrize("who", ["coordinator", "social_worker", "nurse"])
def test_no_page_reads_a_whole_table(database: Clones, loops: list[Loop], who: str) -> None:
    """What is read twelve thousand rows long would show as one node with as many."""
    for node in nodes(plan(database, getattr(loops[0].town, who))):
        assert node["Node Type"] != "Seq Scan" or node["Relation Name"] != "referrals_referral"
        assert node["Actual Rows"] * node["Actual Loops"] < 1000


@pytest.mark.parametrize("side", ["requester", "recipient"])
def test_the_planner_knows_how_much_an_organisation_has(
    admin: psycopg.Connection[Any], loops: list[Loop], side: str
) -> None:
    """One that takes team and organisation for independent believes in an eighth of it, and sorts the rest."""
    town = loops[0].town
    organisation = town.centre if side == "requester" else town.clinic
    rows = f"FROM referrals_referral WHERE team_id = %s AND {side}_organisation_id = %s"
    values = [town.team.id, organisation.id]
    ((said,),) = admin.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 {rows}", values).fetchall()
    ((there,),) = admin.execute(f"SELECT count(*) {rows}", values).fetchall()
    assert said[0]["Plan"]["Plan Rows"] > there / 2 > 500
