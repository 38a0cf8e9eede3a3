"""A wrapped data key is bound to its owner, team and generation, and to one root: moved, it does not open."""

import dataclasses
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.encryption.cipher import IntegrityFailure
from backend.encryption.keyring import RootKeys, Slot, unwrap, wrap

KEK = bytes(range(32))
DEK = bytes(range(100, 132))
SLOT = Slot(owner_id=UUID(int=1), team_id=UUID(int=2), generation=3)


def test_a_wrapped_key_is_60_bytes_and_comes_back() -> None:
    wrapped = wrap(KEK, dek=DEK, slot=SLOT)
    assert len(wrapped) == 60
    assert DEK not in wrapped
    assert unwrap(KEK, wrapped=wrapped, slot=SLOT) == DEK


def test_the_additional_data_is_owner_team_generation() -> None:
    assert SLOT.aad == UUID(int=1).bytes + UUID(int=2).bytes + b"\0\3"
    assert dataclasses.replace(SLOT, team_id=None).aad == UUID(int=1).bytes + bytes(16) + b"\0\3"


@pytest.mark.parametrize("bit", range(480))
def test_no_bit_can_be_flipped(bit: int) -> None:
    wrapped = bytearray(wrap(KEK, dek=DEK, slot=SLOT))
    wrapped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(IntegrityFailure):
        unwrap(KEK, wrapped=bytes(wrapped), slot=SLOT)


@pytest.mark.parametrize("size", [0, 1, 11, 12, 27, 28, 59])
def test_no_byte_can_be_missing(size: int) -> None:
    with pytest.raises(IntegrityFailure):
        unwrap(KEK, wrapped=wrap(KEK, dek=DEK, slot=SLOT)[:size], slot=SLOT)


def test_a_wrapped_key_of_another_size_is_refused() -> None:
    with pytest.raises(IntegrityFailure):
        unwrap(KEK, wrapped=wrap(KEK, dek=DEK[:16], slot=SLOT), slot=SLOT)


@pytest.mark.parametrize(
    "slot",
    [
        dataclasses.replace(SLOT, owner_id=uuid4()),
        dataclasses.replace(SLOT, team_id=uuid4()),
        dataclasses.replace(SLOT, team_id=None),
        dataclasses.replace(SLOT, generation=4),
        Slot(owner_id=UUID(int=2), team_id=UUID(int=1), generation=3),
    ],
)
def test_a_wrapped_key_in_another_row_is_refused(slot: Slot) -> None:
    wrapped = wrap(KEK, dek=DEK, slot=SLOT)
    with pytest.raises(IntegrityFailure):
        unwrap(KEK, wrapped=wrapped, slot=slot)


@settings(deadline=None)
@given(
    owner=st.uuids(),
    team=st.none() | st.uuids(),
    generation=st.integers(1, 65_535),
    dek=st.binary(min_size=32, max_size=32),
)
def test_any_slot_round_trips_and_fits_no_other(
    owner: UUID, team: UUID | None, generation: int, dek: bytes
) -> None:
    slot = Slot(owner_id=owner, team_id=team, generation=generation)
    wrapped = wrap(KEK, dek=dek, slot=slot)
    assert unwrap(KEK, wrapped=wrapped, slot=slot) == dek
    if slot != SLOT:
        with pytest.raises(IntegrityFailure):
            unwrap(KEK, wrapped=wrapped, slot=SLOT)


def test_neither_another_team_nor_another_root_generation_unwraps(roots: RootKeys) -> None:
    mine, theirs = uuid4(), uuid4()
    for team in (mine, theirs):
        roots.create(team)
    roots.create(mine, generation=2)
    slot = dataclasses.replace(SLOT, team_id=mine)
    wrapped = wrap(roots.kek(mine, 1), dek=DEK, slot=slot)
    assert unwrap(roots.kek(mine, 1), wrapped=wrapped, slot=slot) == DEK
    for kek in (roots.kek(mine, 2), roots.kek(theirs, 1)):
        with pytest.raises(IntegrityFailure):
            unwrap(kek, wrapped=wrapped, slot=slot)


def test_two_wrappings_of_one_key_are_unlike() -> None:
    assert len({wrap(KEK, dek=DEK, slot=SLOT)[:12] for _ in range(100)}) == 100
