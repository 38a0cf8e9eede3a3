"""Migration operations that raise the second wall: what it asks about whoever asks, and the policies of one table."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Any, ClassVar, Final

from django.core.exceptions import ImproperlyConfigured
from django.db.migrations.operations.base import Operation

from permissions.rls import WALLS
from permissions.rls_policies import APP, BACKUP, REACH, REVIEW, statements
from permissions.rls_statistics import ADDING, ASKED, FACTS_ROLE, STATS_ROLE
from permissions.rls_statistics import statements as statistics_statements


class Statements(Operation):
    """SQL that is put together when it is run. Unlike RunPython it asks for no models, which take long to make."""

    reduces_to_sql = False
    reversible = True

    def state_forwards(self, _app_label: str, _state: Any) -> None:
        """Change no model."""

    def describe(self) -> str:
        return str(self.__doc__).partition("\n")[0]


class Reach(Statements):
    """Make or renew what the second wall asks about whoever asks: the schema `spona`, its types and functions.

    The functions belong to spona_reach, who cannot sign in and reads the tables named here.
    """

    TYPES: ClassVar = {
        "place": "team_id uuid, organisation_id uuid",
        "desk": "team_id uuid, organisation_id uuid, services text[]",
        "reach": "whole uuid[], seconds uuid[], places spona.place[], partners uuid[], desks spona.desk[], "
        "reviews uuid[], office boolean, shut_out uuid[]",
    }
    # What the policy of the audit asks when somebody reviews it.
    REVIEWING: ClassVar = (
        "reviews()",
        "whole()",
        "known()",
        "reach()",
        "shut_out()",
        "shut_out_names()",
        "names_of(uuid[])",
        "mentions(bytea, text[])",
        "has_memorandum(uuid)",
        "has_agreement(uuid, uuid)",
    )
    # What the owner puts on tables: `permissions.audited`.
    TRIGGERING: ClassVar = ("audit_present()", "entry_needed()", "table_stays()", "sealed_anew()")
    READS: ClassVar = ("membership", "user", "organisation", "actingspell", "memorandum", "sharingagreement")

    def deconstruct(self) -> Any:
        return (type(self).__name__, [], {})

    def database_forwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        editor.execute(_before() + functions() + _after(_owner(editor)), params=None)

    def database_backwards(self, _label: str, _editor: Any, _from_state: Any, _to_state: Any) -> None:
        """Leave the functions: the policies of earlier migrations ask them."""


def functions() -> str:
    """Return the text of every function behind the wall."""
    names = ("rls_functions.sql", "rls_erasure.sql", "rls_national.sql")
    return "\n".join(files("permissions").joinpath(name).read_text(encoding="utf-8") for name in names)


def _owner(editor: Any) -> str:
    """Return the migrating role. Raises ImproperlyConfigured where the server was prepared before the wall was."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT count(*) FROM pg_roles WHERE rolname = %s)", [REACH])
        owner, found = cursor.fetchone()
    if not found:
        raise ImproperlyConfigured(f"The role {REACH} is missing. Run `spona database prepare` first.")
    return str(owner)


def _before() -> str:
    types = " ".join(_type(name, columns) for name, columns in Reach.TYPES.items())
    tables = ", ".join(f"teams_{name}" for name in Reach.READS)
    return f"""
        CREATE SCHEMA IF NOT EXISTS spona;
        DO $types$ BEGIN {types} END $types$;
        GRANT USAGE ON SCHEMA spona TO {APP}, {REVIEW}, {REACH}, {FACTS_ROLE}, {STATS_ROLE};
        GRANT SELECT ON {tables} TO {REACH};
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP};
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP};
        GRANT CREATE ON SCHEMA spona TO {REACH};
        SET LOCAL ROLE {REACH};
        SET LOCAL check_function_bodies = off;
    """


_LACKS: Final = """
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attname = '{name}'
        AND attrelid = (SELECT typrelid FROM pg_type WHERE oid = 'spona.{type}'::regtype))
    THEN ALTER TYPE spona.{type} ADD ATTRIBUTE {column}; END IF;
"""


def _type(name: str, columns: str) -> str:
    """Return what makes a type, or adds to an older one what it lacks."""
    made = f"IF to_regtype('spona.{name}') IS NULL THEN CREATE TYPE spona.{name} AS ({columns}); END IF;"
    added = (
        _LACKS.format(type=name, name=column.split()[0], column=column) for column in columns.split(", ")
    )
    return " ".join((made, *added))


def _named(functions: Iterable[str]) -> str:
    return ", ".join(f"spona.{name}" for name in functions)


def _after(owner: str) -> str:
    reviewing, triggering = _named(Reach.REVIEWING), _named(Reach.TRIGGERING)
    return f"""
        REVOKE ALL ON ALL FUNCTIONS IN SCHEMA spona FROM PUBLIC;
        REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA spona FROM {REVIEW};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA spona TO {APP};
        GRANT EXECUTE ON FUNCTION {reviewing} TO {REVIEW};
        GRANT EXECUTE ON FUNCTION {triggering} TO {owner};
        GRANT EXECUTE ON FUNCTION {_named(ASKED)} TO {STATS_ROLE};
        GRANT EXECUTE ON FUNCTION {_named(ADDING)} TO {FACTS_ROLE};
        SET LOCAL ROLE {owner};
        REVOKE CREATE ON SCHEMA spona FROM {REACH};
    """


class Walled(Statements):
    """Raise the wall around `table` as `permissions.rls` declares it; used again whenever that has changed."""

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> Any:
        return (type(self).__name__, [self.table], {})

    def database_forwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        editor.execute(statements(self.table, WALLS[self.table]), params=None)

    def database_backwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        lowered = f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
        editor.execute(lowered, params=None)


class Counted(Statements):
    """Raise the wall around `table` of the schema of facts as `permissions.rls_statistics` declares it."""

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> Any:
        return (type(self).__name__, [self.table], {})

    def database_forwards(self, _label: str, editor: Any, _from_state: Any, _to_state: Any) -> None:
        editor.execute(statistics_statements(self.table), params=None)

    def database_backwards(self, _label: str, _editor: Any, _from_state: Any, _to_state: Any) -> None:
        """Leave the wall: the table goes with its schema."""
