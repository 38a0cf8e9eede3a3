"""The witness: every status of the protocol, one history for each log, and nothing lost over a restart."""

import hashlib
import sqlite3
import threading
from base64 import b64encode
from pathlib import Path

import pytest

from audit.notes import checkpoint_text, log_signer, signed_checkpoint
from audit.verify import Checkpoint, read_checkpoint, read_note, root_of
from audit.witness import MAX_BODY, State, Witness
from tests.audit.logs import ORIGIN, SECRET, STARTED, witness
from tests.audit.witnesses import Answer, Grown, ask

pytestmark = pytest.mark.pure

SIGNER = witness(1)
LOG = Grown(40)
OTHER = "spona.example/another"


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


@pytest.fixture
def app(state: Path) -> Witness:
    return opened(state)


def opened(state: Path) -> Witness:
    keys = [log_signer(SECRET, origin).key for origin in (ORIGIN, OTHER)]
    return Witness(SIGNER, {key.name: key for key in keys}, State(state), clock=lambda: STARTED + 0.5)


def body(old: int, size: int, *, log: Grown = LOG, proof: list[bytes] | None = None) -> str:
    hashes = (log.prove(old, size) if size >= old else []) if proof is None else proof
    lines = "".join(f"{b64encode(each).decode()}\n" for each in hashes)
    return f"old {old}\n{lines}\n{log.note(size)}"


def add(app: Witness, old: int, size: int, *, log: Grown = LOG, proof: list[bytes] | None = None) -> Answer:
    return ask(app, body(old, size, log=log, proof=proof))


def test_a_log_that_goes_on_is_signed(app: Witness) -> None:
    for old, size in [(0, 3), (3, 3), (3, 4), (4, 40)]:
        answer = add(app, old, size)
        assert answer.status == 200
        signed = read_note(f"{LOG.note(size)}{answer.text}")
        assert signed.signed_at(SIGNER.key) == STARTED
        assert read_checkpoint(signed.text).size == size


def test_an_old_size_that_is_not_the_latest_is_told_the_latest(app: Witness) -> None:
    add(app, 0, 7)
    for old, size in [(0, 9), (6, 9), (8, 9)]:
        answer = add(app, old, size)
        assert (answer.status, answer.text) == (409, "7\n")
        assert answer.headers["Content-Type"] == "text/x.tlog.size"
    assert add(app, 7, 9).status == 200


def test_nothing_signed_yet_is_size_zero(app: Witness) -> None:
    assert (add(app, 5, 9).status, add(app, 5, 9).text) == (409, "0\n")


def test_a_rollback_is_refused(app: Witness) -> None:
    add(app, 0, 20)
    assert add(app, 10, 10).status == 409
    assert add(app, 20, 10).status == 400
    assert add(app, 20, 20).status == 200


@pytest.mark.parametrize("size", [20, 21, 40])
def test_a_fork_is_refused(app: Witness, size: int) -> None:
    add(app, 0, 20)
    assert add(app, 20, size, log=Grown(40, "fork")).status == 422
    assert add(app, 20, 40).status == 200


def test_a_proof_that_does_not_prove_is_refused(app: Witness) -> None:
    good = LOG.prove(20, 40)
    assert add(app, 0, 20, proof=good).status == 422
    assert add(app, 0, 20).status == 200
    for proof in ([], good[:-1], [*good, good[0]], good[::-1]):
        assert add(app, 20, 40, proof=proof).status == 422
    assert add(app, 20, 20, proof=good).status == 422
    assert add(app, 20, 40).status == 200


def test_the_empty_tree_has_one_root(app: Witness) -> None:
    for root, status in [(bytes(32), 422), (root_of(()), 200)]:
        note = signed_checkpoint(log_signer(SECRET, ORIGIN), Checkpoint(ORIGIN, 0, root))
        assert ask(app, f"old 0\n\n{note}").status == status


def test_an_unknown_log_is_not_found(app: Witness) -> None:
    assert add(app, 0, 5, log=Grown(5, origin="elsewhere.example/log")).status == 404


