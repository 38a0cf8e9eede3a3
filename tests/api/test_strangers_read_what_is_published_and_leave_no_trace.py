"""What is public is answered without sign-in: the same to everybody, each time, with its headers and within limits."""

from typing import Any, Final

import psycopg
import pytest

from api.models import RateCounter
from backend.statistics.releases import handing_out
from backend.statistics.releases.models import Release
from tests.api.audit import Audit
from tests.api.client import Answer, Api, browser_for
from tests.backend.statistics.releases import rows
from tests.backend.statistics.releases.facts_by_hand import free_year, lock, write, yearly
from tests.backend.statistics.releases.steps import built, released
from tests.world import Town, national

LIST: Final = "/api/v1/public/releases"
TAILS: Final = ("", "/figures", "/export?as=csv", "/export?as=json", "/export?as=xlsx")
REPEATS: Final = 1_000
SECURE: Final = ("X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Content-Security-Policy")


@pytest.fixture(scope="module")
def for_all(database: Any) -> Release:
    return rows.for_all()


def doors(release: Release) -> list[str]:
    """Return every address that is open to all."""
    of_it = [f"{LIST}/{release.number}{tail}" for tail in TAILS]
    return [LIST, *of_it, "/api/v1/public/transparency", "/transparency"]


def test_each_answer_has_its_headers_and_no_cookie(for_all: Release) -> None:
    for path in doors(for_all):
        answer = Api().get(path)
        assert answer.status == 200, (path, answer.raw)
        assert not answer.cookies, path
        assert "Set-Cookie" not in answer.headers
        assert answer.headers.get("Cache-Control", "") == ("no-store" if path.startswith("/api/") else ""), (
            path
        )
        assert {*SECURE} <= {*answer.headers}, path
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
        assert "Cookie" not in answer.headers.get("Vary", ""), path


def test_who_asks_changes_nothing_in_what_is_answered(for_all: Release) -> None:
    """A session, a broken token and a cookie of somebody's own making: the same bytes."""
    user = national("release_officer")
    ways = (browser_for(user), Api(Cookie="sessionid=forged"), Api(X_Forwarded_For="127.0.0.1"))
    for path in doors(for_all):
        said = Api().get(path).raw
        assert {api.get(path).raw for api in ways} == {said}, path
        broken = Api(Authorization="Bearer nothing").get(path)
        assert broken.raw == said or broken.status == 401, path


def test_repeats_give_one_answer(for_all: Release) -> None:
    for path in doors(for_all):
        assert len({Api().get(path).raw for _ in range(3)}) == 1, path
    assert len({told(for_all) for _ in range(50)}) == 1


@pytest.mark.full
def test_a_thousand_repeats_give_one_answer(admin: psycopg.Connection) -> None:
    """Of a release made of facts: noise and masks belong to the facts, so nothing is drawn anew."""
    row = published(admin)
    path = f"{LIST}/{row.number}"
    first = Api().get(path)
    assert first.json["document"]["tables"]
    assert {Api().get(path).raw for _ in range(REPEATS)} == {first.raw}
    assert len({told(row) for _ in range(REPEATS // 10)}) == 1


def told(release: Release) -> tuple[bytes, str]:
    """Return what is handed out of a release."""
    file = handing_out.as_file(release, form="csv")
    return file.content, file.name


def published(admin: psycopg.Connection) -> Release:
    """Publish a year for all, of a town that locked it."""
    year, town = free_year(), Town()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    return released(str(year), "C")


def test_strangers_have_a_limit_that_all_these_share(for_all: Release) -> None:
    api = Api()
    left = [remaining(api.get(path)) for path in doors(for_all)[:-1]]
    assert left == sorted(left, reverse=True)
    assert len(set(left)) == len(left)
    RateCounter.objects.update(count=100_000)
    for path in doors(for_all):
        answer = api.get(path)
        assert (answer.status, answer.code) == (429, "throttled"), path
        assert int(answer.headers["Retry-After"]) > 0
    RateCounter.objects.all().delete()


def remaining(answer: Answer) -> int:
    """Return how many calls are left, as the header says."""
    return int(answer.headers["RateLimit"].partition("r=")[2].partition(";")[0])


def test_what_is_not_published_for_all_has_no_address(admin: psycopg.Connection) -> None:
    """Waiting, refused, declined, unbuilt, or of the Office: nothing of it stands in any public answer."""
    year, town = free_year(), Town()
    write(admin, yearly(town.team, year))
    lock(town.team, *(f"{year}-Q{at}" for at in range(1, 5)))
    office = released(f"{year}-Q1")
    waiting, unbuilt = built(str(year), "C"), rows.unbuilt()
    officer = browser_for(national("release_officer"))
    declined = built(f"{year}-Q2")
    assert officer.post(f"/api/v1/releases/{declined.pk}/decline", {}).status == 200
    listed = Api().get(LIST)
    assert not {str(year), f"{year}-Q1", f"{year}-Q2"} & {one["period"] for one in listed.json["results"]}
    for row in (office, waiting, unbuilt, declined):
        assert str(row.pk).encode() not in listed.raw
        assert row.sha256 is None or row.sha256.encode() not in listed.raw
    absent = Api().get(f"{LIST}/999999999")
    for tail in TAILS:
        found = Api().get(f"{LIST}/{office.number}{tail}")
        assert (found.status, found.code) == (404, absent.code)
        assert {**found.json, "request_id": ""} == {**absent.json, "request_id": ""}
    for user in (town.coordinator, town.nurse, town.officer, national("key_custodian")):
        api = browser_for(user)
        for row in (waiting, declined):
            assert api.get(f"/api/v1/releases/{row.pk}").status == 404
    assert officer.post(f"/api/v1/releases/{declined.pk}/approve", {}).code == "declined"


def test_reading_in_public_is_nobody_s_act(for_all: Release, audit: Audit) -> None:
    """Nobody is known, so nothing is written down of whoever reads: neither an entry nor an address."""
    for path in doors(for_all):
        Api().get(path)
    assert [one["verb"] for one in audit.entries() if one["object_id"] == str(for_all.pk)] == []
