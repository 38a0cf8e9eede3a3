"""Data keys on the real keys database: durable at once, useless once moved, gone when destroyed."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction
from django.db.models import F

from backend.encryption import vault
from backend.encryption.cipher import IntegrityFailure
from backend.encryption.keyring import RootKeys, RootKeyUnusable, create_root
from backend.encryption.models import WrappedKey
from tests.backend.encryption.samples import NARRATIVE

pytestmark = pytest.mark.database
LABEL = "referral.narrative"


@pytest.fixture
def team(roots: RootKeys) -> UUID:
    team_id = uuid4()
    create_root(team_id)
    return team_id


@pytest.fixture
def case(team: UUID) -> UUID:
    case_id = uuid4()
    vault.create_key(owner_id=case_id, team_id=team)
    return case_id


def sealed(case: UUID, record: UUID, value: str = NARRATIVE) -> bytes:
    return vault.seal_for(owner_id=case, record_id=record, label=LABEL, revision=1, value=value)


def opened(case: UUID, record: UUID, envelope: bytes) -> object:
    return vault.open_for(owner_id=case, record_id=record, label=LABEL, envelope=envelope)


def row(case: UUID) -> WrappedKey:
    return WrappedKey.objects.get(owner_id=case)


def close_in_thread() -> None:
    connections["keys"].close()


def test_what_is_sealed_for_a_case_opens_for_that_case(case: UUID) -> None:
    record = uuid4()
    assert opened(case, record, sealed(case, record)) == NARRATIVE


def test_a_floor_reaches_the_envelope(case: UUID) -> None:
    envelope = vault.seal_for(
        owner_id=case, record_id=uuid4(), label=LABEL, revision=1, value=None, floor=1024
    )
    assert len(envelope) == 96 + 1024


def test_nothing_in_the_row_opens_without_the_root_key(case: UUID, roots: RootKeys, team: UUID) -> None:
    assert len(row(case).wrapped) == 60
    record = uuid4()
    envelope = sealed(case, record)
    roots.path(team, 1).rename(roots.folder / "with-the-custodian")
    with pytest.raises(RootKeyUnusable):
        opened(case, record, envelope)


def test_the_key_is_durable_before_the_case_commits(team: UUID) -> None:
    case = uuid4()
    with transaction.atomic(using="default"):
        vault.create_key(owner_id=case, team_id=team)
        transaction.set_rollback(True, using="default")
    assert row(case).team_id == team


def test_a_key_in_an_open_transaction_would_not_be_durable(team: UUID) -> None:
    with transaction.atomic(using="keys"), pytest.raises(RuntimeError, match="durable"):
        vault.create_key(owner_id=uuid4(), team_id=team)
    with transaction.atomic(using="keys"), pytest.raises(RuntimeError, match="durable"):
        vault.destroy(owner_id=uuid4())


def test_creating_twice_changes_nothing(case: UUID, team: UUID) -> None:
    record = uuid4()
    envelope, before = sealed(case, record), bytes(row(case).wrapped)
    vault.create_key(owner_id=case, team_id=team)
    assert bytes(row(case).wrapped) == before
    assert opened(case, record, envelope) == NARRATIVE


def test_of_many_creators_at_once_one_key_remains(team: UUID) -> None:
    case = uuid4()

    def create(_number: int) -> None:
        vault.create_key(owner_id=case, team_id=team)
        close_in_thread()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(create, range(12)))
    assert WrappedKey.objects.filter(owner_id=case).count() == 1


def test_the_database_itself_refuses_a_second_key_of_one_generation(case: UUID) -> None:
    with pytest.raises(IntegrityError):
        WrappedKey(owner_id=case, root_generation=1, wrapped=bytes(60)).save(force_insert=True)


@pytest.mark.parametrize("wrong", [{"generation": 0}, {"generation": 65_536}, {"root_generation": 0}])
def test_the_database_itself_refuses_a_generation_out_of_range(wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError):
        WrappedKey(owner_id=uuid4(), wrapped=bytes(60), **{"root_generation": 1, **wrong}).save()


def test_a_new_case_uses_the_newest_root_and_old_ones_keep_theirs(
    case: UUID, team: UUID, roots: RootKeys
) -> None:
    roots.create(team, generation=2)
    newer, record = uuid4(), uuid4()
    vault.create_key(owner_id=newer, team_id=team)
    assert (row(case).root_generation, row(newer).root_generation) == (1, 2)
    for owner in (case, newer):
        assert opened(owner, record, sealed(owner, record)) == NARRATIVE


def test_the_platform_has_keys_without_a_team(roots: RootKeys) -> None:
    create_root(None)
    owner = uuid4()
    vault.create_key(owner_id=owner, team_id=None)
    assert row(owner).team_id is None
    assert opened(owner, owner, sealed(owner, owner)) == NARRATIVE


def test_a_team_without_a_root_key_gets_no_case_key(roots: RootKeys) -> None:
    case = uuid4()
    with pytest.raises(RootKeyUnusable):
        vault.create_key(owner_id=case, team_id=uuid4())
    assert not WrappedKey.objects.filter(owner_id=case).exists()


def test_a_destroyed_key_is_gone_for_good(case: UUID) -> None:
    record = uuid4()
    envelope = sealed(case, record)
    assert vault.destroy(owner_id=case) is True
    for use in (lambda: opened(case, record, envelope), lambda: sealed(case, record)):
        with pytest.raises(vault.KeyGone, match="destroyed"):
            use()
    assert vault.destroy(owner_id=case) is False


def test_a_new_key_for_an_erased_case_opens_nothing_old(case: UUID, team: UUID) -> None:
    record = uuid4()
    envelope = sealed(case, record)
    vault.destroy(owner_id=case)
    vault.create_key(owner_id=case, team_id=team)
    with pytest.raises(IntegrityFailure):
        opened(case, record, envelope)


def test_destroying_one_key_leaves_the_others(case: UUID, team: UUID) -> None:
    other, record = uuid4(), uuid4()
    vault.create_key(owner_id=other, team_id=team)
    envelope = sealed(other, record)
    vault.destroy(owner_id=case)
    assert opened(other, record, envelope) == NARRATIVE


def test_an_envelope_of_another_case_or_record_does_not_open(case: UUID, team: UUID) -> None:
    other, record = uuid4(), uuid4()
    vault.create_key(owner_id=other, team_id=team)
    envelope = sealed(case, record)
    for owner, place in ((other, record), (case, uuid4())):
        with pytest.raises(IntegrityFailure):
            opened(owner, place, envelope)


@pytest.mark.parametrize("forged", [b"", b"heroin", bytes(160)])
def test_what_is_no_envelope_does_not_open(case: UUID, forged: bytes) -> None:
    with pytest.raises(IntegrityFailure):
        opened(case, uuid4(), forged)


def test_a_wrapped_key_moved_to_another_row_opens_nothing(case: UUID, team: UUID) -> None:
    """Whoever can write to the keys database cannot make one case's key serve another."""
    other, record = uuid4(), uuid4()
    vault.create_key(owner_id=other, team_id=team)
    envelope = sealed(case, record)
    WrappedKey.objects.filter(owner_id=other).update(wrapped=bytes(row(case).wrapped))
    with pytest.raises(IntegrityFailure):
        opened(other, record, envelope)


def test_a_row_given_to_another_team_opens_nothing(
    case: UUID, roots: RootKeys, keys_admin: psycopg.Connection
) -> None:
    thief, record = uuid4(), uuid4()
    create_root(thief)
    envelope = sealed(case, record)
    keys_admin.execute("UPDATE encryption_wrappedkey SET team_id = %s WHERE owner_id = %s", (thief, case))
    with pytest.raises(IntegrityFailure):
        opened(case, record, envelope)


@pytest.mark.parametrize("column", ["owner_id", "team_id", "generation", "created_at", "id"])
def test_the_service_changes_of_a_wrapped_key_what_a_rotation_changes(case: UUID, column: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        WrappedKey.objects.filter(owner_id=case).update(**{column: F(column)})
    assert WrappedKey.objects.filter(owner_id=case).update(root_generation=F("root_generation")) == 1


def test_the_driver_stores_an_envelope_as_it_is(case: UUID) -> None:
    envelope = sealed(case, uuid4())
    with connections["keys"].cursor() as cursor:
        cursor.execute("SELECT %s::bytea", [connections["keys"].Database.Binary(envelope)])
        assert bytes(cursor.fetchone()[0]) == bytes(envelope)
