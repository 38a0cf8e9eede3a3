"""What a wall around a table is made of: policies for each command and role, and the SQL that makes them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

APP, REVIEW, REACH, BACKUP = "spona_app", "spona_review", "spona_reach", "spona_backup"
SEALER = "spona_sealer"
SELECT, INSERT, UPDATE, DELETE = "SELECT", "INSERT", "UPDATE", "DELETE"
ALL: Final = "ALL"
ANYBODY: Final = "true"
SHUT_OUT: Final = "shut_out"
ERASING: Final = "(SELECT spona.erasing()) IS NOT NULL"
# What most people are shut out of is nothing: then no row is asked about.
NOWHERE: Final = "coalesce(cardinality((SELECT spona.shut_out())::uuid[]), 0) = 0"
# What a policy has become in the database, as one hash.
KEPT: Final = """encode(sha256(convert_to(concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::regrole[],
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), 'UTF8')), 'hex')"""


@dataclass(frozen=True)
class Rows:
    """The rows on which one command works: those that meet one of `conditions`, and all for the named jobs.

    `checked` are the conditions for the row as it becomes; empty for the same.
    """

    conditions: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()

    def expression(self, *, after: bool = False) -> str:
        """Return the policy's expression: the conditions in their order, the first that holds decides."""
        conditions = list(self.checked if after and self.checked else self.conditions)
        if conditions == [ANYBODY]:
            return ANYBODY
        if self.jobs:
            names = ",".join(sorted(self.jobs))
            # After what plain columns decide for people, before the first function that is asked about every row.
            asked = next(
                (at for at, one in enumerate(conditions) if one.startswith("spona.")), len(conditions)
            )
            conditions.insert(asked, f"current_setting('spona.job', true) = ANY ('{{{names}}}')")
        # IS NOT NULL, where ELSE false would do: of such a test the planner believes that nearly every row passes.
        return f"(CASE {' '.join(f'WHEN {one} THEN true' for one in conditions)} END) IS NOT NULL"


def rows(*conditions: str, jobs: tuple[str, ...] = (), checked: tuple[str, ...] = ()) -> Rows:
    """Return the rows that meet one of `conditions`, the cheapest first."""
    return Rows(conditions, jobs, checked)


@dataclass(frozen=True)
class Wall:
    """What the service may do with the rows of one table. A command that is not named works on no row.

    `changes` lets rows be locked as well; where less may be changed than locked, `alters` says what, by the row as it
    was. `locked` lets `spona.locked_case` lock rows. `reviewed` is what a reviewer of the audit reads. The
    sealer reads all that are `sealed`; the functions behind the wall learn in which transaction these were written.
    `case` is the column of the row's case: whoever is shut out of it does nothing with the row, whatever else is said.
    `tells` says of which rows that holds besides, or where there is no such column. Rows of a table that is `behind`
    are read by the functions behind the wall alone. `blanked` names the column of the case where an erasure blanks
    rows; `emptied`: it removes them (where no column names the case, whichever its function finds).
    """

    reads: Rows = field(default_factory=Rows)
    adds: Rows = field(default_factory=Rows)
    changes: Rows = field(default_factory=Rows)
    alters: Rows = field(default_factory=Rows)
    removes: Rows = field(default_factory=Rows)
    reviewed: Rows = field(default_factory=Rows)
    locked: bool = False
    sealed: bool = False
    case: str | None = "case_id"
    tells: str = ""
    behind: bool = False
    blanked: str = ""
    emptied: str = ""

    @property
    def reached(self) -> bool:
        """Say whether the functions behind the wall may read the table: all that people read, and what they erase."""
        return bool(self.reads.conditions or self.behind or self.blanked or self.emptied)

    @property
    def shut(self) -> str:
        """Return the condition that one is not shut out of the row's case; empty where rows are about no case."""
        if self.case is not None:
            told = f"{self.case} = ANY ((SELECT spona.shut_out())::uuid[])"
            told += f" OR {self.tells}" if self.tells else ""
            return f"(CASE WHEN {told} THEN NULL ELSE true END) IS NOT NULL"
        if self.tells:
            return f"(CASE WHEN {NOWHERE} THEN true WHEN {self.tells} THEN NULL ELSE true END) IS NOT NULL"
        return ""

    def policies(self) -> Iterator["Policy"]:
        """Return the policies of the table, each with a name that says whose and which command."""
        for command, found in (
            (SELECT, self.reads),
            (INSERT, self.adds),
            (UPDATE, self.changes),
            (DELETE, self.removes),
        ):
            if found.conditions or found.jobs:
                yield Policy.of(APP, command, found)
        if self.reviewed.conditions:
            yield Policy.of(REVIEW, SELECT, self.reviewed)
        if self.sealed:
            yield Policy(SEALER, SELECT, using=ANYBODY)
        if self.reached or self.sealed:
            yield Policy(REACH, SELECT, using=ANYBODY)
        yield Policy(BACKUP, SELECT, using=ANYBODY)
        of_case = f"{self.blanked} = (SELECT spona.erasing())" if self.blanked else "false"
        if self.locked or self.blanked:
            yield Policy(REACH, UPDATE, using=ANYBODY if self.locked else of_case, check=of_case)
        if self.emptied:
            of_case = f"{self.emptied} = (SELECT spona.erasing())"
            yield Policy(REACH, DELETE, using=of_case if self.emptied != ANYBODY else ERASING)
        if self.shut and self.reviewed.conditions:
            yield Policy(REVIEW, SELECT, using=self.shut, restrictive=True)
        elif self.shut:
            yield Policy(APP, ALL, using=self.shut, restrictive=True)


