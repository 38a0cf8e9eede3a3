"""A checkpoint after a minute, or after 256 entries, or when asked for; each continues the one before it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from audit import checkpoints, tree, verify
from audit.checkpoints import sign_due
from audit.kept import subtrees
from audit.log_keys import LogKeyChanged, NoLogKey
from audit.models import Checkpoint, Log
from audit.sealer import seal
from tests.sealed import add

pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.usefixtures("apart")]


@pytest.fixture
def log() -> UUID:
    """A log with a first checkpoint over one entry."""
    log = uuid4()
    grow(log, 1)
    sign_due(now=True)
    return log


def grow(log: UUID, count: int) -> None:
    add(log, count)
    seal()


def points_of(log: UUID) -> list[Checkpoint]:
    return list(Checkpoint.objects.using("sealer").filter(log_id=log).order_by("size"))


def sizes(log: UUID) -> list[int]:
    return [point.size for point in points_of(log)]


def test_the_first_one_waits_for_nothing() -> None:
    log = uuid4()
    grow(log, 1)
    sign_due()
    assert sizes(log) == [1]


def test_within_a_minute_255_entries_get_none_and_256_get_one(log: UUID) -> None:
    grow(log, 255)
    sign_due()
    assert sizes(log) == [1]
    grow(log, 1)
    sign_due()
    assert sizes(log) == [1, 257]


def test_after_a_minute_a_single_entry_gets_one(log: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(log, 1)
    later = timezone.now() + timedelta(seconds=61)
    monkeypatch.setattr(checkpoints.timezone, "now", lambda: later)
    sign_due()
    assert sizes(log) == [1, 2]
    sign_due()
    assert sizes(log) == [1, 2]


def test_a_log_that_did_not_grow_gets_none_even_when_asked(log: UUID) -> None:
    sign_due(now=True)
    assert sizes(log) == [1]


def test_the_note_is_signed_by_the_key_of_the_log_and_says_its_root(log: UUID) -> None:
    (point,) = points_of(log)
    found = Log.objects.using("sealer").get(id=log)
    note = verify.read_note(point.note)
    assert note.signed_at(verify.read_vkey(found.vkey, verify.LOG_KEY)) is not None
    said = verify.read_checkpoint(note.text)
    assert said[:3] == (found.origin, 1, bytes(point.root))
    assert said.root == tree.root(subtrees(log, using="sealer"), 1)


def test_two_logs_have_two_keys(log: UUID) -> None:
    other = uuid4()
    grow(other, 1)
    keys = Log.objects.using("sealer").filter(id__in=[log, other]).values_list("vkey", flat=True)
    assert len({key.rpartition("+")[2] for key in keys}) == 2


def test_each_continues_the_one_before_it(log: UUID) -> None:
    for count in (3, 300, 1):
        grow(log, count)
        sign_due(now=True)
    points = points_of(log)
    assert [point.size for point in points] == [1, 4, 304, 305]
    complete = subtrees(log, using="sealer")
    for old in points:
        for new in points[points.index(old) :]:
            proof = tree.consistency_proof(complete, old.size, size=new.size)
            tree.check_consistency(proof, bytes(old.root), old.size, size=new.size, root=bytes(new.root))


@pytest.mark.parametrize(
    ("key", "refused"), [(None, NoLogKey), (b"o" * 32, LogKeyChanged)], ids=["none", "another"]
)
def test_without_its_key_a_log_is_not_signed(
    log: UUID, monkeypatch: pytest.MonkeyPatch, key: bytes | None, refused: type[Exception]
) -> None:
    grow(log, 1)
    with monkeypatch.context() as other:
        other.setattr(settings, "SPONA_LOG_KEY", key)
        with pytest.raises(refused):
            sign_due(now=True)
    assert sizes(log) == [1]
    sign_due(now=True)
    assert sizes(log) == [1, 2]
