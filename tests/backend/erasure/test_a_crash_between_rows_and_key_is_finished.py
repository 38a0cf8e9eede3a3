"""The rows are blank and the key is still there: the worker finishes it, the start does not refuse, once is enough."""

import pytest
from django.db import DatabaseError

from backend.encryption import ledger
from backend.encryption.models import ErasedOwner, WrappedKey
from backend.erasure import executing
from backend.erasure.checks import nothing_is_outstanding
from backend.erasure.models import Erasure
from backend.work.schedule import JOBS
from tests.backend.erasure.steps import confirmed, erased
from tests.backend.referrals.loops import Loop

JOB = next(one for one in JOBS if one.name == "erasures")


def crash(*_args: object, **_kwargs: object) -> int:
    raise DatabaseError


def half_done(loop: Loop, patch: pytest.MonkeyPatch) -> Erasure:
    row = confirmed(loop)
    with patch.context() as broken:
        broken.setattr(ledger, "destroy", crash)
        executing.execute(loop.coordinator, row)
    row.refresh_from_db()
    return row


def test_the_request_is_answered_and_the_worker_ends_it(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    row = half_done(loop, monkeypatch)
    assert row.executed_at is not None
    assert row.destroyed_at is None
    assert WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert JOB.run(JOB.actor) >= 1
    row.refresh_from_db()
    assert row.destroyed_at is not None
    assert not WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert JOB.run(JOB.actor) == 0


def test_a_start_after_a_crash_refuses_nothing(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    half_done(loop, monkeypatch)
    assert nothing_is_outstanding() == []


def test_a_crash_after_the_key_is_finished_too(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    row = half_done(loop, monkeypatch)
    ledger.destroy(owner_id=loop.case.pk, team_id=loop.town.team.pk, erasure_id=row.pk)
    assert nothing_is_outstanding() == []
    assert executing.finish(row.pk) is True
    assert executing.finish(row.pk) is False


def test_ledger_and_end_of_the_keys_stand_or_fall_together(
    loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = confirmed(loop)
    with monkeypatch.context() as broken:
        broken.setattr(ledger.ErasedOwner.objects, "using", crash)
        executing.execute(loop.coordinator, row)
    assert WrappedKey.objects.filter(owner_id=loop.case.pk).exists()
    assert not ErasedOwner.objects.filter(owner_id=loop.case.pk).exists()
    executing.finish(row.pk)


def test_an_act_that_fails_leaves_everything(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    row = confirmed(loop)
    with monkeypatch.context() as broken:
        broken.setattr(executing, "blank", crash)
        with pytest.raises(DatabaseError):
            executing.execute(loop.coordinator, row)
    row.refresh_from_db()
    loop.case.refresh_from_db()
    assert row.executed_at is None
    assert loop.case.spoken_name


def test_no_key_comes_back_for_what_was_erased(loop: Loop) -> None:
    erased(loop)
    with pytest.raises(executing.ledger.KeyGone), ledger.refused():
        WrappedKey.objects.using("keys").create(
            owner_id=loop.case.pk, team_id=loop.town.team.pk, root_generation=1, wrapped=b"x" * 60
        )
