"""The load client times each request, keeps what is created, and never takes a refusal for a figure."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks import client
from benchmarks.operations import OPERATIONS, Call, Supply


class Handler(BaseHTTPRequestHandler):
    """Answers with the status that the path names; a POST creates an object with a number."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str, dict[str, str]]]

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append((self.command, self.path, dict(self.headers.items())))
        body = json.dumps({"id": len(self.asked)}).encode()
        self.send_response(int(self.path.rpartition("/")[2]))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _answer  # noqa: N815 -- the library's names

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    Handler.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever).start()
        yield found
        found.shutdown()


def supply(**values: Any) -> Supply:
    people = {part: {"Cookie": part} for part in ("coordinator", "requester", "recipient", "two teams")}
    return Supply.read({"people": people, "cases": [{"case": "a"}], "referrals": ["r"]}, **values)


def load(server: ThreadingHTTPServer, call: Call, **values: Any) -> client.Load:
    chosen = {"threads": 1, "most": 10, "patience": 30.0, **values}
    return client.run(server.server_port, lambda _supply: call, supply(), **chosen)


@pytest.mark.parametrize("threads", [1, 4], ids=["one thread", "four threads"])
def test_each_request_is_sent_once_and_timed(server: ThreadingHTTPServer, threads: int) -> None:
    found = load(server, Call("GET", "/200", {}), threads=threads)

    assert len(found.seconds) == len(Handler.asked) == 10
    assert all(one > 0 for one in found.seconds)


def test_a_load_ends_when_its_time_is_up_but_asks_once(server: ThreadingHTTPServer) -> None:
    assert len(load(server, Call("GET", "/200", {}), patience=0.0).seconds) == 1


def test_what_is_created_is_kept(server: ThreadingHTTPServer) -> None:
    made = Call("POST", "/201", {"Content-Type": "application/json"}, b"{}", creates=True)

    assert load(server, made, most=3).created == ["1", "2", "3"]


@pytest.mark.parametrize("status", [301, 404, 429, 500])
def test_an_answer_that_is_no_success_fails_the_load(server: ThreadingHTTPServer, status: int) -> None:
    with pytest.raises(client.Failed, match=str(status)):
        load(server, Call("GET", f"/{status}", {}), threads=4)


def test_a_server_that_is_not_there_fails_the_load(server: ThreadingHTTPServer) -> None:
    server.server_close()

    with pytest.raises(client.Failed):
        load(server, Call("GET", "/200", {}))


def test_requests_go_where_the_system_has_them() -> None:
    ours, usual = supply(), supply(at="/referrals", tail="/")

    assert OPERATIONS["list"](ours).path == "/api/v1/referrals?page_size=50"
    assert OPERATIONS["detail"](usual).path == "/referrals/r/"


def test_each_creation_has_a_key_of_its_own_and_each_is_accepted_once() -> None:
    one = supply()
    keys = {OPERATIONS["create"](one).headers["Idempotency-Key"] for _ in range(5)}
    one.created += ["x"]

    assert len(keys) == 5
    assert OPERATIONS["accept"](one).path == "/api/v1/referrals/x/accept"
    assert one.created == []


@pytest.mark.parametrize("part", ["cases", "referrals"])
def test_a_data_set_with_nothing_to_ask_about_is_refused(part: str) -> None:
    found = {"people": {}, "cases": [{}], "referrals": ["r"], part: []}

    with pytest.raises(SystemExit, match=part):
        Supply.read(found)
