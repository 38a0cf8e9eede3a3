"""Without its key a case cannot be read; an erased one answers that it is gone; a failed opening leaves nothing."""

from typing import Any

import psycopg
import pytest

from backend.cases.consents import record_consent
from backend.cases.facts import change_items
from backend.cases.models import Case, CaseFacts
from backend.cases.reading import read_facts
from backend.cases.reveal import reveal
from backend.cases.steps import reopen, triage
from backend.encryption import vault
from backend.encryption.envelope import IntegrityFailure
from backend.encryption.models import WrappedKey
from backend.encryption.vault import KeyGone
from backend.errors import Gone, Invalid
from tests.backend.cases.papers import Open, entries, full, terms
from tests.world import Town, actor


def erased(admin: psycopg.Connection[Any], case: Case) -> Case:
    admin.execute("UPDATE cases_case SET status = 'erased' WHERE id = %s", (case.id,))
    case.refresh_from_db()
    return case


def test_without_its_key_a_case_is_not_read_and_not_said_to_be(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened(items={"sex": "1"})
    vault.destroy(owner_id=case.id)
    with pytest.raises(KeyGone):
        read_facts(actor(town.outreach), case)
    assert ("case.read", "success") not in entries(admin, case.id)


def test_an_erased_case_is_gone_for_every_question(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = erased(admin, opened())
    by, chair = actor(town.outreach), actor(town.coordinator)
    for ask in (
        lambda: read_facts(by, case),
        lambda: reveal(by, case, fields=["note:x"], purpose="direct_work"),
        lambda: change_items(by, case, given={"sex": "1"}),
        lambda: record_consent(by, case, terms=full(town.society), organisation_id=town.society.id),
        lambda: reopen(chair, case),
        lambda: triage(chair, case, outcome="agenda"),
    ):
        with pytest.raises(Gone):
            ask()


def test_rows_that_change_places_do_not_open(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    first, second = opened(items={"sex": "1"}), opened(items={"sex": "2"})
    admin.execute(
        "UPDATE cases_casefacts SET envelope = (SELECT envelope FROM cases_casefacts WHERE case_id = %s AND"
        " data_class = 'basic_profile') WHERE case_id = %s AND data_class = 'basic_profile'",
        (second.id, first.id),
    )
    with pytest.raises(IntegrityFailure):
        read_facts(actor(town.outreach), first)


def test_classes_that_change_places_do_not_open(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    case = opened(items={"sex": "1", "hiv_test": "1"}, consent=full(town.society))
    admin.execute(
        "UPDATE cases_casefacts SET envelope = (SELECT envelope FROM cases_casefacts WHERE case_id = %s AND"
        " data_class = 'health') WHERE case_id = %s AND data_class = 'basic_profile'",
        (case.id, case.id),
    )
    with pytest.raises(IntegrityFailure):
        read_facts(actor(town.coordinator), case)


def test_a_refused_opening_leaves_no_row_and_no_entry(
    town: Town, opened: Open, admin: psycopg.Connection[Any]
) -> None:
    before = admin.execute("SELECT count(*) FROM audit_entry WHERE log = %s", (town.team.id,)).fetchone()
    _ = town.society, town.centre, town.outreach
    with pytest.raises(Invalid):
        opened(consent=terms(town.society, how="telepathy"))
    assert not Case.objects.filter(team=town.team).exists()
    assert not CaseFacts.objects.filter(team=town.team).exists()
    verbs = admin.execute("SELECT verb FROM audit_entry WHERE log = %s", (town.team.id,)).fetchall()
    assert ("case.opened",) not in verbs
    assert before is not None


def test_the_worst_that_remains_is_a_key_without_a_case(town: Town, opened: Open) -> None:
    _ = town.outreach
    with pytest.raises(Invalid):
        opened(consent=terms(town.society, given_by="nobody"))
    left = WrappedKey.objects.using("keys").filter(team_id=town.team.id)
    assert left.count() <= 1
