"""One case more changes no answer but its own side's and coordinator's, until the quarter locks; no fact names it."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from backend.cases.models import Case
from backend.cases.opening import FactsInput, open_case
from backend.referrals.models import Referral, ReferralEvent
from backend.statistics import quarters
from backend.statistics.periods import Quarter
from backend.teams.models import User
from tests.api.client import browser_for
from tests.backend.referrals.loops import CLASSES, Loop, consent_to, opened
from tests.world import Town, actor, by_hand, national

pytestmark = pytest.mark.database
NOW = Quarter.of(quarters.today())
LATER = date(NOW.year + 1, 6, 1)
UNIQUE = {"age_band": "ge65", "sex": "2", "primary_drug": "11", "injecting": "2.3", "hiv_test": "2.2"}
# What differs in every refusal.
REQUEST = re.compile(rb'"request_id":"[0-9a-f-]{36}"')
WORDS = "SELECT to_jsonb(f)::text FROM statistics.fact f UNION ALL SELECT to_jsonb(r)::text FROM statistics.rollup r"


@pytest.fixture
def town(database: Any) -> Town:
    made = opened(Town())
    made.completed()
    return made.town


def planted(town: Town, **values: Any) -> Loop:
    """Open the one case of the town that is unlike every other one, and refer it."""
    case = open_case(
        actor(town.social_worker),
        team=town.team,
        organisation=town.centre,
        consent=consent_to(town.clinic, town.society, classes=CLASSES),
        facts=FactsInput(items=UNIQUE, needs=["substance_treatment"]),
    )
    loop = Loop(town, case, case.consent_set.get())
    loop.completed(**values)
    return loop


def lock(town: Town) -> Any:
    return quarters.lock_quarter(actor(town.coordinator), team=town.team, quarter=str(NOW))


def others(town: Town) -> Iterator[tuple[User, str]]:
    """Yield who is not told of the case, each with what they may ask."""
    away = Town().coordinator
    for user in (town.lead, town.outreach, away, national("national_analyst"), national("release_officer")):
        for address in ("statistics/teams/" + str(town.team.pk), "quarters", "releases", "public/releases"):
            yield user, f"/api/v1/{address}"


def answers(asked: list[tuple[User, str]]) -> list[tuple[int, bytes]]:
    found = [browser_for(user).get(address) for user, address in asked]
    return [(one.status, REQUEST.sub(b"", one.raw)) for one in found]


def test_until_the_lock_every_other_answer_is_the_same_bytes(town: Town) -> None:
    asked = list(others(town))
    before = answers(asked)
    planted(town)
    assert answers(asked) == before


def test_the_own_coordinator_sees_one_more(town: Town) -> None:
    def count() -> int:
        said = browser_for(town.coordinator).get(f"/api/v1/statistics/teams/{town.team.pk}").json["numbers"]
        rows = (one for one in said if one["organisation"] is None and not one["service_code"])
        return next(int(one["n"]) for one in rows if one["mark"] == "new")

    before = count()
    planted(town)
    assert count() == before + 1


def test_the_analyst_s_cases_are_as_absent(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = planted(town)
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    lock(town)
    analyst = browser_for(national("national_analyst"))
    assert analyst.get("/api/v1/cases").status == 403
    assert analyst.get(f"/api/v1/cases/{loop.case.id}").status in {403, 404}


def test_no_fact_holds_an_id_of_the_case(
    town: Town, monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection[Any]
) -> None:
    loop = planted(town)
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    lock(town)
    names = {
        str(loop.case.pk),
        loop.case.code,
        loop.case.spoken_name,
        str(loop.need_id),
        str(loop.consent.pk),
    }
    for model in (Referral, ReferralEvent):
        names |= {str(pk) for pk in model.objects.filter(case_id=loop.case.pk).values_list("pk", flat=True)}
    names |= {str(user.pk) for user in (town.coordinator, town.social_worker, town.nurse)}
    written = "\n".join(row for (row,) in admin.execute(WORDS).fetchall())
    assert [one for one in names if one in written] == []


def test_the_order_of_writing_says_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection[Any]
) -> None:
    """The facts of one person do not stand together: in twenty persons' facts the kinds are mixed."""
    for _ in range(8):
        planted(town)
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    lock(town)
    text = "SELECT kind FROM statistics.fact WHERE team_id = %s ORDER BY ctid"
    kinds = [kind for (kind,) in admin.execute(text, [town.team.pk]).fetchall()]
    assert kinds != sorted(kinds)
    assert kinds[: len(kinds) // 9] * 9 != kinds


def _erase(loop: Loop) -> None:
    with by_hand():
        row = Case.objects.get(pk=loop.case.pk)
        row.status = "erased"
        row.save()


def _keep(_loop: Loop) -> None:
    """Do nothing."""


@pytest.mark.parametrize(("change", "cases"), [(_keep, 2), (_erase, 1)], ids=["kept", "erased"])
def test_an_erased_case_leaves_no_fact(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    admin: psycopg.Connection[Any],
    change: Callable[[Loop], None],
    cases: int,
) -> None:
    change(planted(town))
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    lock(town)
    text = "SELECT count(*) FROM statistics.fact WHERE team_id = %s AND kind = 'case_quarter'"
    assert admin.execute(text, [town.team.pk]).fetchone() == (cases,)


def test_a_secret_service_is_named_without_its_team(
    town: Town, monkeypatch: pytest.MonkeyPatch, admin: psycopg.Connection[Any]
) -> None:
    loop = planted(town)
    loop.refer(service_code="TX-HIC", need_id=None)
    monkeypatch.setattr(quarters, "today", lambda: LATER)
    before = admin.execute("SELECT count(*) FROM statistics.fact WHERE service_code = 'TX-HIC'").fetchone()
    lock(town)
    text = "SELECT team_id, organisation_to, kind FROM statistics.fact WHERE service_code = 'TX-HIC'"
    found = admin.execute(text).fetchall()
    assert before is not None
    assert len(found) == before[0] + 1
    assert set(found) == {(None, None, "national")}
    seen = browser_for(town.coordinator).get(f"/api/v1/statistics/teams/{town.team.pk}?quarter={NOW}")
    assert b"TX-HIC" not in seen.raw
