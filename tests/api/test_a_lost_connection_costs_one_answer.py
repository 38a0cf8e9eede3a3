"""The database restarted, or a firewall forgot us: one request is told to come again, and the next is answered."""

import psycopg
from django.db import close_old_connections

from tests.api.client import client_for
from tests.api.referral_loop import AT
from tests.databases import Clones
from tests.world import Town

END_ALL = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = 'spona_app'"
)


def test_one_503_and_then_the_list(town: Town, admin: psycopg.Connection, database: Clones) -> None:
    api = client_for(town.coordinator)
    assert api.get(AT).status == 200
    admin.execute(END_ALL, [database.main.name])
    lost = api.get(AT)
    assert (lost.status, lost.code) == (503, "database_unavailable")
    assert int(lost.headers["Retry-After"]) > 0
    # What Django does at the end of every request; its test client leaves it out.
    close_old_connections()
    assert api.get(AT).status == 200
