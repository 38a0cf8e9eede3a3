"""A checkpoint goes to every witness of the policy; one that is down holds up nothing and is asked again."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings

from audit import notes, sealing, verify, witnesses
from audit.checkpoints import sign_due
from audit.handing_out import PolicyUnreadable, papers, policy
from audit.log_keys import begun
from audit.models import Checkpoint, Cosignature
from audit.sealer import seal
from audit.verify import WITNESS_KEY, Key
from audit.witness import State, Witness
from tests.audit.witnesses import ask
from tests.sealed import add

pytestmark = [pytest.mark.xdist_group("sealer"), pytest.mark.usefixtures("apart")]
SIGNERS = [notes.Signer(f"w{number}.example", WITNESS_KEY, bytes([number]) * 32) for number in (1, 2)]
Policy = Callable[..., None]


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def log() -> UUID:
    """A log with one entry in a checkpoint, the only log that any witness of the test knows."""
    log = uuid4()
    grow(log, 1)
    return log


def grow(log: UUID, count: int) -> None:
    add(log, count)
    seal()
    sign_due(now=True)


@pytest.fixture
def witness(log: UUID, tmp_path: Path) -> Witness:
    """The first witness. It knows one log."""
    key = verify.read_vkey(begun(log).vkey, verify.LOG_KEY)
    return Witness(SIGNERS[0], {key.name: key}, State(tmp_path / "state.sqlite"))


@pytest.fixture
def server(witness: Witness) -> Iterator[WSGIServer]:
    """The first witness, listening."""

    def application(environ: dict[str, Any], start: Any) -> Any:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        return witness({**environ, "wsgi.input": io.BytesIO(body)}, start)

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """`asks(url, ...)` names a witness at each address in the policy."""

    def write(*urls: str) -> None:
        lines = [
            f"witness w{number} {notes.vkey(SIGNERS[number].key)} {url}" for number, url in enumerate(urls)
        ]
        path = tmp_path / "policy"
        path.write_text("\n".join([*lines, "quorum w0", ""]))
        monkeypatch.setattr(settings, "SPONA_WITNESS_POLICY", str(path))

    return write


def at(server: WSGIServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def cosigned(log: UUID) -> list[tuple[int, str]]:
    rows = Cosignature.objects.using("sealer").filter(checkpoint__log_id=log).order_by("checkpoint__size")
    return list(rows.values_list("checkpoint__size", "witness"))


def test_each_last_checkpoint_is_signed_once(log: UUID, server: WSGIServer, asks: Policy) -> None:
    asks(at(server))
    assert [witnesses.ask_all(), witnesses.ask_all()] == [1, 0]
    grow(log, 300)
    grow(log, 1)
    assert witnesses.ask_all() == 1
    assert cosigned(log) == [(1, "w0"), (302, "w0")]
    row = Cosignature.objects.using("sealer").get(checkpoint__log_id=log, checkpoint__size=302)
    note = verify.read_note(row.checkpoint.note + row.line)
    assert note.signed_at(SIGNERS[0].key) == pytest.approx(time.time(), abs=60)


def test_a_witness_that_knows_more_than_we_remember_tells_us(
    log: UUID, server: WSGIServer, asks: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its answer was lost on the way: the proof begins at the size that it says."""
    asks(at(server))
    witnesses.ask_all()
    grow(log, 5)
    monkeypatch.setattr(witnesses, "_seen", lambda *_: 0)
    assert witnesses.ask_all() == 1
    assert cosigned(log) == [(1, "w0"), (6, "w0")]


def test_a_round_waits_for_no_witness(log: UUID, asks: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """One takes the call and says nothing; the other does not listen at all."""
    monkeypatch.setattr(witnesses, "ANSWER_SECONDS", 2.0)
    with make_server("127.0.0.1", 0, lambda *_: [], handler_class=Quiet) as silent:
        asks(at(silent), "http://127.0.0.1:9")
        beside = witnesses.Beside()
        begun_at = time.monotonic()
        beside.ask()
        grow(log, 1)
        beside.ask()
        assert time.monotonic() - begun_at < 2
        beside.wait()
    assert cosigned(log) == []


def test_who_failed_is_left_alone_for_a_while_and_asked_again(
    log: UUID, server: WSGIServer, asks: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = witnesses.Beside()
    asks("http://127.0.0.1:9")
    for _ in range(2):
        beside.ask()
        beside.wait()
    asks(at(server))
    beside.ask()
    beside.wait()
    assert cosigned(log) == []
    later = time.monotonic() + 61
    monkeypatch.setattr(witnesses.time, "monotonic", lambda: later)
    beside.ask()
    beside.wait()
    assert cosigned(log) == [(1, "w0")]


def test_a_witness_that_signed_another_history_is_reported(
    log: UUID, server: WSGIServer, witness: Witness, asks: Policy, caplog: pytest.LogCaptureFixture
) -> None:
    """It has seen a longer log of this name: ours was rolled back."""
    asks(at(server))
    signer = notes.log_signer(settings.SPONA_LOG_KEY, begun(log).origin)
    longer = verify.Checkpoint(signer.name, 9, b"r" * 32)
    assert ask(witness, f"old 0\n\n{notes.signed_checkpoint(signer, longer)}").status == 200
    assert witnesses.ask_all() == 0
    assert "witness_disagrees" in {one.message for one in caplog.records}


@pytest.mark.parametrize("text", ["nonsense", "quorum nobody", ""])
def test_a_policy_that_is_none_stops_the_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "policy").write_text(text)
    monkeypatch.setattr(settings, "SPONA_WITNESS_POLICY", str(tmp_path / "policy"))
    with pytest.raises(PolicyUnreadable):
        witnesses.ask_all()


def test_without_a_policy_nobody_is_asked(log: UUID) -> None:
    assert sealing.work_once()[2] == 0
    assert cosigned(log) == []


def test_what_a_stranger_needs_is_printed(log: UUID, asks: Policy) -> None:
    asks("http://127.0.0.1:9")
    found = verify.read_policy(policy())
    assert isinstance(found.logs[begun(log).origin], Key)
    assert (list(found.witnesses), found.quorum) == (["w0"], ["w0"])
    point = Checkpoint.objects.using("sealer").get(log_id=log)
    assert verify.read_note(point.note).text in papers()


def test_without_witnesses_the_printed_policy_says_so(log: UUID) -> None:
    assert verify.read_policy(policy()).quorum == ["none"]
