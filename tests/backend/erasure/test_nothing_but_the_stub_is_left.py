"""After an erasure each column of each row of the case is blank, or is named here as what stays, and why."""

from typing import Any, Final

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from backend import asker
from backend.cases import break_glass, duplicates
from backend.cases.exclusions import ExclusionTerms, exclude
from backend.cases.models import Case, CaseGrant, Notification
from backend.cases.models.case import OfCase
from backend.cases.notes import add_note
from backend.encryption.models import ErasedOwner, WrappedKey
from backend.referrals import asking as questions
from backend.referrals.models import Referral
from backend.teams.models import Organisation
from backend.teams.models.places import NO_ORGANISATION
from backend.work.schedule import JOBS
from tests.backend.erasure.steps import confirmed, erased
from tests.backend.referrals.loops import CLASSES, Loop, opened
from tests.world import actor

Admin = psycopg.Connection[Any]
WORD: Final = "hrastovina"
# Proof of lawful processing (three years), who looked and who judged it, and the erasure itself.
KEPT: Final = {
    "cases_consent", "cases_consentrecipient", "cases_withdrawal", "cases_safeguardingbasis", "cases_disclosure",
    "cases_breakglass", "cases_historicalbreakglass", "review_reviewitem", "review_historicalreviewitem",
    "cases_historicalsafeguardingbasis", "rights_rightsrequest", "rights_historicalrightsrequest",
    "cases_merge", "erasure_erasure", "imports_importrow",
    # Whoever was shut out stays so: to them not even the stub is there.
    "cases_shutout", "cases_exclusionlift",
}  # fmt: skip
REMOVED: Final = {"cases_casegrant", "cases_notification", "cases_duplicatetag", "cases_duplicatehint"}
# What the stub is: ids, codes, counters, and the words of the table of steps.
STUB: Final = {
    "id", "case_id", "team_id", "code", "number", "version", "revision", "status", "history_id", "history_type",
    "data_class", "narrative_revision", "appointment_revision", "service_revision",
    "referral_id", "kind", "verb", "side", "from_status",
    "to_status", "asked_by_side",
}  # fmt: skip
# That somebody looked stays, as do the look itself and its review; what was written of it does not.
LOOKED: Final = {"cases_looktext.look_id", "cases_looktext.person_id"}
PAST: Final = {"1970-01-01", "1970-01-01T00:00:00+00:00"}
BLANK: Final = (None, "", [], False, "\\x", str(NO_ORGANISATION), "00000000-0000-0000-0000-000000000000")
WITH_CASE: Final = """
    SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_name)
    WHERE c.table_schema = 'public' AND c.column_name = 'case_id' AND t.table_type = 'BASE TABLE'
"""


def rows_of(admin: Admin, table: str, case: Case) -> list[dict[str, Any]]:
    column = "id" if table in {"cases_case", "cases_historicalcase"} else "case_id"
    text = sql.SQL("SELECT to_jsonb(t) FROM {} t WHERE {} = %s")
    admin.execute("SET timezone = 'UTC'")
    found = admin.execute(text.format(sql.Identifier(table), sql.Identifier(column)), [case.pk])
    return [row for (row,) in found]


def twice_noted(loop: Loop) -> None:
    """Note the same phrase on another case too, and let the job compare them."""
    for case in (loop.case, opened(loop.town).case):
        duplicates.note_phrase(loop.centre, case, phrase=f"zvali su je {WORD}")
    job = next(one for one in JOBS if one.name == "duplicates")
    job.run(job.actor)


def told_everything(loop: Loop) -> None:
    """Let as much happen to the case as there are tables."""
    town = loop.town
    loop.agree(town.clinic, classes=(*CLASSES, "narrative"))
    referral = loop.started(narrative=f"Molimo za prijem, {WORD}.")
    questions.ask(loop.clinic, referral, question_code="insurance", note=f"Pitanje, {WORD}.")
    loop.refer(town.society, need_id=loop.needs()["housing"][0])
    loop.refer(town.society, need_id=loop.needs()["housing"][0], send=False)
    add_note(loop.centre, loop.case, organisation_id=town.centre.id, text=f"Razgovor, {WORD}.")
    terms = ExclusionTerms(organisation_id=town.ward.id, reason=f"Partner radi tamo, {WORD}.")
    exclude(loop.centre, loop.case, terms=terms, organisation_id=town.centre.id)
    twice_noted(loop)
    break_glass.request(
        actor(town.outreach), loop.case, reason="danger_to_life", text=f"Hitna poseta danas, {WORD}."
    )


