"""Forty canaries typed into sealed fields, in both scripts; then every file that the service leaves is searched.

Through creation, change, refusal, failure, search, export, history and erasure; in a dump, the files and WAL of both
clusters, what the service logs, the cache and the rows of the sessions, in every way of writing that
`tests/canaries.py` knows.
"""

import io
import logging
import pickle
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.core.cache import caches

from api.logs import AllowListed
from backend.cases import notes
from backend.cases.models import Case
from backend.embedded.binaries import program
from tests.api.client import Api, browser_for
from tests.backend.referrals.loops import opened
from tests.canaries import CYRILLIC, LATIN, canaries, caught, needles
from tests.databases import FOLDER, Clone, Clones
from tests.world import Town

EVERYTHING = ["basic_profile", "needs", "substance_use", "narrative"]
NET = needles(LATIN, CYRILLIC)
# Written in plain text on purpose, so that the search is seen to reach the files of the clusters.
CONTROL = "kontrolnareč"


class Typist:
    """Types the next canary into a field, and remembers them all."""

    def __init__(self) -> None:
        self.words = iter(canaries())

    def text(self) -> str:
        return f"Dogovor: {next(self.words)}."


def say(
    api: Api, path: str, body: dict[str, Any], *, expect: int, method: str = "POST", **headers: str
) -> Any:
    answer = api.send(method, f"/api/v1{path}", body, **headers)
    assert answer.status == expect, answer.raw
    return answer


def fail(text: str, **_where: Any) -> str:
    """Break in the middle of the work, with the text in the exception."""
    raise RuntimeError(text)


def have_it_refused(town: Town, case: str, typist: Typist) -> None:
    """Send canaries where none belongs: to searches, to the guard, in names of fields, and into a failure."""
    social = browser_for(town.social_worker)
    say(social, f"{case}/notes", {"text": f"{typist.text()} tel. 064 123 4567"}, expect=422)
    say(social, f"{case}/notes", {"text": f"Petar Petrović {typist.text()}"}, expect=422)
    say(social, f"{case}/notes", {"text": typist.text(), typist.text(): typist.text()}, expect=422)
    say(social, "/guard/check", {"text": typist.text()}, expect=200)
    assert social.get(f"/api/v1/cases?q={quote(typist.text())}").status == 200
    assert social.get(f"/api/v1/cases?who={quote(typist.text())}").status == 400
    assert social.get(f"/api/v1/cases/{quote(typist.text())}").status == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notes, "screened", fail)
        say(social, f"{case}/notes", {"text": typist.text()}, expect=500)


def type_everywhere(town: Town, typist: Typist) -> Case:
    """Write into each sealed text field, change it, reveal it, and have it refused; return the case."""
    loop = opened(town)
    social, nurse = browser_for(town.social_worker), browser_for(town.nurse)
    case = f"/cases/{loop.case.id}"
    consent = {
        "purposes": ["case_coordination", "referral"],
        "data_classes": EVERYTHING,
        "recipients": [
            {"organisation": str(one.id), "data_classes": EVERYTHING} for one in (town.centre, town.clinic)
        ],
        "given_by": "person",
        "how": "written",
        "remark": typist.text(),
    }
    given = say(social, f"{case}/consents", consent, expect=201).json
    note = say(social, f"{case}/notes", {"text": typist.text()}, expect=201)
    say(
        social,
        f"{case}/notes/{note.json['id']}",
        {"text": typist.text()},
        expect=200,
        method="PATCH",
        If_Match=note.headers["ETag"],
    )
    have_it_refused(town, case, typist)
    say(
        social,
        f"{case}/reveal",
        {"fields": [f"note:{note.json['id']}"], "purpose": "direct_work"},
        expect=200,
    )
    body = {
        "case": str(loop.case.id),
        "recipient": str(town.clinic.id),
        "service_code": "TX-OPC",
        "need": str(loop.need_id),
        "consent": given["id"],
        "data_classes": EVERYTHING,
        "narrative": typist.text(),
        "send": True,
    }
    referral = f"/referrals/{say(social, '/referrals', body, expect=201).json['id']}"
    say(nurse, f"{referral}/ask", {"question_code": "suitable_times", "note": typist.text()}, expect=200)
    say(social, f"{referral}/reply", {"note": typist.text()}, expect=200)
    say(nurse, f"{referral}/accept", {}, expect=200)
    say(nurse, f"{referral}/reveal", {"fields": ["narrative"], "purpose": "direct_work"}, expect=200)
    for path in (f"{case}/history", f"{referral}/history", case, referral, f"{case}/notes"):
        assert social.get(f"/api/v1{path}").status == 200
    return loop.case


