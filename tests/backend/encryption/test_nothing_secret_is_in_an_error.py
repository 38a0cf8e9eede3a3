"""Keys and plain text stay out of `repr`, of messages and of the local variables that a traceback keeps."""

import copy
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from backend.encryption.cipher import IntegrityFailure, NotSealable, open_envelope, seal
from backend.encryption.envelope import Envelope
from backend.encryption.keyring import RootKeys, Slot, unwrap, wrap
from tests.backend.encryption.samples import DEK, KEY, NARRATIVE, PLACE

SECRETS = [repr(DEK), repr(DEK)[2:-1], DEK.hex(), NARRATIVE, "heroin"]


def assert_silent(text: str) -> None:
    for secret in SECRETS:
        assert secret not in text


def error_of(call: Callable[[], Any]) -> BaseException:
    with pytest.raises((IntegrityFailure, NotSealable)) as caught:
        call()
    return caught.value


def frames(error: BaseException) -> str:
    """Everything that a report with local variables would print, below this file's own frames."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(str(frame.locals) for frame in report.stack if frame.filename != __file__)


def test_a_field_key_prints_its_id_and_not_itself() -> None:
    assert str(KEY.dek_id) in repr(KEY)
    assert_silent(f"{KEY} {KEY!r} {[KEY]}")


def test_an_envelope_prints_as_sealed() -> None:
    envelope = seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE)
    for text in (str(envelope), repr(envelope), f"{envelope}", f"{[envelope]}"):
        assert "<sealed, revision 7, 160 bytes>" in text
        assert envelope.hex() not in text
    assert repr(Envelope(b"junk")) == "<sealed, malformed, 4 bytes>"


def test_an_envelope_is_still_its_bytes_after_copying() -> None:
    envelope = seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE)
    for other in (copy.deepcopy(envelope), pickle.loads(pickle.dumps(envelope)), bytes(envelope)):  # noqa: S301
        assert open_envelope(key=KEY, place=PLACE, envelope=other) == NARRATIVE


@pytest.mark.parametrize("position", [0, 20, 30, 60, 100, 159])
def test_a_failed_opening_keeps_no_key_in_its_frames(position: int) -> None:
    envelope = bytearray(seal(key=KEY, place=PLACE, revision=7, value=NARRATIVE))
    envelope[position] ^= 1
    error = error_of(lambda: open_envelope(key=KEY, place=PLACE, envelope=bytes(envelope)))
    assert frames(error)
    assert_silent(frames(error) + str(error) + repr(error))


@pytest.mark.parametrize("value", [NARRATIVE + "\ud800", {NARRATIVE: float("nan")}, [NARRATIVE, {1}]])
def test_a_refused_value_is_not_in_the_error(value: Any) -> None:
    error = error_of(lambda: seal(key=KEY, place=PLACE, revision=1, value=value))
    assert_silent(frames(error) + str(error) + repr(error))
    assert error.__context__ is None
    assert error.__cause__ is None


def test_a_failed_unwrapping_keeps_no_key_in_its_frames(roots: RootKeys) -> None:
    roots.create(None)
    slot = Slot(owner_id=PLACE.case_id, team_id=None, generation=1)
    wrapped = wrap(roots.kek(None, 1), dek=DEK, slot=slot)
    other = Slot(owner_id=PLACE.record_id, team_id=None, generation=1)
    error = error_of(lambda: unwrap(roots.kek(None, 1), wrapped=wrapped, slot=other))
    assert repr(roots.kek(None, 1))[2:-1] not in frames(error)
    assert_silent(frames(error))


def test_an_integrity_failure_inside_another_handler_hides_that_one() -> None:
    def open_in_a_handler() -> None:
        try:
            {}[NARRATIVE]
        except KeyError:
            open_envelope(key=KEY, place=PLACE, envelope=b"")

    error = error_of(open_in_a_handler)
    assert error.__suppress_context__
    assert_silent("".join(traceback.format_exception(error)))
