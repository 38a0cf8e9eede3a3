"""Re-keying: everything of a case opens as before, under a new key alone; what is in its way only makes it wait."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from backend import asker
from backend.cases.facts import change_items
from backend.cases.history import read_history
from backend.cases.models import Case, CaseFacts
from backend.cases.reading import nothing_referred, read_facts
from backend.encryption import generations, vault
from backend.encryption.models import WrappedKey
from backend.keys import rekeying, waiting
from backend.keys.system import KeysBusy, changing_keys
from tests.backend.keys.conftest import quiet
from tests.backend.keys.filled import all_of, filled, fresh, opens
from tests.backend.referrals.loops import Loop, opened
from tests.databases import Clones
from tests.world import Town, by_hand

pytestmark = pytest.mark.database


def keys_of(case: Case) -> list[WrappedKey]:
    return generations.of_owners([case.id])[case.id]


def rekey(*cases: Case, **more: Any) -> rekeying.Rekeyed:
    return rekeying.rekey([case.id for case in cases], progress=quiet, **more)


def test_everything_opens_as_before_under_the_new_key_alone(town: Town, admin: psycopg.Connection) -> None:
    case = filled(town).case
    before = {(one.column.name, one.key): (opens(one), len(one.envelope)) for one in all_of([case.id])}
    rows = admin.execute("SELECT version FROM cases_case WHERE id = %s", (case.id,)).fetchall()
    old = keys_of(case)
    done = rekey(case)
    assert (done.cases, done.envelopes, done.failed, done.destroyed) == (1, len(before), (), 1)
    [new] = keys_of(case)
    assert (new.generation, new.id != old[0].id) == (2, True)
    after = all_of([case.id])
    assert {(one.column.name, one.key): (opens(one), len(one.envelope)) for one in after} == before
    assert {one.envelope[8:24] for one in after} == {new.id.bytes}
    assert admin.execute("SELECT version FROM cases_case WHERE id = %s", (case.id,)).fetchall() == rows


def test_it_is_an_entry_and_no_change_in_the_history(town: Town, admin: psycopg.Connection) -> None:
    loop = opened(town)
    change_items(loop.centre, loop.case, given={"sex": "2"})
    before = read(loop)
    rekey(loop.case)
    assert read(loop) == before
    [(actor, purpose)] = admin.execute(
        "SELECT actor_id::text, convert_from(body, 'UTF8')::jsonb -> 'facts' ->> 'purpose' FROM audit_entry"
        " WHERE verb = 'case.rekeyed' AND object_id = %s AND log = %s",
        (str(loop.case.id), town.team.id),
    ).fetchall()
    assert (actor, purpose) == ("5b0a0000-0000-4000-8000-000000000021", "rekeying")


def read(loop: Loop) -> Any:
    return read_history(
        loop.centre, fresh(loop.case), needs_referred=nothing_referred, received_at=lambda _ids: None
    )


def test_it_goes_on_with_what_an_earlier_run_began(town: Town) -> None:
    one, other = opened(town).case, opened(town).case
    generations.add([one.id])
    assert rekey(one, other).cases == 1
    assert [row.generation for row in keys_of(one)] == [2]
    assert [row.generation for row in keys_of(other)] == [1]
    assert rekey(one, other).cases == 2


def test_old_keys_are_kept_until_a_run_without_that_word(town: Town) -> None:
    case = opened(town).case
    assert rekey(case, keep_old=True).destroyed == 0
    assert [row.generation for row in keys_of(case)] == [1, 2]
    done = rekey(case)
    assert (done.envelopes, done.destroyed) == (0, 1)
    assert [row.generation for row in keys_of(case)] == [2]


def test_a_request_that_looked_the_old_keys_up_before_reads_on(town: Town) -> None:
    loop = opened(town)
    with vault.lookup([loop.case.id]):
        beside(lambda: rekey(loop.case))
        assert read_facts(loop.centre, fresh(loop.case)).items["sex"] == "1"


def test_it_waits_for_a_writer_with_the_old_key_and_seals_what_it_left(town: Town) -> None:
    """The writer began before: it seals under the old key, after the new one was stored, and commits late."""
    loop = opened(town)
    run = Thread(target=lambda: beside(lambda: rekey(loop.case)))
    with transaction.atomic(), vault.lookup([loop.case.id]):
        change_items(loop.centre, loop.case, given={"sex": "2"})
        run.start()
        run.join(timeout=0.3)
        assert run.is_alive()
        change_items(loop.centre, fresh(loop.case), given={"age_band": "25-29"})
    run.join(timeout=10)
    assert not run.is_alive()
    found = read_facts(loop.centre, fresh(loop.case)).items
    assert (found["sex"], found["age_band"]) == ("2", "25-29")
    [new] = keys_of(loop.case)
    assert {one.envelope[8:24] for one in all_of([loop.case.id])} == {new.id.bytes}
    assert all(opens(one) is not None for one in all_of([loop.case.id]))


def test_a_transaction_that_never_ends_is_not_waited_for_for_ever(town: Town) -> None:
    with transaction.atomic():
        read_facts(opened(town).centre, opened(town).case)
        with pytest.raises(waiting.StillOpen):
            waiting.until_all_have_ended(patience=0.05)
    waiting.until_all_have_ended(patience=5)


def test_what_does_not_open_stays_with_its_key_and_is_named(town: Town, admin: psycopg.Connection) -> None:
    case, whole = opened(town).case, opened(town).case
    broken = CaseFacts.objects.get(case=case, data_class="health")
    damage = bytearray(broken.envelope)
    damage[-1] ^= 1
    admin.execute("UPDATE cases_casefacts SET envelope = %s WHERE id = %s", (bytes(damage), broken.pk))
    done = rekey(case, whole)
    assert [(one.column.name, one.key) for one in done.failed] == [("cases_casefacts.envelope", broken.pk)]
    assert [row.generation for row in keys_of(case)] == [1, 2]
    assert [row.generation for row in keys_of(whole)] == [2]
    assert len([one for one in all_of([case.id]) if one.envelope[8:24] == keys_of(case)[0].id.bytes]) == 1


def test_an_erased_case_gets_no_key_back(town: Town) -> None:
    case = opened(town).case
    vault.destroy(owner_id=case.id)
    assert rekey(case) == rekeying.Rekeyed(0, 0, (), 0)
    assert generations.of_owners([case.id]) == {}


def test_a_case_erased_on_the_way_stays_erased(town: Town) -> None:
    case = opened(town).case
    generations.add([case.id])
    vault.destroy(owner_id=case.id)
    assert rekey(case).cases == 0
    assert generations.of_owners([case.id]) == {}


def test_only_one_at_a_time(town: Town) -> None:
    case = opened(town).case
    with changing_keys(), pytest.raises(KeysBusy):
        beside(lambda: rekey(case))


def beside(ask: Callable[[], Any]) -> None:
    """Ask as another process would: on connections of its own, with nothing at hand. Its exception comes back."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(ask)
        pool.submit(connections.close_all).result(timeout=20)
    done.result()