def test_every_column_is_blank_or_named(loop: Loop, admin: Admin) -> None:
    told_everything(loop)
    row = erased(loop)
    tables = {name for (name,) in admin.execute(WITH_CASE)} | {"cases_case", "cases_historicalcase"}
    left = {}
    for table in sorted(tables - KEPT):
        for found in rows_of(admin, table, loop.case):
            for column, value in found.items():
                if column not in STUB and value not in BLANK and value not in PAST:
                    left[f"{table}.{column}"] = value
    assert left.keys() == LOOKED
    filled = {table for table in tables - KEPT if rows_of(admin, table, loop.case)}
    assert (
        filled | REMOVED
        >= {model._meta.db_table for model in apps.get_models() if issubclass(model, OfCase)} - KEPT
    )
    assert {name for name, many in row.counts.items() if many} == filled | REMOVED


def test_grants_and_what_was_told_of_it_are_gone(loop: Loop, admin: Admin) -> None:
    told_everything(loop)
    about = {loop.case.pk, *Referral.objects.filter(case=loop.case).values_list("pk", flat=True)}
    erased(loop)
    assert not CaseGrant.objects.filter(content_object_id=loop.case.pk).exists()
    kinds = set(Notification.objects.filter(object_id__in=about).values_list("kind", flat=True))
    assert kinds == {"case.erased", "referral.erased"}


def test_whoever_had_a_referral_hears_of_its_end_by_its_id(loop: Loop) -> None:
    referral = loop.started()
    erased(loop)
    told = Notification.objects.filter(object_id=referral.pk)
    assert [(one.kind, one.organisation_id, one.service_code) for one in told] == [
        ("referral.erased", loop.town.clinic.id, None)
    ]


def test_a_look_under_way_ends(loop: Loop) -> None:
    look = break_glass.request(
        actor(loop.town.outreach), loop.case, reason="danger_to_life", text="Hitna poseta, odmah."
    )
    erased(loop)
    look.refresh_from_db()
    assert look.ended_at is not None


def test_the_key_is_gone_and_the_ledger_says_so(loop: Loop) -> None:
    row = erased(loop)
    assert not WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    line = ErasedOwner.objects.get(owner_id=loop.case.pk)
    assert (line.team_id, line.kind, line.erasure_id) == (loop.town.team.id, "case", row.pk)


def test_another_case_stays_as_it_was(loop: Loop, admin: Admin) -> None:
    other = opened(loop.town)
    told_everything(other)
    tables = ("cases_case", "cases_casefacts", "referrals_referral", "referrals_referralevent", "cases_note")
    before = [rows_of(admin, table, other.case) for table in tables]
    erased(loop)
    assert [rows_of(admin, table, other.case) for table in tables] == before
    assert WrappedKey.objects.filter(owner_id=other.case.pk).exists()


def test_the_stand_in_is_nobody_that_anybody_finds(loop: Loop) -> None:
    erased(loop)
    assert not Organisation.objects.filter(pk=NO_ORGANISATION).exists()
    stands_in: Any = Organisation._base_manager.get(pk=NO_ORGANISATION)
    assert (stands_in.is_active, stands_in.has_accounts, stands_in.sector) == (False, False, "")


def blank(case: Case, *, job: str) -> None:
    with asker.working_as(job), connection.cursor() as cursor:
        cursor.execute("SELECT spona.erase_case(%s)", [case.pk])


@pytest.mark.parametrize("job", ["", "erasures", "withdrawals"])
def test_nobody_blanks_a_case_that_is_not_being_erased(loop: Loop, job: str) -> None:
    confirmed(loop)
    with pytest.raises(Exception, match="no erasure of this case"), transaction.atomic():
        blank(loop.case, job=job)
    loop.case.refresh_from_db()
    assert loop.case.spoken_name


def test_what_was_erased_is_not_blanked_once_more(loop: Loop) -> None:
    erased(loop)
    with pytest.raises(Exception, match="no erasure of this case"), transaction.atomic():
        blank(loop.case, job=asker.ERASURES)
