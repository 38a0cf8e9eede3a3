"""Forty canaries typed into sealed fields, in both scripts; then the whole database is dumped and every log read."""

import base64
import io
import logging
import random
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.logs import AllowListed
from backend.embedded.binaries import program
from tests.api.client import Api, browser_for
from tests.backend.referrals.loops import opened
from tests.databases import FOLDER, Clones
from tests.world import Town

LATIN = "abcčćdđefghijklmnoprsštuvzž"
CYRILLIC = "абвгдђежзијклмнопрстћуфхцчш"
EVERYTHING = ["basic_profile", "needs", "substance_use", "narrative"]


def canaries() -> list[str]:
    """Return forty words that occur nowhere else, twenty in each script."""
    draw = random.Random(40)
    return ["".join(draw.choices(script, k=12)) for script in [LATIN, CYRILLIC] * 20]


def shapes(word: str) -> Iterator[bytes]:
    """Yield every form in which a leaked word might lie in a file."""
    for text in {word, word.upper(), unicodedata.normalize("NFD", word)}:
        raw = text.encode()
        yield raw
        yield raw.hex().encode()  # how a dump shows bytes
        yield from (base64.b64encode(b"x" * at + raw)[4 if at else 0 : -4] for at in range(3))


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


def type_everywhere(town: Town, typist: Typist) -> None:
    """Write into each sealed text field, change it, reveal it, and have it refused."""
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
    say(social, f"{case}/notes", {"text": f"{typist.text()} tel. 064 123 4567"}, expect=422)
    say(social, f"{case}/notes", {"text": typist.text(), "unknown": typist.text()}, expect=422)
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


@pytest.fixture
def service_log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at the lowest level, as the service would write it."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(AllowListed())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield said
    root.removeHandler(handler)
    root.setLevel(level)


def dump(clones: Clones) -> bytes:
    words = [str(program("pg_dump")), "--dbname", clones.main.superuser_url]
    return subprocess.run(words, check=True, capture_output=True).stdout


def log_files() -> list[Path]:
    return [path for path in FOLDER.rglob("*") if path.is_file() and path.suffix in {".log", ".eml"}]


@pytest.mark.database
def test_none_of_forty_canaries_is_in_the_dump_or_in_any_log(
    database: Clones, service_log: io.StringIO
) -> None:
    typist = Typist()
    town = Town()
    while True:
        try:
            type_everywhere(town, typist)
        except StopIteration:
            break
    whole = dump(database)
    assert str(town.team.id).encode() in whole, "the dump holds the town"
    places = {"dump": whole, "service log": service_log.getvalue().encode()}
    places |= {path.name: path.read_bytes() for path in log_files()}
    found = [
        (name, word)
        for word in canaries()
        for shape in shapes(word)
        for name, text in places.items()
        if shape in text
    ]
    assert found == [], "leaked"


def test_a_canary_that_leaked_would_be_found() -> None:
    word = canaries()[1]
    assert any(shape in f"a {word} b".encode() for shape in shapes(word))
    assert any(shape in word.encode().hex().encode() for shape in shapes(word))
    assert any(shape in base64.b64encode(f"12{word}34".encode()) for shape in shapes(word))
