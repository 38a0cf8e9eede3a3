"""100,000 changes to envelopes: bits, truncations, swaps over field, record, case, revision, generation and history.

The sealing is the vault's own code with keys in memory: a case that has two data keys, with rows of several revisions
and their histories, beside another case.
"""

from collections import Counter
from itertools import islice
from uuid import UUID, uuid4

import pytest

from backend.encryption.cipher import FieldKey, IntegrityFailure, Place, open_envelope, revision_of, seal
from backend.encryption.envelope import is_envelope, parts
from tests.backend.encryption.mutations import BY_HAND, SWAPS, Taken, mutations

SEED, QUICK, WHOLE = 6, 2_000, 100_000
LABELS = ("case.health", "referral.narrative", "question.note")
FLOORS = (64, 1024)


def keys_of(cases: list[UUID]) -> dict[UUID, FieldKey]:
    """Two data keys for each case, by their ids: of both generations, as in the middle of a re-keying."""
    made = [
        FieldKey(dek=uuid4().bytes + uuid4().bytes, dek_id=uuid4(), generation=generation)
        for _case in cases
        for generation in (1, 2)
    ]
    return {key.dek_id: key for key in made}


def sealed(cases: list[UUID], keys: dict[UUID, FieldKey]) -> list[Taken]:
    """For each case three records with three fields each, three revisions of each: two in the history, one current."""
    found, held = [], list(keys.values())
    for number, case in enumerate(cases):
        for record in (uuid4(), uuid4(), uuid4()):
            for label in LABELS:
                for revision in (1, 2, 3):
                    key = held[2 * number + (revision > 1)]
                    place = Place(case_id=case, record_id=record, label=label)
                    envelope = seal(
                        key=key,
                        place=place,
                        revision=revision,
                        value=f"text {revision}",
                        floor=FLOORS[number],
                    )
                    found.append(Taken(case, record, label, revision, bytes(envelope), history=revision < 3))
    return found


@pytest.mark.parametrize(
    "count", [QUICK, pytest.param(WHOLE, marks=pytest.mark.full)], ids=["sample", "whole"]
)
def test_each_is_refused_with_the_one_error(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [uuid4(), uuid4()]
    keys = keys_of(cases)
    among = sealed(cases, keys)
    assert all(opened(own, own.envelope, keys) for own in among)
    refused: Counter[str] = Counter()
    for kind, own, changed in islice(mutations(among, seed=SEED), count):
        assert changed != own.envelope, kind
        with pytest.raises(IntegrityFailure) as caught:
            opened(own, changed, keys)
        assert type(caught.value) is IntegrityFailure
        assert (caught.value.args, caught.value.__cause__, caught.value.__context__) == ((), None, None)
        refused[kind] += 1
    assert refused.total() == count
    assert refused.keys() == {*BY_HAND, *SWAPS}
    with capsys.disabled():
        print(f"\n{count} changes, {refused.total()} refused: {dict(refused)}")  # noqa: T201 - the figures


def opened(own: Taken, envelope: bytes, keys: dict[UUID, FieldKey]) -> str:
    """Open as the vault does: the key that the envelope names, if the case has it; the revision that the row counts."""
    if not is_envelope(envelope) or parts(envelope).dek_id not in keys:
        raise IntegrityFailure
    place = Place(case_id=own.case_id, record_id=own.record_id, label=own.label)
    return str(
        open_envelope(key=keys[parts(envelope).dek_id], place=place, envelope=envelope, revision=own.revision)
    )


def test_without_a_revision_an_older_envelope_of_the_same_place_would_open() -> None:
    """So whoever can name it has to: the place alone does not tell two revisions apart."""
    case = uuid4()
    keys = keys_of([case])
    old, _, new, *_ = sealed([case], keys)
    place = Place(case_id=case, record_id=new.record_id, label=new.label)
    key = keys[parts(old.envelope).dek_id]
    assert open_envelope(key=key, place=place, envelope=old.envelope) == "text 1"
    for revision in (0, 2, 3, 2**32 - 1):
        with pytest.raises(IntegrityFailure):
            open_envelope(key=key, place=place, envelope=old.envelope, revision=revision)
    assert revision_of(old.envelope) == 1
