"""Wall two: which rows the database itself shows, takes and changes, table by table, whoever forgot a condition.

One line for each table with case data and each command, in SQL, over plain columns of the row and over what
`rls_functions.sql` works out about the one who asks. Arrays come from a sub-select, so that PostgreSQL asks for them
once in a statement; a function is asked about a row only when no column decides. CASE keeps that order, and hides the
conditions from the planner: it guesses that nearly every row passes, and reads a page from the top of its index.

`permissions.rls_operations.Walled` attaches it in a migration, `permissions.rls_lint` compares it with the catalogue.
"""

from collections.abc import Mapping
from typing import Final

from backend.asker import (
    APPOINTMENTS,
    BREAK_GLASS,
    CORRECTIONS,
    DEMO,
    DEPARTURES,
    DOCTOR,
    IMPORTS,
    LAPSES,
    REVIEWS,
    STEPS,
    WITHDRAWALS,
)
from permissions.rls_policies import ANYBODY, Wall, rows

WHOLE: Final = "team_id = ANY ((SELECT spona.whole())::uuid[])"
SECOND: Final = "team_id = ANY ((SELECT spona.seconds())::uuid[])"
REVIEWED: Final = "team_id = ANY ((SELECT spona.reviews())::uuid[])"
OFFICE: Final = "(SELECT spona.office())"
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


# What happens to a referral without a person's word, and what a step must know of its case across organisations.
_LOOP: Final = (WITHDRAWALS, LAPSES, STEPS, CORRECTIONS)
_READERS: Final = (*_LOOP, DEMO)
_READ_CASES: Final = (*_READERS, DEPARTURES, DOCTOR, IMPORTS, BREAK_GLASS, REVIEWS)
_OF_CASE: Final = "spona.sees_case(case_id)"
_OF_PARTY: Final = "spona.is_party(case_id)"
_OF_REFERRAL: Final = "spona.sees_referral(referral_id)"
_SIDE: Final = "spona.is_side_of(referral_id)"
_OPENED: Final = "spona.opens(case_id, data_class)"
_LOOKED: Final = "spona.looks_at(case_id)"

_KEPT: Final = (own("opened_by_organisation_id"), own("holder_organisation_id"))
_CASE: Final = (WHOLE, *_KEPT, "spona.by_referral(id)")
_ASKED: Final = own("requester_organisation_id")
_SHOWN: Final = (
    f"{own('recipient_organisation_id')}"
    " AND spona.shows(status, acknowledged_at, basis_until, sent_at, ended_at)"
    f" AND {taken('recipient_organisation_id')}"
)
_SECOND_PERSON: Final = f"correction_asked_by <> (SELECT spona.asks()) AND {SECOND}"
_REFERRAL: Final = (WHOLE, _ASKED, _SHOWN, _SECOND_PERSON)
_GRANT: Final = (WHOLE, _OF_CASE, "spona.is_side_of(source_id)")
_GIVEN: Final = (WHOLE, "spona.is_side_of(source_id)", "spona.works_on(case_id)")
_TOLD: Final = (
    f"audience = 'organisation' AND {own('organisation_id')} AND {taken('organisation_id')}",
    f"audience = 'coordinator' AND {WHOLE}",
    f"audience IN ('municipal_lead', 'data_protection_officer') AND {REVIEWED}",
)
_OWN_NOTE: Final = f"{own('organisation_id')} AND ({WHOLE} OR {_OF_CASE})"
_RUN: Final = (WHOLE, OFFICE)
_MINE: Final = "person_id = (SELECT spona.asks())"
_BY_NOBODY_ELSE: Final = (
    "confirmed_by IS NULL AND reviewed_by IS NULL AND (starts_at IS NULL OR NOT needs_second)"
)
_LOOK: Final = (_MINE, REVIEWED, WHOLE)

# The log of a team one reviews; of a team one coordinates, who did what with its cases.
_AUDITED: Final = (
    "log = ANY ((SELECT spona.reviews())::uuid[])",
    (
        "log = ANY ((SELECT spona.whole())::uuid[])"
        " AND object_kind IN ('breakglass', 'case', 'consent', 'note', 'referral')"
    ),
)
_ITEM: Final = (
    f"{REVIEWED} AND {_MINE} IS NOT TRUE",
    f"asked_at IS NOT NULL AND {_MINE}",
)

_OLD: Final = "created_at < statement_timestamp() - interval '24 hours'"

