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
    DEMO,
    DEPARTURES,
    DOCTOR,
    DUPLICATES,
    ERASURES,
    FACTS,
    IMPORTS,
    INTEGRITY,
    MERGES,
    REKEYING,
    REVIEWS,
    RIGHTS,
    TRANSPARENCY,
)
from permissions.rls_figures import FIGURES
from permissions.rls_policies import ANYBODY, Wall, rows
from permissions.rls_words import (
    AUDITED,
    BY_NOBODY_ELSE,
    ITEM,
    KEEPER,
    LOOP,
    MENTIONS,
    MINE,
    OFFICE,
    OTHER,
    READ_CASES,
    READERS,
    REVIEWED,
    SECOND,
    SHOWN,
    SOMEBODY,
    TELLS,
    TOLD,
    WHOLE,
    own,
)

# Seals again what nobody changes; what it may change there, `permissions.resealed` holds.
_ANEW: Final = rows(jobs=(REKEYING,))
_OF_CASE: Final = "spona.sees_case(case_id)"
_OF_PARTY: Final = "spona.is_party(case_id)"
_OF_REFERRAL: Final = "spona.sees_referral(referral_id)"
_SIDE: Final = "spona.is_side_of(referral_id)"
_OPENED: Final = "spona.opens(case_id, data_class)"
_LOOKED: Final = "spona.looks_at(case_id)"

_KEPT: Final = (own("opened_by_organisation_id"), own("holder_organisation_id"))
_CASE: Final = (WHOLE, *_KEPT, "spona.by_referral(id)")
_ASKED: Final = own("requester_organisation_id")
_SECOND_PERSON: Final = f"correction_asked_by <> (SELECT spona.asks()) AND {SECOND}"
_REFERRAL: Final = (WHOLE, _ASKED, SHOWN, _SECOND_PERSON)
_GRANT: Final = (WHOLE, _OF_CASE, "spona.is_side_of(source_id)")
_GIVEN: Final = (WHOLE, "spona.is_side_of(source_id)", "spona.works_on(case_id)")
_OWN_NOTE: Final = f"{own('organisation_id')} AND ({WHOLE} OR {_OF_CASE})"
_RUN: Final = (WHOLE, OFFICE)
_LOOK: Final = (MINE, REVIEWED, WHOLE)

_ASKED_FOR: Final = (WHOLE, f"{own('recorded_for_id')} AND {_OF_CASE}", "spona.is_officer(team_id)")
_OLD: Final = "created_at < statement_timestamp() - interval '24 hours'"

