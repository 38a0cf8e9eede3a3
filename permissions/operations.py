"""Migration operations for what the database itself must refuse: a row of another team, a changed ledger or fact."""

from collections.abc import Sequence
from typing import Final

from django.db.migrations import RunSQL


class TeamForeignKey(RunSQL):
    """Tie (`column`, team_id) of `table` to (id, team_id) of `to`, so that no row points into another team.

    A foreign key and a unique check ignore row level security, so the team itself must be part of both.
    `to` needs a unique constraint over (id, team_id).
    """

    def __init__(self, table: str, column: str, to: str) -> None:
        name = f"{table}_{column}_team_fk"
        super().__init__(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} "
            f"FOREIGN KEY ({column}, team_id) REFERENCES {to} (id, team_id)",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )


class AppendOnly(RunSQL):
    """Let rows of `table` be added and never changed, whoever asks: by rights, and by triggers for the owner."""

    def __init__(self, table: str) -> None:
        function = f"{table}_append_only"
        super().__init__(
            f"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
            $body$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege'; END $body$;
            CREATE TRIGGER {table}_keep_rows BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {function}();
            CREATE TRIGGER {table}_keep_table BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {function}();
            REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM spona_app;
            """,
            f"DROP FUNCTION {function}() CASCADE; GRANT UPDATE, DELETE ON {table} TO spona_app;",
        )


# Only a function of spona_reach, who cannot sign in, comes as that role; it says of which case (`spona.erase_case`).
LET_ERASE: Final = """
    IF TG_OP <> 'TRUNCATE' AND current_user = 'spona_reach' THEN
        IF current_setting('spona.erasing', true) IN (to_jsonb(OLD) ->> 'case_id', to_jsonb(OLD) ->> 'other_case_id')
            THEN RETURN coalesce(NEW, OLD);
        END IF;
    END IF;
"""


class LetErase(RunSQL):
    """Let an erasure, and nothing else, blank or remove rows of an append-only `table` of cases."""

    def __init__(self, table: str) -> None:
        head = f"""
            CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql
                SET search_path = pg_catalog AS $body$ BEGIN"""
        tail = f"""RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'insufficient_privilege'; END $body$;"""
        super().__init__(
            f"{head} {LET_ERASE} {tail}",
            f"{head} {tail}",
        )


class HistoryStays(RunSQL):
    """Let the service add rows to the histories in `tables` and never change or remove one.

    By rights alone: a history outside the second wall has no policy that would narrow a change.
    """

    def __init__(self, *tables: str) -> None:
        named = ", ".join(tables)
        super().__init__(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {named} FROM spona_app",
            f"GRANT UPDATE, DELETE ON {named} TO spona_app",
        )


class SetOnce(RunSQL):
    """Let each of `columns` of `table` be set once and never changed, and no row be deleted, whoever asks."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        function = f"{table}_set_once"
        changed = " OR ".join(
            f"(OLD.{one} IS NOT NULL AND NEW.{one} IS DISTINCT FROM OLD.{one})" for one in columns
        )
        super().__init__(
            f"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS
            $body$ BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({changed}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{table}: what is set stays' USING ERRCODE = 'insufficient_privilege';
            END $body$;
            CREATE TRIGGER {table}_keep_values BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {function}();
            CREATE TRIGGER {table}_keep_rows BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {function}();
            REVOKE DELETE, TRUNCATE ON {table} FROM spona_app;
            """,
            f"DROP FUNCTION {function}() CASCADE; GRANT DELETE ON {table} TO spona_app;",
        )
