"""POST /guard/check says where a text would be refused or asked about, and keeps nothing of it."""

import io
import logging
from typing import Any

import psycopg
import pytest
from psycopg import sql

from api.logs import AllowListed
from backend import guard
from tests.api.audit import Audit
from tests.api.client import Api, browser_for, client_for
from tests.world import Town, make_user

CHECK = "/api/v1/guard/check"
CANARY = "Javio se Petar Primerović-Kanarinčević, 064 123 45 67."


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


@pytest.mark.parametrize(
    "text", [CANARY, "Јавио се Петар Примеровић, 064 123 45 67.", "🙂 Petar Primerović 0641234567"]
)
def test_it_names_kind_place_and_what_would_be_done(worker: Api, text: str) -> None:
    answer = worker.post(CHECK, {"text": text})
    assert answer.status == 200, answer.raw
    name, number = answer.json["findings"]
    assert (name["kind"], name["action"]) == ("person_name", "ask")
    assert (number["kind"], number["action"]) == ("mobile", "block")
    assert text[number["start"] : number["end"]].replace(" ", "") == "0641234567"
    assert text[name["start"]] in "PП"


def test_the_answer_holds_no_text_and_is_not_stored(worker: Api) -> None:
    answer = worker.post(CHECK, {"text": CANARY})
    assert b"Primer" not in answer.raw
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("text", ["", "  ", "Dolazi utorkom."])
def test_a_clean_text_has_no_finding(worker: Api, text: str) -> None:
    assert worker.post(CHECK, {"text": text}).json == {"findings": []}


def test_places_count_the_space_at_the_beginning(worker: Api) -> None:
    [finding] = worker.post(CHECK, {"text": "\n   064 123 45 67"}).json["findings"]
    assert (finding["start"], finding["end"]) == (4, 17)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": None}, 422),
        ({"text": ["a"]}, 422),
        ({"text": "a" * 4001}, 422),
        ({"text": "a\x00b"}, 400),
        ({"text": "a", "case": "LO"}, 422),
        ([], 422),
        ({"text": "a" * 70_000}, 413),
    ],
    ids=["nothing", "null", "a list", "too long", "a zero", "another field", "no object", "too large"],
)
def test_what_is_no_text_is_refused(worker: Api, body: Any, status: int) -> None:
    assert worker.post(CHECK, body).status == status


def test_a_stranger_is_refused_and_so_is_somebody_without_a_role(town: Town) -> None:
    assert Api().post(CHECK, {"text": "a"}).status == 401
    assert browser_for(make_user()).post(CHECK, {"text": "a"}).status == 403


def test_every_role_may(town: Town) -> None:
    for person in (town.coordinator, town.nurse, town.lead):
        assert client_for(person).post(CHECK, {"text": "a"}).status == 200


def test_it_leaves_no_entry_and_no_row(worker: Api, audit: Audit, admin: psycopg.Connection[Any]) -> None:
    worker.post(CHECK, {"text": "prvi"})
    before = _rows(admin)
    assert worker.post(CHECK, {"text": CANARY}).status == 200
    assert _rows(admin) == before
    assert [entry["said"]["verb"] for entry in audit.entries()] == []


def test_a_failure_tells_nothing_of_the_text(worker: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str) -> None:
        raise RuntimeError(text)

    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(AllowListed())
    logging.getLogger("spona").addHandler(handler)
    monkeypatch.setattr(guard, "check", fail)
    answer = worker.post(CHECK, {"text": CANARY})
    logging.getLogger("spona").removeHandler(handler)
    assert answer.status == 500
    assert "RuntimeError" in log.getvalue()
    assert "Primer" not in log.getvalue() + answer.raw.decode()


def test_looking_too_often_is_refused(worker: Api, settings: Any) -> None:
    settings.SPONA_RATES = {**settings.SPONA_RATES, "guard": "2/h"}
    assert [worker.post(CHECK, {"text": "a"}).status for _ in range(3)] == [200, 200, 429]


def _rows(admin: psycopg.Connection[Any]) -> dict[str, int]:
    """Return the number of rows of every table; the counters of calls use theirs again."""
    named = admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    counting = (sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)) for (name,) in named)
    return {name: admin.execute(query).fetchone()[0] for (name,), query in zip(named, counting, strict=True)}  # type: ignore[index]
