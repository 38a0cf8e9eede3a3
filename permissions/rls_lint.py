"""Compares the second wall as the database has it with the wall as it is declared, from the catalogue alone.

A table without a policy and without a reason, a policy that somebody changed by hand, a wall that does not hold the
owner, a view that reads past it, a function with somebody else's rights: each is one line of what is found.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from permissions import audited, resealed, rls, rls_open, rls_statistics
from permissions.rls_operations import functions as declared_functions
from permissions.rls_policies import KEPT, REACH, altering

OWNER: Final = "spona_owner"
# Functions with the rights of spona_reach. Every other one in the database runs as whoever calls it.
DEFINERS: Final = frozenset(
    {
        "audit_present", "by_referral", "counts_nation", "erase_case", "excluded_from", "excludes", "exclusions_of",
        "forget_case", "has_agreement", "has_memorandum", "is_named", "is_offered", "is_officer", "is_party",
        "is_side_of", "keeps_keys", "locked_case", "looks_at", "names_of", "opens", "reach", "sees_case",
        "sees_referral", "team_of", "works_on",
    }
)  # fmt: skip
_TABLES: Final = """
    SELECT c.oid::regclass::text, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity
    FROM pg_class c WHERE c.relkind IN ('r', 'p')
    AND c.relnamespace IN ('public'::regnamespace, to_regnamespace('statistics'))
"""
_POLICIES: Final = f"""
    SELECT p.polrelid::regclass::text, p.polname, coalesce(obj_description(p.oid, 'pg_policy'), ''), {KEPT}
    FROM pg_policy p
"""  # noqa: S608 - no value in it
_VIEWS: Final = """
    SELECT relname FROM pg_class WHERE relkind IN ('v', 'm', 'f')
    AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
_FUNCTIONS: Final = """
    SELECT p.proname, pg_get_userbyid(p.proowner), r.rolcanlogin OR r.rolsuper OR r.rolbypassrls,
           coalesce(p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false),
           has_function_privilege('public', p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.prosecdef AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
_TRIGGERS: Final = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
"""
# What asks about a row before and after a change, beside what `alters` in `rls` declares.
STEPS: Final = ("referrals_referral", "referrals_referral_step")
# What keeps the audit as it was written.
KEEPERS: Final = frozenset(
    (f"audit_{name}", f"audit_{name}_{what}")
    for name in ("entry", "leaf", "node", "checkpoint", "cosignature")
    for what in ("no_change", "no_truncate")
) | {("audit_entry", "audit_entry_written_here")}
_RIGHTS: Final = """
    SELECT DISTINCT grantee, lower(privilege_type) FROM information_schema.role_table_grants
    WHERE table_name = 'audit_entry' AND grantee NOT IN ('spona_owner')
    AND (grantee, privilege_type) NOT IN (
        ('spona_app', 'INSERT'), ('spona_review', 'SELECT'), ('spona_sealer', 'SELECT'), ('spona_backup', 'SELECT'))
"""
_SOURCES: Final = (
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = to_regnamespace('spona') AND prosrc <> ''"
)
_DECLARED: Final = re.compile(r"FUNCTION spona\.(\w+)\([^;$]*\bAS \$\$(.*?)\$\$", re.DOTALL)
_ROLES: Final = """
    SELECT rolname FROM pg_roles
    WHERE (starts_with(rolname, 'spona_') AND rolsuper OR rolbypassrls AND NOT rolsuper) AND NOT rolname = ANY (%s)
"""


# Who has a right in the schema of facts, as (what, who, right): on the schema, a table, a column or a function.
_OF_FACTS: Final = """
    SELECT found.name, CASE (found.acl).grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid((found.acl).grantee) END,
           (found.acl).privilege_type
    FROM (
        SELECT n.nspname::text, aclexplode(n.nspacl) FROM pg_namespace n WHERE n.oid = to_regnamespace('statistics')
        UNION ALL SELECT c.oid::regclass::text, aclexplode(c.relacl) FROM pg_class c
            WHERE c.relnamespace = to_regnamespace('statistics')
        UNION ALL SELECT c.oid::regclass::text || '.' || a.attname, aclexplode(a.attacl) FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = to_regnamespace('statistics')
    ) AS found (name, acl)
    WHERE (found.acl).grantee <> 'spona_owner'::regrole
"""

# Which tables name a case in their rows, and which of those the service could read by right.
_OF_CASES: Final = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'case_id'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
_READABLE: Final = """
    SELECT c.relname FROM pg_class c
    WHERE c.relname = ANY (%s) AND has_table_privilege('spona_app', c.oid, 'SELECT')
"""


