"""Which columns hold envelopes of cases, and that re-keying changes nothing else, in ledgers and histories too.

The job may change rows that nobody else may. A trigger holds it: nothing but the envelope differs, and that keeps
its format, its size and its revision. `backend.encryption.places` says the same of the models; a test compares both.
"""

from collections.abc import Mapping
from typing import Final

from backend.asker import REKEYING
from permissions.operations import LET_ERASE

ENVELOPES: Final[Mapping[str, tuple[str, ...]]] = {
    "cases_case": (),
    "cases_casefacts": ("envelope",),
    "cases_historicalcasefacts": ("envelope",),
    "cases_note": ("envelope",),
    "cases_historicalnote": ("envelope",),
    "cases_looktext": ("envelope",),
    "cases_consent": ("remark",),
    "cases_exclusion": ("reason",),
    "referrals_referral": ("sealed_service", "narrative", "appointment"),
    "referrals_historicalreferral": ("sealed_service", "narrative", "appointment"),
    "referrals_question": ("note", "reply_note"),
    "referrals_historicalquestion": ("note", "reply_note"),
}
# Append-only by a trigger and by rights: there the service gets the right to the one column.
LEDGERS: Final = ("cases_looktext", "cases_consent", "cases_exclusion")
ANEW: Final = "sealed_anew"


def attach(table: str) -> str:
    """Return the statements that put the trigger on a table, whatever stood there before."""
    columns = ENVELOPES[table]
    arguments = ", ".join(f"'{column}'" for column in columns)
    return f"""
    CREATE OR REPLACE TRIGGER {ANEW} BEFORE UPDATE ON {table} FOR EACH ROW
        WHEN (current_setting('spona.job', true) = '{REKEYING}') EXECUTE FUNCTION spona.sealed_anew({arguments});
    {_open(table, columns) if table in LEDGERS else ""}
    """


def _open(table: str, columns: tuple[str, ...]) -> str:
    return f"""
    CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
    $body$ BEGIN
        {LET_ERASE}
        IF TG_OP = 'UPDATE' AND current_setting('spona.job', true) = '{REKEYING}' THEN RETURN NEW; END IF;
        RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege';
    END $body$;
    GRANT UPDATE ({", ".join(columns)}) ON {table} TO spona_app;
    """


def detach(table: str) -> str:
    """Return the statements that take it off again; a ledger is closed by the migration that made it."""
    return f"DROP TRIGGER IF EXISTS {ANEW} ON {table};"
