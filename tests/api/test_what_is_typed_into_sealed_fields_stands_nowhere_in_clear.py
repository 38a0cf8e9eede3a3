"""Words typed over HTTP into sealed fields, in both scripts, are in no table of the database and in no entry."""

from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for
from tests.world import Town

LATIN = ["kanarinacjedan", "kanarinacdva", "kanarinactri", "kanarinaccetiri"]
CYRILLIC = ["канаринацпет", "канаринацшест", "канаринацседам", "канаринацосам"]


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


def tables(admin: psycopg.Connection[Any]) -> list[str]:
    rows = admin.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    return [name for (name,) in rows]


def everything(admin: psycopg.Connection[Any]) -> str:
    """Every row of every table as text; bytes appear in hex, so they are searched as such too."""
    return "\n".join(
        str(text)
        for name in tables(admin)
        for (text,) in admin.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name)))
    )


def test_no_table_holds_a_word_of_a_sealed_text(
    town: Town, worker: Api, admin: psycopg.Connection[Any]
) -> None:
    consent = consent_body(town.society, town.centre, remark=f"Napomena {LATIN[0]} {CYRILLIC[0]}.")
    address = worker.post(CASES, case_body(town, consent=consent)).headers["Location"]
    note = worker.post(f"{address}/notes", {"text": f"Beleška {LATIN[1]} {CYRILLIC[1]}."})
    worker.patch(note.headers["Location"], {"text": f"Beleška {LATIN[2]} {CYRILLIC[2]}."}, If_Match='"1"')
    worker.post(f"{address}/notes", {"text": "Zvati na 064/123-4567."})
    worker.get(CASES, query={"q": f"{LATIN[3]} {CYRILLIC[3]}"})
    fields = [note.json["field"]]
    opened = worker.post(f"{address}/reveal", {"fields": fields, "purpose": "direct_work"})
    assert LATIN[2] in opened.json["revealed"][0]["text"]
    held = everything(admin)
    for word in [*LATIN, *CYRILLIC, "064/123"]:
        assert word not in held
        assert word.encode().hex() not in held


def test_no_table_says_what_a_coded_item_is(town: Town, worker: Api, admin: psycopg.Connection[Any]) -> None:
    address = worker.post(
        CASES, case_body(town, items={"accommodation": "2"}, needs=["discrimination"], flags=["overdose"])
    ).headers["Location"]
    worker.post(f"{address}/profile", {"items": {"education": "3"}})
    case_id = address.rsplit("/", 1)[1]
    rows = [
        str(text)
        for name in tables(admin)
        if name not in {"audit_entry", "reference_referenceentry"}
        for (text,) in admin.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name)))
        if case_id in str(text)
    ]
    assert rows
    for word in ("discrimination", "overdose", "accommodation"):
        assert not [row for row in rows if word in row or word.encode().hex() in row]