def search(town: Town, typist: Typist) -> None:
    """Put canaries where a list is narrowed: a filter by codes refuses them, a search by words takes none."""
    social = browser_for(town.social_worker)
    for path in ("/cases?status=", "/referrals?state=", "/rights-requests?case=", "/cases?page_size="):
        assert social.get(f"/api/v1{path}{quote(typist.text())}").status == 400, path


def export(town: Town, case: Case) -> str:
    """Have everything that is held given to the person; return what the answer said."""
    asked = {
        "case": case.code, "kind": "access", "channel": "letter", "received_on": str(case.opened_on),
    }  # fmt: skip
    request = say(browser_for(town.social_worker), "/rights-requests", asked, expect=201).json["id"]
    chair = browser_for(town.coordinator)
    return say(chair, f"/rights-requests/{request}/export", {}, expect=200).raw.decode()


def erase(town: Town, case: Case) -> None:
    """Erase in three steps; from then on nothing is exported or read."""
    asked = say(
        browser_for(town.social_worker), f"/cases/{case.id}/erasure", {"reason": "rights_request"}, expect=201
    )
    path = f"/erasures/{asked.json['id']}"
    say(browser_for(town.lead), f"{path}/confirm", {}, expect=200)
    say(browser_for(town.coordinator), f"{path}/execute", {}, expect=200)
    assert browser_for(town.coordinator).get(f"/api/v1/cases/{case.id}/history").status == 410


@pytest.fixture
def service_log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at the lowest level, as the service would write it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(AllowListed())
    loggers = [logging.getLogger(name) for name in ("", "spona", "django.request", "django.security")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield said
    for one, level in zip(loggers, levels, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


def dump(clones: Clones) -> bytes:
    words = [str(program("pg_dump")), "--dbname", clones.main.superuser_url]
    return subprocess.run(words, check=True, capture_output=True).stdout


def files_of(clone: Clone, *, since: float) -> Iterator[tuple[str, bytes]]:
    """Yield what lies in the files of this clone and its cluster, the WAL included, that were written `since` then."""
    with psycopg.connect(clone.superuser_url, autocommit=True) as admin:
        admin.execute("CREATE TABLE IF NOT EXISTS a_control AS SELECT %s AS word", [CONTROL])
        admin.execute("CHECKPOINT")
        [folder, own] = admin.execute(
            "SELECT current_setting('data_directory'), oid::text FROM pg_database WHERE datname = current_database()"
        ).fetchone() or ("", "")
        for path in Path(folder).rglob("*"):
            ours = path.is_file() and ("base" not in path.parts or path.parent.name == own)
            if ours and path.stat().st_mtime >= since:
                yield str(path), path.read_bytes()
        admin.execute("DROP TABLE a_control")


def log_files() -> Iterator[tuple[str, bytes]]:
    for path in FOLDER.rglob("*"):
        if path.is_file() and path.suffix in {".log", ".eml"}:
            yield str(path), path.read_bytes()


def cached() -> Iterator[tuple[str, bytes]]:
    for name in caches:
        yield f"cache {name}", pickle.dumps(getattr(caches[name], "_cache", {}))


@pytest.mark.database
def test_none_of_forty_canaries_is_in_any_file_or_log(database: Clones, service_log: io.StringIO) -> None:
    started = time.time() - 1
    typist = Typist()
    town = Town()
    first = type_everywhere(town, typist)
    search(town, typist)
    # What is looked for is there: whoever may, is given it.
    assert caught(export(town, first).encode(), NET)
    second = type_everywhere(town, typist)
    erase(town, first)
    while True:
        try:
            type_everywhere(town, typist)
        except StopIteration:
            break
    assert caught(export(town, second).encode(), NET)
    whole = dump(database)
    assert str(town.team.id).encode() in whole, "the dump holds the town"
    assert "RuntimeError" in service_log.getvalue(), "the failure is in the log"
    places = [("dump", whole), ("service log", service_log.getvalue().encode()), *log_files(), *cached()]
    assert [(name, ways) for name, text in places if (ways := caught(text, NET))] == [], "leaked"
    for clone in (database.main, database.keys):
        found = dict(files_of(clone, since=started))
        assert [(name, ways) for name, text in found.items() if (ways := caught(text, NET))] == [], "leaked"
        holding = [name for name, text in found.items() if CONTROL.encode() in text]
        assert any("pg_wal" in name for name in holding), "the search reaches the WAL"
        assert any("base" in Path(name).parts for name in holding), "and the tables"


def test_the_canaries_are_forty() -> None:
    assert len(set(canaries())) == 40
