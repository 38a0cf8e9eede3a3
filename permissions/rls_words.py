"""The words in which `permissions.rls` says who sees a row: conditions in SQL, and the jobs that read for nobody."""

from typing import Final

from backend.asker import (
    BREAK_GLASS,
    CORRECTIONS,
    DEMO,
    DEPARTURES,
    DOCTOR,
    DUPLICATES,
    ERASURES,
    FACTS,
    IMPORTS,
    INTEGRITY,
    LAPSES,
    REKEYING,
    REVIEWS,
    RIGHTS,
    STEPS,
    WITHDRAWALS,
)

WHOLE: Final = "team_id = ANY ((SELECT spona.whole())::uuid[])"
SECOND: Final = "team_id = ANY ((SELECT spona.seconds())::uuid[])"
REVIEWED: Final = "team_id = ANY ((SELECT spona.reviews())::uuid[])"
OFFICE: Final = "(SELECT spona.office())"
# A member of the team, for whichever organisation.
IN_TEAM: Final = "team_id = ANY (ARRAY(SELECT p.team_id FROM unnest((SELECT spona.places())) AS p))"
SOMEBODY: Final = "(SELECT spona.asks()) IS NOT NULL"


def own(column: str) -> str:
    """Return the condition that one works for the organisation in `column` in the row's team, or as its partner."""
    return (
        f"(ROW(team_id, {column})::spona.place = ANY ((SELECT spona.places())::spona.place[])"
        f" OR {column} = ANY ((SELECT spona.partners())::uuid[]))"
    )


def taken(organisation: str) -> str:
    """Return the condition that one's seats for the organisation take the row's service."""
    return (
        "(coalesce(cardinality((SELECT spona.desks())::spona.desk[]), 0) = 0"
        f" OR spona.takes(team_id, {organisation}, service_code))"
    )


SHOWN: Final = (
    f"{own('recipient_organisation_id')}"
    " AND spona.shows(status, acknowledged_at, basis_until, sent_at, ended_at)"
    f" AND {taken('recipient_organisation_id')}"
)
TOLD: Final = (
    f"audience = 'organisation' AND {own('organisation_id')} AND {taken('organisation_id')}",
    f"audience = 'coordinator' AND {WHOLE}",
    f"audience = 'deputy_coordinator' AND {SECOND} AND ({WHOLE}) IS NOT TRUE",
    f"audience IN ('municipal_lead', 'data_protection_officer') AND {REVIEWED}",
)

# The log of a team one reviews; of a team one coordinates, who did what with its cases.
AUDITED: Final = (
    "log = ANY ((SELECT spona.reviews())::uuid[])",
    (
        "log = ANY ((SELECT spona.whole())::uuid[])"
        " AND object_kind IN ('breakglass', 'case', 'consent', 'note', 'referral')"
    ),
)

KEEPER: Final = "(SELECT spona.keeps_keys())"
COUNTS: Final = "(SELECT spona.counts_nation())"

MINE: Final = "person_id = (SELECT spona.asks())"
BY_NOBODY_ELSE: Final = (
    "confirmed_by IS NULL AND reviewed_by IS NULL AND (starts_at IS NULL OR NOT needs_second)"
)
ITEM: Final = (
    f"{REVIEWED} AND {MINE} IS NOT TRUE",
    f"asked_at IS NOT NULL AND {MINE}",
)

# Rows about whatever has an id, without the case it hangs on.
TELLS: Final = "object_id::text = ANY ((SELECT spona.shut_out_names())::text[])"
MENTIONS: Final = "spona.mentions(body, (SELECT spona.shut_out_names())::text[])"
OTHER: Final = "other_case_id = ANY ((SELECT spona.shut_out())::uuid[])"

# What happens to a referral without a person's word, and what a step must know of its case across organisations.
LOOP: Final = (WITHDRAWALS, LAPSES, STEPS, CORRECTIONS)
READERS: Final = (*LOOP, DEMO)
READ_CASES: Final = (
    *READERS, DEPARTURES, DOCTOR, IMPORTS, BREAK_GLASS, REVIEWS, REKEYING, INTEGRITY, ERASURES,
    DUPLICATES, RIGHTS, FACTS,
)  # fmt: skip