def test_each_log_is_remembered_by_itself(app: Witness) -> None:
    assert add(app, 0, 5).status == 200
    assert add(app, 0, 3, log=Grown(3, origin=OTHER)).status == 200
    assert add(app, 5, 6).status == 200


def test_a_checkpoint_that_its_log_did_not_sign_is_forbidden(app: Witness) -> None:
    point = read_checkpoint(read_note(LOG.note(5)).text)
    foreign = signed_checkpoint(log_signer(bytes(32), ORIGIN), point)
    broken = LOG.note(5).replace("\n5\n", "\n6\n")
    theirs = f"{checkpoint_text(point)}\n{log_signer(SECRET, OTHER).sign(checkpoint_text(point))}"
    for note in (foreign, broken, theirs):
        assert ask(app, f"old 0\n\n{note}").status == 403
    assert add(app, 0, 5).status == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"old 0\n\n",
        b"old 00\n\n" + LOG.note(5).encode(),
        b"old -1\n\n" + LOG.note(5).encode(),
        b"old 0\nx\n\n" + LOG.note(5).encode(),
        b"old 0\n" + LOG.note(5).encode(),
        b"old 0\n" + b"A" * 43 + b"=" + b"\n" + LOG.note(5).encode(),
        b"old 0" + (b"\n" + b"A" * 43 + b"=") * 64 + b"\n\n" + LOG.note(5).encode(),
        b"old 0\n\n" + LOG.note(5).encode() + b"\xff",
        b"old 0\n\nno checkpoint\n\n\xe2\x80\x94 name AAAAAAAAAAAA\n",
        b"old 0\n\nlog\n1\nAAAA\n\n\xe2\x80\x94 name AAAAAAAAAAAA\n",
        b"old 0\n\n" + LOG.note(5).encode() * 2,
        b"old 0\n\n" + b"x" * MAX_BODY,
        b"\x00" * 100,
    ],
    ids=range(14),
)
def test_what_is_no_request_is_a_bad_one(app: Witness, raw: bytes) -> None:
    assert ask(app, raw).status == 400


def test_another_address_or_method_is_refused(app: Witness) -> None:
    assert ask(app, "", path="/").status == 404
    assert ask(app, "", method="GET").status == 405
    assert ask(app, "", method="GET", path=f"/{'0' * 64}/checkpoint").status == 404
    assert ask(app, "", method="DELETE", path="/x").status == 404


def test_its_latest_checkpoint_can_be_fetched(app: Witness) -> None:
    path = f"/{hashlib.sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    assert ask(app, "", method="GET", path=path).status == 404
    add(app, 0, 5)
    note = read_note(ask(app, "", method="GET", path=path).text)
    assert note.signed_at(SIGNER.key) == STARTED
    assert note.signed_at(log_signer(SECRET, ORIGIN).key) == 0


def test_a_restart_forgets_nothing(state: Path) -> None:
    assert add(opened(state), 0, 20).status == 200
    assert add(opened(state), 0, 10).status == 409
    assert add(opened(state), 20, 30, log=Grown(30, "fork")).status == 422
    assert add(opened(state), 20, 30).status == 200


def test_of_two_at_once_one_wins(app: Witness) -> None:
    add(app, 0, 10)
    bodies = [body(10, size) for size in range(11, 19)]
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda raw=raw: answers.append(ask(app, raw))) for raw in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers) == [200, *[409] * 7]
    (won,) = (read_note(LOG.note(size)).text for size in range(11, 19) if add(app, size, size).status == 200)
    (line,) = (answer.text for answer in answers if answer.status == 200)
    assert read_note(f"{won}\n{line}").signed_at(SIGNER.key) == STARTED


def test_a_state_that_cannot_be_written_signs_nothing(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.witness.BUSY_SECONDS", 0.01)
    app = opened(state)
    with sqlite3.connect(state, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert add(app, 0, 5).status == 503
    other.close()
    assert add(app, 0, 5).status == 200
