"""The wall around the schema of facts: who adds, who reads what, and that nobody else does either.

The service is neither role: it becomes one for as long as it takes, as the job or the person who asks. Releases read
everything, by their job's name. A person reads what they coordinate, a member what names their own organisation.
"""

from collections.abc import Mapping
from typing import Final

from backend.asker import FACTS, RELEASES
from permissions.rls_policies import ANYBODY, BACKUP, INSERT, SELECT, Policy, Wall, rows
from permissions.rls_words import IN_TEAM, REVIEWED, SECOND, WHOLE

STATS_ROLE, FACTS_ROLE = "spona_stats", "spona_facts"
SCHEMA: Final = "statistics"
# What the policies ask, and the trigger that asks for an entry: `rls_operations.Reach` lets the roles call it.
ASKED: Final = ("seconds()", "places()", "known()", "reach()")
ADDING: Final = ("audit_present()",)
# That a quarter is over: everybody in the team may know.
LOCKED: Final = Wall(
    reads=rows(SECOND, REVIEWED, IN_TEAM, jobs=(FACTS, RELEASES)), adds=rows(WHOLE), case=None
)


def _job(name: str) -> str:
    return f"current_setting('spona.job', true) = '{name}'"


def _mine(column: str) -> str:
    return f"ROW(team_id, {column})::spona.place = ANY ((SELECT spona.places())::spona.place[])"


# Coordinator and deputy see the whole team, a deputy also while the coordinator leads.
_WHOLE: Final = f"{_job(RELEASES)} OR {SECOND}"
READS: Final[Mapping[str, str]] = {
    "statistics.fact": f"{_WHOLE} OR {_mine('organisation_from')} OR {_mine('organisation_to')}",
    "statistics.rollup": f"{_WHOLE} OR {_mine('organisation_id')}",
}

_OF_TABLES: Final = ((BACKUP, SELECT), (FACTS_ROLE, INSERT), (STATS_ROLE, SELECT))
# Every right in the schema besides the owner's, as (what, who, right).
RIGHTS: Final = frozenset(
    {(table, role, right) for table in READS for role, right in _OF_TABLES}
    | {(SCHEMA, role, "USAGE") for role, _right in _OF_TABLES}
)


def policies(table: str) -> tuple[Policy, ...]:
    """Return the policies of one table of the schema."""
    return (
        Policy(BACKUP, SELECT, using=ANYBODY),
        Policy(FACTS_ROLE, INSERT, check=_job(FACTS)),
        Policy(STATS_ROLE, SELECT, using=f"({READS[table]}) IS TRUE"),
    )


def statements(table: str) -> str:
    """Return what makes the wall of `table`, whatever stood there before."""
    rights = " ".join(f"GRANT {right} ON {table} TO {role};" for role, right in _OF_TABLES)
    return f"""
    DO $wall$ DECLARE old text; BEGIN
        FOR old IN SELECT polname FROM pg_policy WHERE polrelid = '{table}'::regclass LOOP
            EXECUTE format('DROP POLICY %I ON {table}', old);
        END LOOP;
    END $wall$;
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    REVOKE ALL ON {table} FROM PUBLIC, spona_app, {BACKUP}, {FACTS_ROLE}, {STATS_ROLE};
    {rights}
    {"".join(policy.create(table) for policy in policies(table))}
    """  # noqa: S608 - names of ours