WALLS: Final[Mapping[str, Wall]] = {
    "cases_case": Wall(
        reads=rows(*_CASE, "spona.looks_at(id)", jobs=_READ_CASES),
        adds=rows(WHOLE, own("opened_by_organisation_id")),
        changes=rows(*_CASE, jobs=(*_LOOP, DEPARTURES)),
        alters=rows(WHOLE, *_KEPT),
        locked=True,
    ),
    "cases_historicalcase": Wall(
        reads=rows(WHOLE, "spona.sees_case(id)", "spona.looks_at(id)"),
        adds=rows(WHOLE, "spona.sees_case(id)", jobs=(*_LOOP, DEPARTURES)),
    ),
    "cases_casegrant": Wall(
        reads=rows(*_GRANT, jobs=(*_READERS, DOCTOR)),
        adds=rows(*_GIVEN, jobs=_LOOP),
        changes=rows(*_GIVEN, jobs=_LOOP),
        removes=rows(*_GIVEN, jobs=_LOOP),
    ),
    "cases_casefacts": Wall(
        reads=rows(WHOLE, _OPENED, _LOOKED, jobs=_READERS),
        adds=rows(WHOLE, "spona.works_on(case_id)"),
        changes=rows(WHOLE, _OPENED, jobs=_LOOP),
    ),
    "cases_historicalcasefacts": Wall(
        reads=rows(WHOLE, _OPENED, _LOOKED),
        adds=rows(WHOLE, _OPENED, jobs=_LOOP),
    ),
    "cases_note": Wall(
        reads=rows(WHOLE, _OF_CASE, _LOOKED, jobs=(REVIEWS,)),
        adds=rows(_OWN_NOTE),
        changes=rows(WHOLE, _OF_CASE, _LOOKED, checked=(_OWN_NOTE,)),
    ),
    "cases_historicalnote": Wall(reads=rows(WHOLE, _OF_CASE), adds=rows(WHOLE, _OF_CASE)),
    "cases_consent": Wall(
        reads=rows(WHOLE, f"{_OF_CASE} OR (spona.is_named(id) AND {_OF_PARTY})", jobs=(*_READERS, REVIEWS)),
        adds=rows(WHOLE, _OF_CASE),
    ),
    "cases_consentrecipient": Wall(
        reads=rows(WHOLE, f"{_OF_CASE} OR ({own('organisation_id')} AND {_OF_PARTY})", jobs=_READERS),
        adds=rows(WHOLE, _OF_CASE),
    ),
    "cases_withdrawal": Wall(reads=rows(WHOLE, _OF_PARTY, jobs=_READERS), adds=rows(WHOLE, _OF_CASE)),
    "cases_safeguardingbasis": Wall(
        reads=rows(
            WHOLE,
            SECOND,
            f"({own('recorded_for_id')} AND {_OF_CASE}) OR ({own('recipient_id')} AND {_OF_PARTY})",
            jobs=_READERS,
        ),
        adds=rows(WHOLE, _OF_CASE),
        changes=rows(WHOLE, SECOND),
    ),
    "cases_disclosure": Wall(
        reads=rows(
            WHOLE, "spona.works_on(case_id)", f"{own('organisation_id')} AND {_OF_CASE}", jobs=(DEMO,)
        ),
        adds=rows(WHOLE, own("organisation_id"), _OF_CASE, jobs=_LOOP),
    ),
    "cases_notification": Wall(
        reads=rows(*_TOLD),
        adds=rows("spona.is_in(team_id)", jobs=(*_LOOP, DEPARTURES, APPOINTMENTS, BREAK_GLASS)),
        changes=rows(*_TOLD),
    ),
    "cases_breakglass": Wall(
        reads=rows(*_LOOK, jobs=(DOCTOR, REVIEWS)),
        adds=rows(f"{_MINE} AND {_BY_NOBODY_ELSE} AND spona.is_in(team_id)"),
        changes=rows(*_LOOK),
    ),
    "cases_looktext": Wall(reads=rows(_MINE, REVIEWED), adds=rows(f"{_MINE} AND spona.is_in(team_id)")),
    "cases_historicalbreakglass": Wall(reads=rows(*_LOOK), adds=rows(*_LOOK)),
    "referrals_referral": Wall(
        reads=rows(*_REFERRAL, jobs=(*_READERS, APPOINTMENTS, DOCTOR, REVIEWS)),
        adds=rows(WHOLE, f"{_ASKED} AND {_OF_CASE}"),
        changes=rows(
            *_REFERRAL,
            jobs=(*_LOOP, APPOINTMENTS),
            checked=(WHOLE, _ASKED, own("recipient_organisation_id")),
        ),
    ),
    "referrals_historicalreferral": Wall(
        reads=rows(WHOLE, "spona.sees_referral(id)"),
        adds=rows(WHOLE, "spona.is_side_of(id)", jobs=(*_LOOP, APPOINTMENTS)),
    ),
    "referrals_referralevent": Wall(
        reads=rows(WHOLE, _OF_REFERRAL, jobs=(*_READERS, IMPORTS)),
        adds=rows(WHOLE, _SIDE, jobs=_LOOP),
    ),
    "referrals_question": Wall(
        reads=rows(WHOLE, _OF_REFERRAL, jobs=_READERS),
        adds=rows(WHOLE, _OF_REFERRAL),
        changes=rows(WHOLE, _OF_REFERRAL),
    ),
    "referrals_historicalquestion": Wall(reads=rows(WHOLE, _OF_REFERRAL), adds=rows(WHOLE, _SIDE)),
    "imports_importrun": Wall(
        reads=rows(*_RUN, jobs=(IMPORTS, DEMO)),
        adds=rows(*_RUN),
        changes=rows(*_RUN, jobs=(IMPORTS,)),
    ),
    "imports_importrow": Wall(reads=rows(*_RUN, jobs=(IMPORTS,)), adds=rows(*_RUN, jobs=(IMPORTS,))),
    # MACs under a key outside the database, and the id of what was made: found by the whole MAC or not at all.
    # What is older than a day is forgotten by whoever comes first, on a connection of nobody.
    "api_idempotencyrecord": Wall(
        reads=rows(SOMEBODY, _OLD), adds=rows(SOMEBODY), changes=rows(SOMEBODY), removes=rows(_OLD)
    ),
    # Whoever is refused leaves an entry, somebody unknown too; nobody of the service reads one.
    "audit_entry": Wall(adds=rows(ANYBODY), reviewed=rows(*_AUDITED, jobs=(REVIEWS,)), sealed=True),
    # A reviewer sees no item about what they did themselves; once they are asked, they see it as anybody does.
    "review_reviewitem": Wall(
        reads=rows(*_ITEM, jobs=(REVIEWS,)), adds=rows(jobs=(REVIEWS,)), changes=rows(*_ITEM)
    ),
    "review_historicalreviewitem": Wall(reads=rows(*_ITEM), adds=rows(*_ITEM, jobs=(REVIEWS,))),
}