WALLS: Final[Mapping[str, Wall]] = {
    "cases_case": Wall(
        reads=rows(*_CASE, "spona.looks_at(id)", jobs=READ_CASES),
        adds=rows(WHOLE, own("opened_by_organisation_id")),
        changes=rows(*_CASE, jobs=(*LOOP, DEPARTURES, REKEYING, ERASURES)),
        alters=rows(WHOLE, *_KEPT),
        locked=True,
        case="id",
        blanked="id",
    ),
    "cases_historicalcase": Wall(
        reads=rows(WHOLE, "spona.sees_case(id)", "spona.looks_at(id)", jobs=(FACTS,)),
        adds=rows(WHOLE, "spona.sees_case(id)", jobs=(*LOOP, DEPARTURES)),
        case="id",
        blanked="id",
    ),
    "cases_casegrant": Wall(
        reads=rows(*_GRANT, jobs=(*READERS, DOCTOR)),
        adds=rows(*_GIVEN, jobs=LOOP),
        changes=rows(*_GIVEN, jobs=LOOP),
        removes=rows(*_GIVEN, jobs=LOOP),
        emptied="case_id",
    ),
    "cases_casefacts": Wall(
        reads=rows(WHOLE, _OPENED, _LOOKED, jobs=(*READERS, REKEYING)),
        adds=rows(WHOLE, "spona.works_on(case_id)"),
        changes=rows(WHOLE, _OPENED, jobs=(*LOOP, REKEYING)),
        blanked="case_id",
    ),
    "cases_historicalcasefacts": Wall(
        reads=rows(WHOLE, _OPENED, _LOOKED, jobs=(REKEYING, FACTS)),
        adds=rows(WHOLE, _OPENED, jobs=LOOP),
        changes=_ANEW,
        blanked="case_id",
    ),
    "cases_note": Wall(
        reads=rows(WHOLE, _OF_CASE, _LOOKED, jobs=(REVIEWS, REKEYING)),
        adds=rows(_OWN_NOTE, jobs=(MERGES,)),
        changes=rows(WHOLE, _OF_CASE, _LOOKED, checked=(_OWN_NOTE,), jobs=(REKEYING,)),
        blanked="case_id",
    ),
    "cases_historicalnote": Wall(
        reads=rows(WHOLE, _OF_CASE, jobs=(REKEYING,)),
        adds=rows(WHOLE, _OF_CASE),
        changes=_ANEW,
        blanked="case_id",
    ),
    "cases_consent": Wall(
        reads=rows(
            WHOLE,
            f"{_OF_CASE} OR (spona.is_named(id) AND {_OF_PARTY})",
            jobs=(*READERS, REVIEWS, REKEYING, ERASURES),
        ),
        adds=rows(WHOLE, _OF_CASE),
        changes=_ANEW,
        emptied="case_id",
    ),
    "cases_consentrecipient": Wall(
        reads=rows(WHOLE, f"{_OF_CASE} OR ({own('organisation_id')} AND {_OF_PARTY})", jobs=READERS),
        adds=rows(WHOLE, _OF_CASE),
        emptied="case_id",
    ),
    "cases_withdrawal": Wall(
        reads=rows(WHOLE, _OF_PARTY, jobs=READERS),
        adds=rows(WHOLE, _OF_CASE, jobs=LOOP),
        emptied="case_id",
    ),
    "cases_safeguardingbasis": Wall(
        reads=rows(
            WHOLE,
            SECOND,
            f"({own('recorded_for_id')} AND {_OF_CASE}) OR ({own('recipient_id')} AND {_OF_PARTY})",
            jobs=(*READERS, ERASURES, TRANSPARENCY),
        ),
        adds=rows(WHOLE, _OF_CASE),
        changes=rows(WHOLE, SECOND),
        emptied="case_id",
    ),
    "cases_historicalsafeguardingbasis": Wall(
        reads=rows(WHOLE, SECOND, f"{own('recorded_for_id')} AND {_OF_CASE}"),
        adds=rows(WHOLE, SECOND, _OF_CASE),
        emptied="case_id",
    ),
    "cases_disclosure": Wall(
        reads=rows(
            WHOLE,
            "spona.works_on(case_id)",
            f"{own('organisation_id')} AND {_OF_CASE}",
            jobs=(DEMO, RIGHTS, ERASURES),
        ),
        adds=rows(WHOLE, own("organisation_id"), _OF_CASE, jobs=LOOP),
        emptied="case_id",
    ),
    "cases_notification": Wall(
        reads=rows(*TOLD, jobs=(INTEGRITY, ERASURES)),
        adds=rows(
            "spona.is_in(team_id)",
            jobs=(*LOOP, DEPARTURES, APPOINTMENTS, BREAK_GLASS, INTEGRITY, ERASURES, DUPLICATES, RIGHTS),
        ),
        changes=rows(*TOLD),
        removes=rows(jobs=(ERASURES,)),
        case=None,
        tells=TELLS,
        emptied=ANYBODY,
    ),
    "cases_breakglass": Wall(
        reads=rows(*_LOOK, jobs=(DOCTOR, REVIEWS, TRANSPARENCY)),
        adds=rows(f"{MINE} AND {BY_NOBODY_ELSE} AND spona.is_in(team_id)"),
        changes=rows(*_LOOK),
        blanked="case_id",
    ),
    "cases_looktext": Wall(
        reads=rows(MINE, REVIEWED, jobs=(REKEYING, RIGHTS)),
        adds=rows(f"{MINE} AND spona.is_in(team_id)"),
        changes=_ANEW,
        blanked="case_id",
    ),
    "cases_historicalbreakglass": Wall(reads=rows(*_LOOK), adds=rows(*_LOOK)),
    # Who recorded it, and why, sealed. Whom it shuts out stands in a table that the service may not read.
    "cases_exclusion": Wall(
        reads=rows(WHOLE, f"{own('recorded_for_id')} AND {_OF_CASE}", jobs=(REKEYING,)),
        adds=rows(WHOLE, f"{own('recorded_for_id')} AND {_OF_CASE}"),
        changes=_ANEW,
        blanked="case_id",
    ),
    "cases_shutout": Wall(adds=rows(WHOLE, _OF_CASE), behind=True),
    # Tags of phrases: people add them, the job that compares them reads.
    "cases_duplicatetag": Wall(
        reads=rows(jobs=(DUPLICATES,)),
        adds=rows(WHOLE, _OF_CASE),
        changes=rows(jobs=(DUPLICATES,)),
        emptied="case_id",
    ),
    "cases_duplicatehint": Wall(
        reads=rows(WHOLE, jobs=(DUPLICATES,)),
        adds=rows(jobs=(DUPLICATES,)),
        tells=OTHER,
        emptied=ANYBODY,
    ),
    "cases_merge": Wall(
        reads=rows(WHOLE, SECOND), adds=rows(WHOLE), changes=rows(WHOLE, SECOND), tells=OTHER
    ),
    "cases_exclusionlift": Wall(reads=rows(WHOLE), adds=rows(WHOLE)),
    "referrals_referral": Wall(
        reads=rows(*_REFERRAL, jobs=(*READERS, APPOINTMENTS, DOCTOR, REVIEWS, REKEYING, ERASURES, FACTS)),
        adds=rows(WHOLE, f"{_ASKED} AND {_OF_CASE}"),
        changes=rows(
            *_REFERRAL,
            jobs=(*LOOP, APPOINTMENTS, REKEYING),
            checked=(WHOLE, _ASKED, own("recipient_organisation_id")),
        ),
        blanked="case_id",
    ),
    "referrals_historicalreferral": Wall(
        reads=rows(WHOLE, "spona.sees_referral(id)", jobs=(REKEYING,)),
        adds=rows(WHOLE, "spona.is_side_of(id)", jobs=(*LOOP, APPOINTMENTS)),
        changes=_ANEW,
        blanked="case_id",
    ),
    "referrals_referralevent": Wall(
        reads=rows(WHOLE, _OF_REFERRAL, jobs=(*READERS, IMPORTS, FACTS)),
        adds=rows(WHOLE, _SIDE, jobs=LOOP),
        blanked="case_id",
    ),
    "referrals_question": Wall(
        reads=rows(WHOLE, _OF_REFERRAL, jobs=(*READERS, REKEYING)),
        adds=rows(WHOLE, _OF_REFERRAL),
        changes=rows(WHOLE, _OF_REFERRAL, jobs=(REKEYING,)),
        blanked="case_id",
    ),
    "referrals_historicalquestion": Wall(
        reads=rows(WHOLE, _OF_REFERRAL, jobs=(REKEYING,)),
        adds=rows(WHOLE, _SIDE),
        changes=_ANEW,
        blanked="case_id",
    ),
    # Whoever may ask, confirm or execute; the key custodian knows no case, only that one is to be erased.
    "erasure_erasure": Wall(
        reads=rows(WHOLE, REVIEWED, KEEPER, _OF_CASE, jobs=(ERASURES, TRANSPARENCY)),
        adds=rows(WHOLE, REVIEWED, _OF_CASE, jobs=(ERASURES,)),
        changes=rows(WHOLE, REVIEWED, KEEPER, _OF_CASE, jobs=(ERASURES,)),
    ),
    "erasure_keydestruction": Wall(
        reads=rows(WHOLE, REVIEWED, KEEPER, jobs=(ERASURES, TRANSPARENCY)),
        adds=rows(WHOLE, jobs=(ERASURES,)),
        changes=rows(WHOLE, KEEPER, jobs=(ERASURES,)),
        case=None,
    ),
    # The officer answers without seeing a case: of the lead, whom the log is shown to as well, nothing is seen here.
    "rights_rightsrequest": Wall(
        reads=rows(*_ASKED_FOR, jobs=(RIGHTS, ERASURES, TRANSPARENCY)),
        adds=rows(*_ASKED_FOR),
        changes=rows(*_ASKED_FOR, jobs=(RIGHTS,)),
        removes=rows(jobs=(ERASURES,)),
    ),
    "rights_historicalrightsrequest": Wall(
        reads=rows(*_ASKED_FOR, jobs=(RIGHTS, ERASURES)),
        adds=rows(*_ASKED_FOR, jobs=(RIGHTS, ERASURES)),
        removes=rows(jobs=(ERASURES,)),
    ),
    "imports_importrun": Wall(
        reads=rows(*_RUN, jobs=(IMPORTS, DEMO)),
        adds=rows(*_RUN),
        changes=rows(*_RUN, jobs=(IMPORTS,)),
        case=None,
    ),
    "imports_importrow": Wall(reads=rows(*_RUN, jobs=(IMPORTS,)), adds=rows(*_RUN, jobs=(IMPORTS,))),
    # MACs under a key outside the database, and the id of what was made: found by the whole MAC or not at all.
    # What is older than a day is forgotten by whoever comes first, on a connection of nobody.
    "api_idempotencyrecord": Wall(
        reads=rows(SOMEBODY, _OLD), adds=rows(SOMEBODY), changes=rows(SOMEBODY), removes=rows(_OLD), case=None
    ),
    # Whoever is refused leaves an entry, somebody unknown too; nobody of the service reads one.
    "audit_entry": Wall(
        adds=rows(ANYBODY), reviewed=rows(*AUDITED, jobs=(REVIEWS,)), sealed=True, case=None, tells=MENTIONS
    ),
    # A reviewer sees no item about what they did themselves; once they are asked, they see it as anybody does.
    "review_reviewitem": Wall(
        reads=rows(*ITEM, jobs=(REVIEWS, TRANSPARENCY)), adds=rows(jobs=(REVIEWS,)), changes=rows(*ITEM)
    ),
    **FIGURES,
    "review_historicalreviewitem": Wall(reads=rows(*ITEM), adds=rows(*ITEM, jobs=(REVIEWS,))),
}
