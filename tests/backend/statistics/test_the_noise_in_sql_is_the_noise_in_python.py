"""Counting, keys and noise come out the same in the database and in the code."""

import psycopg
import pytest

from backend.statistics.disclosure import ptable
from backend.statistics.disclosure.cell_key import perturbed, sql_columns

pytestmark = pytest.mark.database
TABLE = ptable.ours()


def test_every_row_and_key_of_the_p_table(admin: psycopg.Connection) -> None:
    query = f"select n, array_agg(n + {TABLE.as_sql()} order by cell_key) from generate_series(0, 8) n, \
        generate_series(0, 4095) cell_key group by n order by n"
    for count, noisy in admin.execute(query).fetchall():
        assert noisy == [perturbed(count, key, TABLE) for key in range(4096)]


def test_count_and_cell_key_of_facts_by_a_condition(admin: psycopg.Connection) -> None:
    facts = "(values (4000, true), (200, true), (77, false)) facts (record_key, mine)"
    assert admin.execute(f"select {sql_columns(TABLE)} from {facts}").fetchone() == (3, 181)
    assert admin.execute(f"select {sql_columns(TABLE, where='mine')} from {facts}").fetchone() == (2, 104)
    assert admin.execute(f"select {sql_columns(TABLE, where='false')} from {facts}").fetchone() == (0, 0)
