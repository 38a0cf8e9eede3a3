"""A root key rotates: data keys are wrapped anew, envelopes stay, a run that is cut off is taken up, old files go."""

from itertools import count
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from audit.models import NATIONAL
from backend.encryption import rewrapping, vault
from backend.encryption.keyring import RootKeys, RootKeyUnusable, create_root
from backend.encryption.models import WrappedKey
from backend.keys import rotation
from tests.backend.encryption.samples import NARRATIVE
from tests.backend.keys.conftest import quiet
from tests.world import Town

pytestmark = pytest.mark.database


class Held:
    """A team with data keys and an envelope under each."""

    def __init__(self, team_id: UUID, keys: int) -> None:
        self.team_id = team_id
        self.owners = [uuid4() for _ in range(keys)]
        for owner in self.owners:
            vault.create_key(owner_id=owner, team_id=team_id)
        self.envelopes = {
            owner: vault.seal_for(owner_id=owner, record_id=owner, label="a", revision=1, value=NARRATIVE)
            for owner in self.owners
        }

    def opens(self) -> bool:
        return all(
            vault.open_for(owner_id=owner, record_id=owner, label="a", envelope=envelope, revision=1)
            == NARRATIVE
            for owner, envelope in self.envelopes.items()
        )

    @property
    def roots(self) -> list[int]:
        rows = WrappedKey.objects.filter(owner_id__in=self.owners).order_by("root_generation")
        return list(rows.values_list("root_generation", flat=True))


@pytest.fixture
def held(town: Town, roots: RootKeys) -> Held:
    return Held(town.team.id, 5)


def test_every_data_key_is_wrapped_anew_and_no_envelope_changes(held: Held, roots: RootKeys) -> None:
    done = rotation.rotate(held.team_id, progress=quiet)
    assert done == rotation.Rotated(2, 5, ())
    assert held.roots == [2] * 5
    roots.path(held.team_id, 1).unlink()
    assert held.opens()


def test_each_rotation_is_in_the_log_of_the_team_and_in_the_national_one(
    held: Held, admin: psycopg.Connection
) -> None:
    rotation.rotate(held.team_id, progress=quiet)
    found = admin.execute(
        "SELECT verb, log FROM audit_entry WHERE object_id = %s ORDER BY verb, log", (str(held.team_id),)
    ).fetchall()
    logs = sorted((NATIONAL, held.team_id))
    assert found == [(verb, log) for verb in ("key.root_made", "key.rotated") for log in logs]


def test_a_run_that_was_cut_off_is_taken_up_and_makes_no_other_root(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, batch = count(), rewrapping.rewrap_batch

    def cut_off(team_id: UUID | None, **more: Any) -> Any:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return batch(team_id, **more, size=2)

    monkeypatch.setattr(rewrapping, "rewrap_batch", cut_off)
    with pytest.raises(KeyboardInterrupt):
        rotation.rotate(held.team_id, progress=quiet)
    assert held.roots == [1, 1, 1, 2, 2]
    assert held.opens()
    assert rotation.rotate(held.team_id, progress=quiet) == rotation.Rotated(2, 3, ())
    assert held.roots == [2] * 5


def test_a_root_that_was_put_in_place_by_hand_is_taken_first(held: Held, roots: RootKeys) -> None:
    roots.create(held.team_id, generation=2)
    assert rotation.rotate(held.team_id, progress=quiet).generation == 2
    assert rotation.rotate(held.team_id, progress=quiet).generation == 3


def test_an_erased_owner_stays_erased(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.destroy(owner_id=held.owners[0])
    rotation.rotate(held.team_id, progress=quiet)
    assert held.roots == [2] * 4


def test_one_that_does_not_open_is_named_and_the_others_go_on(held: Held) -> None:
    broken = WrappedKey.objects.get(owner_id=held.owners[0])
    WrappedKey.objects.filter(pk=broken.pk).update(wrapped=bytes(60))
    assert rotation.rotate(held.team_id, progress=quiet) == rotation.Rotated(2, 4, (broken.pk,))
    assert held.roots == [1, 2, 2, 2, 2]


def test_a_lost_root_stops_nothing_but_its_own(held: Held, roots: RootKeys) -> None:
    roots.path(held.team_id, 1).unlink()
    roots.create(held.team_id, generation=2)
    assert len(rotation.rotate(held.team_id, progress=quiet).failed) == 5


def test_a_request_that_looked_the_row_up_before_finds_the_new_root(held: Held, roots: RootKeys) -> None:
    with vault.lookup(held.owners):
        assert held.opens()
        rotation.rotate(held.team_id, progress=quiet)
        rotation.retire(held.team_id, 1)
        assert held.opens()
        owner = held.owners[0]
    with vault.lookup([owner]):
        rotation.rotate(held.team_id, progress=quiet)
        rotation.retire(held.team_id, 2)
        assert vault.seal_for(owner_id=owner, record_id=owner, label="a", revision=1, value="x")


def test_a_key_made_while_the_root_rotates_ends_under_the_new_one(
    town: Town, roots: RootKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was wrapped before the new file was there, and stored after the rotation had looked."""
    made = vault.new_key

    def slow(*args: Any, **more: Any) -> WrappedKey:
        row = made(*args, **more)
        roots.create(town.team.id, generation=2)
        return row

    monkeypatch.setattr(vault, "new_key", slow)
    owner = uuid4()
    vault.create_key(owner_id=owner, team_id=town.team.id)
    assert WrappedKey.objects.get(owner_id=owner).root_generation == 2


def test_a_root_is_retired_only_when_nothing_is_wrapped_by_it(held: Held, roots: RootKeys) -> None:
    for generation in (1, 2):
        with pytest.raises(rotation.InUse):
            rotation.retire(held.team_id, generation)
    roots.create(held.team_id, generation=2)
    with pytest.raises(rotation.InUse, match="5 data keys"):
        rotation.retire(held.team_id, 1)
    rotation.rotate(held.team_id, progress=quiet)
    rotation.retire(held.team_id, 1)
    assert roots.generations(held.team_id) == [2]
    assert roots.path(held.team_id, 1).with_name(f"{held.team_id}.1.key.retired").exists()
    with pytest.raises(RootKeyUnusable):
        rotation.retire(held.team_id, 1)


def test_a_team_without_a_root_has_nothing_to_rotate(roots: RootKeys) -> None:
    with pytest.raises(RootKeyUnusable, match="no root key"):
        rotation.rotate(uuid4(), progress=quiet)


def test_another_team_is_not_touched(held: Held, roots: RootKeys) -> None:
    other = uuid4()
    create_root(other)
    beside = Held(other, 1)
    rotation.rotate(held.team_id, progress=quiet)
    assert beside.roots == [1]
