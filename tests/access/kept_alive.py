"""Two people of two towns, one after the other on the same connections, with aborts and errors in between."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from tests.access.reach import ELSEWHERE, OWN, PLACES
from tests.access.story import Story
from tests.access.world import World
from tests.api.client import token_of
from tests.api.served import SECONDS

CONNECTIONS: Final = 8
API: Final = "/api/v1"
# Every so many requests one is cut off: while it is sent, and before its answer is read.
CUT_SENDING, CUT_READING = 23, 37
# Limits that do not stand in the way.
UNLIMITED: Final = {f"SPONA_RATE_{name}": "9000000/min" for name in ("USER", "TOKEN", "ANONYMOUS", "PROBE")}
CLOSED: Final = (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected)
CHANGES: Final = frozenset({"POST", "PATCH"})


@dataclass(frozen=True)
class Person:
    """One of the two: the token, the own story, the other's, and what must never be seen."""

    token: str
    mine: Story
    theirs: Story
    hidden: tuple[bytes, ...]

    def requests(self) -> tuple[tuple[str, str, Any], ...]:
        """Return what is asked in turn: the own, the other's, and what is refused."""
        mine, theirs = self.mine.ids, self.theirs.ids
        return (
            ("GET", f"{API}/cases?count=true", None),
            ("GET", f"{API}/cases/{mine['case']}", None),
            ("GET", f"{API}/cases/{theirs['case']}", None),
            ("GET", f"{API}/referrals", None),
            ("POST", f"{API}/cases/{theirs['case']}/notes", {"text": "Dogovoren je razgovor."}),
            ("GET", f"{API}/referrals/{mine['referral']}", None),
            ("PATCH", f"{API}/cases/{mine['case']}", {"no_such_field": 1}),
            ("GET", f"{API}/referrals/{theirs['referral']}", None),
            ("POST", f"{API}/cases/{mine['case']}/reveal", b"{not json"),
            ("GET", f"{API}/members?page_size=100", None),
            ("GET", f"{API}/me", None),
            ("GET", f"{API}/inbox", None),
            ("GET", f"{API}/cases?holder={theirs['organisation']}", None),
            ("GET", f"{API}/nowhere", None),
        )


@dataclass
class Heard:
    """What came back: how many answers by status, how many requests were cut off, how many connections the server had
    closed, and what showed that should not."""

    statuses: dict[int, int] = field(default_factory=dict)
    cut: int = 0
    reopened: int = 0
    leaks: list[str] = field(default_factory=list)


def two_people(world: World) -> tuple[Person, Person]:
    """Return the coordinators of both towns."""
    own, away = world.stories[OWN], world.stories[ELSEWHERE]
    marks = {place: set().union(*world.stories[place].marks.values()) for place in PLACES}
    here = set().union(*(marks[place] for place in PLACES if place != ELSEWHERE))
    return (
        Person(_token(world.home), own, away, _raw(marks[ELSEWHERE] - here)),
        Person(_token(world.away), away, own, _raw(here - marks[ELSEWHERE])),
    )


def _token(town: Any) -> str:
    return token_of(town.coordinator, team=town.team)


def _raw(marks: set[str]) -> tuple[bytes, ...]:
    return tuple(mark.encode() for mark in sorted(marks))


def alternate(port: int, people: tuple[Person, Person], *, requests: int) -> Heard:
    """Send so many requests over all connections, the two people by turns on each. Returns what was heard."""
    heard = [Heard() for _ in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        each = requests // CONNECTIONS
        list(pool.map(lambda one: _one_connection(port, people, each, one), heard))
    total = Heard()
    for one in heard:
        total.cut += one.cut
        total.reopened += one.reopened
        total.leaks += one.leaks
        for status, number in one.statuses.items():
            total.statuses[status] = total.statuses.get(status, 0) + number
    return total


def _one_connection(port: int, people: tuple[Person, Person], requests: int, heard: Heard) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    for number in range(requests):
        person = people[number % 2]
        asked = person.requests()
        method, path, said = asked[number // 2 % len(asked)]
        body = said if isinstance(said, bytes) or said is None else json.dumps(said).encode()
        if _cut_off(connection, person, number, heard):
            continue
        try:
            status, text = _answer(connection, method, path, body, _headers(person, method))
        except CLOSED:  # between two requests a server may; a client opens it again, and asks once more
            connection.close()
            heard.reopened += 1
            status, text = _answer(connection, method, path, body, _headers(person, method))
        heard.statuses[status] = heard.statuses.get(status, 0) + 1
        sent = f"{path} {said!r}".encode()
        heard.leaks += [
            f"{method} {path} shows {mark.decode()}"
            for mark in person.hidden
            if mark in text and mark not in sent
        ]
    connection.close()


def _answer(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
) -> tuple[int, bytes]:
    """Return the status, and the body with all headers."""
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read() + b"\n".join(f"{name}: {value}".encode() for name, value in answer.getheaders())
    return answer.status, text


def _cut_off(connection: http.client.HTTPConnection, person: Person, number: int, heard: Heard) -> bool:
    """Say whether this request was cut off; the next one opens the connection anew."""
    if number % CUT_SENDING == CUT_SENDING - 1:
        begin = _half_sent
    elif number % CUT_READING == CUT_READING - 1:
        begin = _never_read
    else:
        return False
    with suppress(*CLOSED):  # a server may have closed it between two requests: cut off it is all the same
        begin(connection, person)
    connection.close()
    heard.cut += 1
    return True


def _half_sent(connection: http.client.HTTPConnection, person: Person) -> None:
    connection.putrequest("POST", f"{API}/cases/{person.mine.ids['case']}/notes")
    for name, value in {**_headers(person, "POST"), "Content-Length": "200"}.items():
        connection.putheader(name, value)
    connection.endheaders(b'{"text": ')


def _never_read(connection: http.client.HTTPConnection, person: Person) -> None:
    connection.request("GET", f"{API}/cases/{person.mine.ids['case']}", headers=_headers(person, "GET"))


def _headers(person: Person, method: str) -> dict[str, str]:
    said = {"Authorization": f"Bearer {person.token}", "Accept-Language": "en"}
    if method in CHANGES:
        said |= {"Content-Type": "application/json", "If-Match": '"1"'}
    return said