OTHER = "UPDATE cases_casefacts SET data_class = 'x' WHERE case_id = %s"
NULLED = "UPDATE cases_consent SET remark = NULL WHERE case_id = %s"
LEDGER = "UPDATE cases_consent SET how = 'spoken' WHERE case_id = %s"
CASE = "UPDATE cases_case SET urgency = 'crisis' WHERE id = %s"
LONGER = "UPDATE cases_casefacts SET envelope = envelope || envelope WHERE case_id = %s"
REVISED = "UPDATE cases_casefacts SET envelope = set_byte(envelope, 7, 9) WHERE case_id = %s"
HISTORY = "UPDATE cases_historicalcasefacts SET history_user_id = NULL WHERE case_id = %s"
GONE = "DELETE FROM cases_historicalcasefacts WHERE case_id = %s"


@pytest.mark.parametrize(
    "statement", [OTHER, NULLED, LEDGER, CASE, LONGER, REVISED, HISTORY],
    ids=["column", "null", "ledger", "case", "longer", "revision", "history"],
)  # fmt: skip
def test_the_job_changes_an_envelope_for_its_like_and_nothing_else(town: Town, statement: str) -> None:
    case = filled(town).case
    with pytest.raises(DatabaseError), asker.working_as(asker.REKEYING), by_hand():
        connection.cursor().execute(statement, [case.id])


def test_nobody_else_changes_a_history_or_a_ledger(town: Town, database: Clones) -> None:
    case = opened(town).case
    with psycopg.connect(database.main.url("spona_app"), autocommit=True) as service:
        for job in ("", "imports", "rekeying"):
            service.execute("SELECT spona.enter(NULL, NULL, %s)", (job,))
            statement = "UPDATE cases_historicalcasefacts SET envelope = envelope WHERE case_id = %s"
            assert service.execute(statement, (case.id,)).rowcount == 0
            assert service.execute(GONE, (case.id,)).rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            service.execute("UPDATE cases_consent SET how = how WHERE id = %s", (uuid4(),))
