"""Each entry that committed has one place in its log, in the order of transactions; one that did not has none."""

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from audit import sealer
from audit.log_keys import LogKeyChanged
from audit.models import NATIONAL, Log, Node
from audit.sealer import seal, tree_of
from audit.verify import root_of
from backend.database_roles import APP
from tests.audit.sealing.conftest import Admin, leaves_of, root_as_defined
from tests.databases import Clone
from tests.sealed import add

pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.usefixtures("apart")]
INSERT = "INSERT INTO audit_entry ({names}) VALUES ({places})"


@pytest.fixture
def log() -> UUID:
    return uuid4()


def state(admin: Admin) -> tuple[int, int]:
    (found,) = admin.execute("SELECT bound, system FROM audit_sealing").fetchall()
    return found


def test_entries_of_two_logs_get_dense_places_in_their_order(log: UUID) -> None:
    other = uuid4()
    written = [(team, add(team, count)) for team, count in ((log, 3), (other, 2), (log, 1))]
    assert seal() >= 6
    mine = [entry.id for team, entries in written for entry in entries if team == log]
    assert leaves_of(log) == mine
    assert len(leaves_of(other)) == 2


def test_a_second_round_finds_nothing_and_later_entries_come_behind(log: UUID) -> None:
    first = add(log, 2)
    seal()
    assert seal() == 0
    second = add(log)
    assert seal() == 1
    assert leaves_of(log) == [entry.id for entry in [*first, *second]]


def test_a_transaction_under_way_holds_back_what_came_after_it(apart: Clone, log: UUID) -> None:
    with psycopg.connect(apart.url(APP)) as slow:
        held = copied(slow, log)
        later = add(log)
        seal()
        assert leaves_of(log) == []
        slow.commit()
    seal()
    assert leaves_of(log) == [held, later[0].id]


def copied(connection: Any, log: UUID) -> UUID:
    """Insert one entry on a connection of one's own, in its transaction, and return its id."""
    entry, raw = add(uuid4())[0], uuid4()
    names = [str(field.column) for field in entry._meta.concrete_fields]
    values = {name: getattr(entry, name) for name in names} | {"id": raw, "log": log}
    statement = INSERT.format(names=", ".join(names), places=", ".join(["%s"] * len(names)))
    connection.execute(statement, list(values.values()))
    return raw


def test_what_was_rolled_back_leaves_no_gap(log: UUID) -> None:
    first = add(log)
    with transaction.atomic():
        add(log, 5)
        transaction.set_rollback(True)
    second = add(log)
    seal()
    assert leaves_of(log) == [first[0].id, second[0].id]


def test_a_round_that_fails_half_way_has_done_nothing(log: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    written = add(log, 3)
    with monkeypatch.context() as broken:
        broken.setattr(sealer, "_NODES", "COPY audit_node (no_such_column) FROM STDIN")
        with pytest.raises(psycopg.errors.UndefinedColumn):
            seal()
    assert leaves_of(log) == []
    seal()
    assert leaves_of(log) == [entry.id for entry in written]


@pytest.mark.parametrize("most", [1, 4])
def test_a_long_backlog_is_taken_in_pieces(log: UUID, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    seal()
    written = [entry for count in (4, 1, 5) for entry in add(log, count)]
    monkeypatch.setattr(sealer, "MOST", most)
    assert seal() == 10
    assert set(leaves_of(log)) == {entry.id for entry in written}
    assert seal() == 0


def test_in_another_cluster_every_entry_is_looked_at_once(admin: Admin, log: UUID) -> None:
    """A restored copy: its numbers of transactions were counted elsewhere and may be far ahead."""
    seal()
    (entry,) = add(log)
    _, system = state(admin)
    admin.execute("UPDATE audit_sealing SET system = 1, bound = 2::bigint ^ 50")
    assert seal() >= 1
    assert leaves_of(log) == [entry.id]
    bound, there = state(admin)
    assert (bound < 2**50, there) == (True, system)


def test_the_tree_is_the_one_of_the_rfc_and_its_subtrees_are_kept(log: UUID) -> None:
    hashes = [sha256(b"\x00" + entry.body).digest() for entry in add(log, 300) + add(log, 300)]
    seal()
    found = Log.objects.using("sealer").get(id=log)
    assert root_of(tree_of(found).hashes) == root_as_defined(hashes)
    nodes = (
        Node.objects.using("sealer").filter(log=found).order_by("index").values_list("level", "index", "hash")
    )
    kept = [(8, at, root_as_defined(hashes[at * 256 : at * 256 + 256])) for at in (0, 1)]
    assert [(level, index, bytes(value)) for level, index, value in nodes] == kept


def test_the_log_names_itself_and_the_national_one_is_there_too(log: UUID) -> None:
    add(log)
    add(NATIONAL)
    seal()
    assert Log.objects.using("sealer").get(id=log).origin == f"{settings.SPONA_LOG_NAME}/{log}"
    assert Log.objects.using("sealer").filter(id=NATIONAL, size__gt=0).exists()


def test_another_key_seals_nothing_of_a_log_that_was_begun(
    log: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal()
    first = add(log)
    seal()
    second = add(log)
    with monkeypatch.context() as other:
        other.setattr(settings, "SPONA_LOG_KEY", b"o" * 32)
        with pytest.raises(LogKeyChanged):
            seal()
    assert leaves_of(log) == [first[0].id]
    seal()
    assert leaves_of(log) == [first[0].id, second[0].id]


def test_what_somebody_wrote_past_the_service_is_sealed_and_reported(
    admin: Admin, log: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    """The copy's `id` and `log` are not those of its bytes."""
    forged = copied(admin, log)
    with caplog.at_level("ERROR", logger="spona.audit"):
        seal()
    assert leaves_of(log) == [forged]
    assert [(one.message, one.__dict__["count"]) for one in caplog.records] == [("entry_not_genuine", 1)]