@dataclass(frozen=True)
class Policy:
    """One policy as PostgreSQL keeps it; an expression is empty where the command has none."""

    role: str
    command: str
    using: str = ""
    check: str = ""
    # Such a one gives nothing: it takes from what the others give.
    restrictive: bool = False

    @classmethod
    def of(cls, role: str, command: str, found: Rows) -> "Policy":
        using = "" if command == INSERT else found.expression()
        check = found.expression(after=True) if command in {INSERT, UPDATE} else ""
        return cls(role, command, using, check)

    @property
    def name(self) -> str:
        what = SHUT_OUT if self.restrictive else self.command.lower()
        return f"{self.role.removeprefix('spona_')}_{what}"

    @property
    def mark(self) -> str:
        """Return what the database keeps beside the policy, to tell one that was declared otherwise."""
        said = f"{self.role} {self.command} {self.using} {self.check}"
        return hashlib.sha256(said.encode()).hexdigest()

    def create(self, table: str) -> str:
        """Return the statements that make it, and mark it with what was declared and what PostgreSQL made of that."""
        using = f" USING ({self.using})" if self.using else ""
        check = f" WITH CHECK ({self.check})" if self.check else ""
        kind = " AS RESTRICTIVE" if self.restrictive else ""
        return f"""
            CREATE POLICY {self.name} ON {table}{kind} FOR {self.command} TO {self.role}{using}{check};
            DO $mark$ BEGIN
                EXECUTE format('COMMENT ON POLICY {self.name} ON {table} IS %L', '{self.mark} ' || (
                    SELECT {KEPT} FROM pg_policy p
                    WHERE p.polrelid = '{table}'::regclass AND p.polname = '{self.name}'));
            END $mark$;
        """  # noqa: S608 - names of ours


def altering(table: str) -> str:
    """Return the name of the trigger, and of its function, that asks about the row as it was."""
    return f"{table}_alters"


def _guard(table: str, found: Rows) -> str:
    return f"""
    CREATE OR REPLACE FUNCTION {altering(table)}() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp AS $body$
    BEGIN
        IF coalesce(current_setting('spona.job', true), '') <> ''
            OR EXISTS (SELECT FROM (SELECT OLD.*) AS was WHERE {found.expression()}) THEN RETURN NEW; END IF;
        RAISE EXCEPTION '{table}: to be locked, and not to be changed' USING ERRCODE = 'insufficient_privilege';
    END $body$;
    CREATE OR REPLACE TRIGGER {altering(table)} BEFORE UPDATE ON {table}
        FOR EACH ROW WHEN (current_user = '{APP}') EXECUTE FUNCTION {altering(table)}();
    """


def statements(table: str, wall: Wall) -> str:
    """Return what makes the wall of `table`, whatever stood there before."""
    made = "\n".join(policy.create(table) for policy in wall.policies())
    readers = f"{REACH}, {BACKUP}" if wall.reached else BACKUP
    rights = {
        f"UPDATE{'' if wall.blanked else ' (id)'}": wall.locked or wall.blanked,
        DELETE: bool(wall.emptied),
    }
    more = " ".join(f"GRANT {right} ON {table} TO {REACH};" for right, given in rights.items() if given)
    return f"""
    DO $wall$ DECLARE old text; BEGIN
        FOR old IN SELECT polname FROM pg_policy WHERE polrelid = '{table}'::regclass LOOP
            EXECUTE format('DROP POLICY %I ON {table}', old);
        END LOOP;
    END $wall$;
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    GRANT SELECT ON {table} TO {readers}; {more}
    {made}
    {_guard(table, wall.alters) if wall.alters.conditions else ""}
    """  # noqa: S608 - names of ours