class Cursor(Protocol):
    """A cursor of Django or of the driver."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def findings(
    cursor: Cursor, *, policies: Iterable[str] = (), roles: Iterable[str] = (), functions: Iterable[str] = ()
) -> list[str]:
    """Return everything in which the database differs from the declaration; nothing is what should come.

    `policies` and `roles` are names that are there besides, `functions` those that differ: the tests' own.
    """
    more = frozenset(policies)
    tables = {row[0]: row[1:] for row in _asked(cursor, _TABLES)}
    return sorted(
        [
            *_of_tables(tables),
            *_of_policies(_asked(cursor, _POLICIES), tables, more),
            *(f"{name}: a view, which shows what its owner sees" for (name,) in _asked(cursor, _VIEWS)),
            *_of_functions(_asked(cursor, _FUNCTIONS)),
            *_of_triggers(_asked(cursor, _TRIGGERS)),
            *_of_cases(_asked(cursor, _OF_CASES)),
            *(
                f"{name}: the service may read it"
                for (name,) in _asked(
                    cursor, _READABLE, [[one for one, wall in rls.WALLS.items() if wall.behind]]
                )
            ),
            *_of_facts(_asked(cursor, _OF_FACTS)),
            *_of_sources(_asked(cursor, _SOURCES), frozenset(functions)),
            *(f"audit_entry: {role} may {right}" for role, right in _asked(cursor, _RIGHTS)),
            *(
                f"{name}: a role that walks past the wall"
                for (name,) in _asked(cursor, _ROLES, [list(roles)])
            ),
        ]
    )


def _asked(cursor: Cursor, text: str, values: list[Any] | None = None) -> list[Any]:
    cursor.execute(text, values)
    return cursor.fetchall()


def _of_tables(tables: Mapping[str, tuple[Any, ...]]) -> Iterator[str]:
    walled = {*rls.WALLS, *rls_statistics.READS}
    for name in sorted(walled - tables.keys()):
        yield f"{name}: declared, and not there"
    for name, (owner, enabled, forced) in tables.items():
        if owner != OWNER:
            yield f"{name}: belongs to {owner}"
        if name in walled:
            if not enabled:
                yield f"{name}: row level security is off"
            if not forced:
                yield f"{name}: the wall does not hold its owner"
        elif not rls_open.reason(name):
            yield f"{name}: neither walled nor named as open"


def _of_policies(found: list[Any], tables: Mapping[str, Any], more: frozenset[str]) -> Iterator[str]:
    """Say which policies are missing, unknown, declared otherwise, or changed since they were made."""
    there = {(row[0], row[1]): (row[2], row[3]) for row in found if row[1] not in more}
    declared = {table: tuple(wall.policies()) for table, wall in rls.WALLS.items()}
    declared |= {table: rls_statistics.policies(table) for table in rls_statistics.READS}
    wanted = {(table, one.name): one for table in declared if table in tables for one in declared[table]}
    for table, name in sorted(wanted.keys() - there.keys()):
        yield f"{table}: no policy {name}"
    for table, name in sorted(there.keys() - wanted.keys()):
        yield f"{table}: a policy nobody declared, {name}"
    for key in sorted(wanted.keys() & there.keys()):
        said, kept = there[key]
        if said != f"{wanted[key].mark} {kept}":
            yield f"{key[0]}: {key[1]} is not as declared"


def _of_cases(found: list[Any]) -> Iterator[str]:
    """Say which tables name a case, while their wall lets those in who are shut out of it."""
    for (name,) in found:
        if name in rls.WALLS and rls.WALLS[name].case != "case_id":
            yield f"{name}: names a case, and shuts nobody out of it"


def _of_triggers(found: list[Any]) -> Iterator[str]:
    wanted = {(table, altering(table)) for table, wall in rls.WALLS.items() if wall.alters.conditions}
    needed = {one for table in audited.tables() for one in audited.triggers(table)}
    needed |= {(table, resealed.ANEW) for table in resealed.ENVELOPES}
    for table, name in sorted({*wanted, *needed, *KEEPERS, STEPS} - {tuple(row) for row in found}):
        yield f"{table}: no trigger {name}"


def _of_facts(found: list[Any]) -> Iterator[str]:
    """Say who has a right in the schema of facts that nobody declared; and who lacks one that was."""
    rights = {(name, role, right) for name, role, right in found}
    for name, role, right in sorted(rights - rls_statistics.RIGHTS):
        yield f"{name}: {role} may {right.lower()}"
    for name, role, right in sorted(rls_statistics.RIGHTS - rights):
        yield f"{name}: {role} may not {right.lower()}"


def _of_sources(found: list[Any], more: frozenset[str]) -> Iterator[str]:
    """Say which functions are not written as `rls_functions.sql` has them."""
    wanted, there = dict(_DECLARED.findall(declared_functions())), dict(found)
    for name in sorted(wanted.keys() - more):
        if there.get(name) != wanted[name]:
            yield f"{name}(): not as declared"


def _of_functions(found: list[Any]) -> Iterator[str]:
    for name in sorted(DEFINERS - {row[0] for row in found}):
        yield f"{name}(): should have the rights of {REACH}"
    for name, owner, strong, fixed, public in found:
        if name not in DEFINERS:
            yield f"{name}(): somebody else's rights, and not declared"
        if owner != REACH or strong:
            yield f"{name}(): belongs to {owner}"
        if not fixed:
            yield f"{name}(): has no fixed search_path"
        if public:
            yield f"{name}(): everybody may call it"
