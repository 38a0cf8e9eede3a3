"""The second wall around steps: the database takes no change of a status that is not in the table of steps.

A policy sees the row before and the row after, never both. A trigger does: it finds the step, and asks whether whoever
asks stands on a side that takes it. Conditions on inputs and times are the first wall's alone.
"""

from collections.abc import Iterator
from typing import Final

from django.db.migrations import RunSQL

from backend.asker import CORRECTIONS, LAPSES, WITHDRAWALS
from backend.reference.steps import NEW, referral_steps
from backend.referrals.lifecycle import ON_BEHALF, REQUESTER, SYSTEM, TARGET

FUNCTION: Final = "referrals_referral_step"
EITHER: Final = "either"
SECOND_PERSON: Final = "second_person"
# Columns that say whose referral it is: no step moves them.
FIXED: Final = ("id", "team_id", "case_id", "number", "requester_organisation_id")
_AT_REQUESTER: Final = (
    "(spona.own(OLD.team_id, OLD.requester_organisation_id) OR OLD.team_id = ANY (spona.whole()))"
)
_AT_TARGET: Final = "spona.own(OLD.team_id, OLD.recipient_organisation_id)"
_UNABLE: Final = """(spona.excludes(OLD.case_id, NULL, OLD.recipient_organisation_id)
            OR EXISTS (SELECT FROM public.teams_organisation o WHERE o.id = OLD.recipient_organisation_id AND (
            NOT o.has_accounts OR NOT o.is_active OR NOT (spona.has_memorandum(o.id)
            OR (o.sector <> 'cso' AND spona.has_agreement(o.id, OLD.team_id))))))"""
_JOB: Final = "coalesce(current_setting('spona.job', true), '')"
# When somebody stands on a side. The system's own steps are its jobs'.
_STANDS: Final = {
    REQUESTER: _AT_REQUESTER,
    TARGET: _AT_TARGET,
    EITHER: f"({_AT_REQUESTER} OR {_AT_TARGET})",
    ON_BEHALF: f"({_AT_REQUESTER} AND {_UNABLE})",
    SYSTEM: f"{_JOB} IN ('{LAPSES}', '{WITHDRAWALS}')",
    SECOND_PERSON: (
        f"({_JOB} = '{CORRECTIONS}' AND OLD.correction_asked_by <> spona.asks()"
        " AND OLD.team_id = ANY (spona.seconds()))"
    ),
}


def edges() -> Iterator[tuple[str, str, str]]:
    """Return each change of status with the side that takes it."""
    found = set()
    for step in referral_steps():
        if step.source not in {NEW, step.to}:
            sides = (SECOND_PERSON,) if SECOND_PERSON in step.requires else step.who
            found |= {(side, step.source, step.to) for side in sides}
    yield from sorted(found)


def first() -> list[str]:
    """Return the states in which a referral begins."""
    return sorted({step.to for step in referral_steps() if step.source == NEW})


def body() -> str:
    """Return the function's body, as the database keeps it."""
    by_side: dict[str, list[str]] = {}
    for side, source, to in edges():
        by_side.setdefault(side, []).append(f"'{source}>{to}'")
    steps = "\n".join(
        f"    IF step IN ({', '.join(found)})\n        AND {_STANDS[side]} THEN RETURN NEW; END IF;"
        for side, found in by_side.items()
    )
    begins = ", ".join(f"'{status}'" for status in first())
    elsewhere = "NEW.recipient_organisation_id IS DISTINCT FROM OLD.recipient_organisation_id"
    moved = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FIXED)
    return f"""
DECLARE
    step text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status IN ({begins}) OR {_JOB} <> '' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'no referral begins as %', NEW.status USING ERRCODE = 'insufficient_privilege';
    END IF;
    step := OLD.status || '>' || NEW.status;
    IF {moved} OR (OLD.sent_at IS NOT NULL AND {elsewhere} AND {_JOB} = '') THEN
        RAISE EXCEPTION 'a referral stays where it is' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
{steps}
    RAISE EXCEPTION 'no step %', step USING ERRCODE = 'insufficient_privilege';
END
"""


class StepWall(RunSQL):
    """Attach the trigger to referrals. Like the policies, it holds the service and not the administrator."""

    def __init__(self) -> None:
        super().__init__(
            f"""
            CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql
                SET search_path = pg_catalog, pg_temp AS $body${body()}$body$;
            CREATE OR REPLACE TRIGGER {FUNCTION} BEFORE INSERT OR UPDATE ON referrals_referral
                FOR EACH ROW WHEN (current_user = 'spona_app') EXECUTE FUNCTION {FUNCTION}();
            """,
            f"DROP FUNCTION {FUNCTION}() CASCADE",
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (type(self).__name__, [], {})
