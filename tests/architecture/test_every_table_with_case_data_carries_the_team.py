"""The team stands in each row of a case and in its foreign keys, and the ledgers refuse every change."""

from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import models

from backend.cases.models.case import OfCase
from permissions.scope import Reach

TABLES = sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, OfCase))
LEDGERS = (
    "cases_consent",
    "cases_consentrecipient",
    "cases_withdrawal",
    "cases_disclosure",
    "referrals_referralevent",
)
COMPOSITE = """
    SELECT conrelid::regclass::text, array_agg(a.attname ORDER BY a.attname)
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE contype = 'f' AND cardinality(conkey) = 2 GROUP BY c.oid, conrelid
"""


def test_each_table_of_a_case_ties_case_and_team_together(admin: psycopg.Connection[Any]) -> None:
    tied = {table for table, columns in admin.execute(COMPOSITE) if columns == ["case_id", "team_id"]}
    assert set(TABLES) | {"cases_casegrant"} <= tied


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, OfCase)], ids=lambda m: m.__name__
)
def test_each_history_of_a_case_row_carries_the_team_too(model: type[models.Model]) -> None:
    history = getattr(model, "history", None)
    if history is not None:
        assert history.model._meta.get_field("team").column == "team_id"


@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET team_id = team_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_a_ledger_cannot_be_changed_even_by_its_owner(
    admin: psycopg.Connection[Any], table: str, change: str
) -> None:
    held = admin.execute(f"SELECT count(*) FROM {table}").fetchone()
    if held == (0,) and not change.startswith("TRUNCATE"):
        pytest.skip("no row in this worker's database to try it on")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        admin.execute(change.format(table))


@pytest.mark.parametrize("table", LEDGERS)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_service_has_no_right_to_change_a_ledger(
    admin: psycopg.Connection[Any], table: str, right: str
) -> None:
    row = admin.execute("SELECT has_table_privilege('spona_app', %s, %s)", (table, right)).fetchone()
    assert row == (False,)


def test_every_model_of_a_case_declares_its_reach_or_is_reached_through_one_that_does() -> None:
    through_another = {"ConsentRecipient", "ExclusionLift", "LookText", "Withdrawal"}
    # Whom an exclusion shuts out, and the tags of phrases: no person reads a row.
    through_another |= {"DuplicateTag", "ShutOut"}
    missing = {
        model.__name__
        for model in apps.get_models()
        if issubclass(model, OfCase) and not isinstance(getattr(model, "reach", None), Reach)
    }
    assert missing == through_another
