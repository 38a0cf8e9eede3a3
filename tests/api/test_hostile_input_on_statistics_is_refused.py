"""Every door of statistics against what is not meant for it: parameters, bodies, quarters, ids and file forms.

Each is a problem with a name, below 500, and changes nothing.
"""

from typing import Any, Final

import pytest

from backend.statistics.models import QuarterLock
from backend.statistics.releases.models import Release
from tests.api.client import Answer, Api, browser_for, client_for
from tests.backend.statistics.releases import rows
from tests.backend.statistics.tallying import exchange, locked, month
from tests.world import Town, national

V1: Final = "/api/v1"
PUBLIC: Final = ("public/releases", "public/releases/{number}", "public/releases/{number}/figures",
                 "public/releases/{number}/export?as=csv", "public/transparency")  # fmt: skip
OFFICE: Final = ("releases", "releases/{release}", "releases/{release}/gate", "releases/{release}/manifest",
                 "releases/{release}/figures", "releases/{release}/tdi",
                 "releases/{release}/export?as=csv")  # fmt: skip
TEAM: Final = ("quarters", "quarters/{lock}", "statistics/teams/{team}")
TALLIES: Final = ("service-tallies",)
UNKNOWN: Final = (
    "team_id",
    "sex",
    "where",
    "as_of",
    "format",
    "fields",
    "where[]",
    "\u0430s",
    "quarter ",
    "x" * 300,
)
# Texts that name no quarter, whoever reads them and however.
NO_QUARTERS: Final = (
    "2026-Q5", "2026-Q0", "0000-Q1", "9999-Q4", "1999-Q4", "2026-q1", "2026Q1", "2026-Q1 ", " 2026-Q1", "2026-Q1\n",
    "2026-Q\uff11", "\u0662\u0660\u0662\u0666-Q1", "-026-Q1", "2026-H1", "2026", "", "\x00", "2026-Q1\x00", "null",
    "2026-Q1' OR 1=1 --", "../../etc/passwd", "=1+1", "A" * 10_000, "\U0001f4a3", "\ud800",
)  # fmt: skip


class Doors:
    """A town, a release of each kind, and those who may most."""

    def __init__(self) -> None:
        self.town = Town()
        self.named = {
            "team": str(self.town.team.pk),
            "lock": str(locked(self.town, month(30)).pk),
            "release": str(rows.waiting().pk),
            "number": str(rows.for_all().number),
        }
        self.coordinator, self.outreach = browser_for(self.town.coordinator), client_for(self.town.outreach)
        self.analyst, self.officer = (
            browser_for(national(role)) for role in ("national_analyst", "release_officer")
        )

    @property
    def stranger(self) -> Api:
        """Return somebody new each time: strangers have a limit by address."""
        return Api()

    def ways(self) -> list[tuple[Api, str]]:
        """Return every reading operation with somebody who may call it."""
        pairs = (
            (self.stranger, PUBLIC), (self.officer, OFFICE), (self.coordinator, TEAM), (self.outreach, TALLIES)
        )  # fmt: skip
        return [(api, f"{V1}/{path.format(**self.named)}") for api, paths in pairs for path in paths]


@pytest.fixture(scope="module")
def doors(database: Any) -> Doors:
    return Doors()


def refused(answer: Answer, *statuses: int) -> None:
    """Check that an answer is a problem with a code, and no fault of the service."""
    assert answer.status in statuses, (answer.status, answer.raw[:300])
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.code
    assert b"Traceback" not in answer.raw


@pytest.mark.parametrize("name", UNKNOWN, ids=lambda name: ascii(name)[:20])
def test_no_operation_takes_a_parameter_that_it_does_not_declare(doors: Doors, name: str) -> None:
    for api, path in doors.ways():
        bare, _mark, said = path.partition("?")
        given = dict([said.split("=")]) if said else {}
        refused(api.get(bare, query={**given, name: "1"}), 400)


def test_a_parameter_that_is_declared_is_given_once(doors: Doors) -> None:
    for api, path in (
        (doors.stranger, f"public/releases/{doors.named['number']}/export?as=csv&as=json"),
        (doors.stranger, f"public/releases/{doors.named['number']}/figures?indicator=N1&indicator=N2"),
        (doors.officer, f"releases/{doors.named['release']}/export?as=csv&as=csv"),
        (doors.coordinator, f"statistics/teams/{doors.named['team']}?quarter=2024-Q1&quarter=2024-Q2"),
    ):
        refused(api.get(f"{V1}/{path}"), 400)


@pytest.mark.parametrize(
    "form",
    ["CSV", "csv ", " csv", "csv\x00", "csv,json", "../csv", "xls", "html", "\u0441sv", "written", "c" * 9000],
    ids=lambda form: ascii(form)[:20],
)  # fmt: skip
def test_a_release_is_written_in_no_form_but_the_three(doors: Doors, form: str) -> None:
    for api, path in (
        (doors.stranger, f"{V1}/public/releases/{doors.named['number']}/export"),
        (doors.officer, f"{V1}/releases/{doors.named['release']}/export"),
    ):
        answer = api.get(path, query={"as": form})
        refused(answer, 400)
        assert "Content-Disposition" not in answer.headers


def test_what_names_no_quarter_is_refused_at_every_door(doors: Doors) -> None:
    town, service = doors.town, exchange(doors.town)
    before = QuarterLock.objects.count(), Release.objects.count()
    for text in NO_QUARTERS:
        if text != "\ud800":
            reading = doors.coordinator.get(f"{V1}/statistics/teams/{town.team.pk}", query={"quarter": text})
            refused(reading, 400)
        refused(
            doors.coordinator.post(f"{V1}/quarters", {"team": str(town.team.pk), "quarter": text}), 400, 422
        )
        if text not in {"2026-H1", "2026", "1999-Q4"}:  # a release may be of these
            answer = doors.analyst.post(f"{V1}/releases", {"tier": "B", "period": text})
            assert answer.status in {400, 422}, ascii(text)
        body = {"team": str(town.team.pk), "service": str(service.pk), "item": "syringes_out", "amount": 1}
        refused(doors.outreach.post(f"{V1}/service-tallies", {**body, "month": text}), 400, 422)
    assert (QuarterLock.objects.count(), Release.objects.count()) == before


def test_a_period_that_is_far_away_is_refused_by_name(doors: Doors) -> None:
    for period, codes in (
        ("2099-Q4", {"period_not_over"}), ("2199", {"period_not_over"}), ("1900", {"nothing_locked"}),
        ("2000-H1", {"nothing_locked"}), ("2200", {"invalid"}), ("0001", {"invalid"}), ("99999", {"invalid"}),
    ):  # fmt: skip
        answer = doors.analyst.post(f"{V1}/releases", {"tier": "B", "period": period})
        refused(answer, 409, 422)
        assert answer.code in codes, period
    for quarter in ("2099-Q4", "2098-Q1"):
        body = {"team": doors.named["team"], "quarter": quarter}
        assert doors.coordinator.post(f"{V1}/quarters", body).code == "quarter_open"


@pytest.mark.parametrize(
    "tier",
    ["A", "b", "c", "", "BC", "B\x00", "\u0412", None, 1, True, [], ["B"], {"B": "C"}, "B" * 5000],
    ids=lambda tier: ascii(tier)[:20],
)  # fmt: skip
def test_there_are_two_tiers_and_no_other(doors: Doors, tier: Any) -> None:
    refused(doors.analyst.post(f"{V1}/releases", {"tier": tier, "period": "2025"}), 400, 422)


BODIES: Final[dict[str, Any]] = {
    "nothing": b"", "null": b"null", "text": b'"B"', "number": b"1", "list": b"[{}]", "half": b'{"tier":',
    "twice": b'{"tier":"B","tier":"C","period":"2025"}', "nan": b'{"tier":NaN,"period":"2025"}',
    "latin": b'{"tier":"\xe9"}', "zero": b'{"tier":"B\x00"}', "escaped": b'{"tier":"B","period":"2025\\u0000"}',
    "lone": b'{"tier":"\\ud800","period":"2025"}', "deep": b"[" * 3000 + b"]" * 3000,
    "big": b'{"tier":"' + b"x" * 2_000_000 + b'"}',
    "name": b'{"__proto__":{},"tier":"B","period":"2025"}',
    "more": b'{"tier":"B","period":"2025","status":"published"}',
    "mine": b'{"tier":"B","period":"2025","prepared_by":"00000000-0000-4000-8000-000000000000"}',
    "facts": b'{"team":"x","quarter":"2024-Q1","facts":0,"digest":"0"}',
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_not_what_was_asked_changes_nothing(doors: Doors, body: bytes) -> None:
    before = QuarterLock.objects.count(), Release.objects.count()
    refused(doors.analyst.post(f"{V1}/releases", body), 400, 413, 422)
    refused(doors.coordinator.post(f"{V1}/quarters", body), 400, 413, 422)
    refused(doors.outreach.post(f"{V1}/service-tallies", body), 400, 413, 422)
    assert (QuarterLock.objects.count(), Release.objects.count()) == before


def test_approving_takes_no_words(doors: Doors) -> None:
    at = f"{V1}/releases/{doors.named['release']}"
    for body in ({"number": 1}, {"status": "published"}, {"document": {}}, [], "x"):
        for verb in ("approve", "decline"):
            refused(doors.officer.post(f"{at}/{verb}", body), 400, 422)
    assert Release.objects.get(pk=doors.named["release"]).status == "prepared"


def test_the_id_of_something_else_names_nothing(doors: Doors) -> None:
    named = doors.named
    others = (
        str(doors.town.coordinator.pk),
        str(doors.town.centre.pk),
        named["lock"],
        named["team"],
        named["release"],
    )
    for path, own, reads in (
        ("releases/{}", "release", ("", "/gate", "/manifest", "/figures", "/tdi", "/export?as=csv")),
        ("quarters/{}", "lock", ("",)),
        ("statistics/teams/{}", "team", ("",)),
    ):
        for other in (one for one in others if one != named[own]):
            user = doors.town.worker("coordinator", doors.town.centre)
            api = browser_for(user if own != "release" else national("release_officer"))
            for read in reads:
                refused(api.get(f"{V1}/{path.format(other)}{read}"), 404)
    for number in (named["release"], f"+{named['number']}", f"0x{named['number']}", f"{named['number']}.0",
                   f"{named['number']}%20", f"{named['number']}%00", "\u0661", "-0", "9" * 10, "9" * 400):  # fmt: skip
        for tail in ("", "/figures", "/export?as=csv"):
            refused(doors.stranger.get(f"{V1}/public/releases/{number}{tail}"), 400, 404)


def test_a_team_in_a_body_is_one_of_the_own(doors: Doors) -> None:
    foreign = Town()
    for team in (str(foreign.team.pk), str(foreign.centre.pk), "00000000-0000-4000-8000-000000000000"):
        api = browser_for(doors.town.worker("coordinator", doors.town.centre))
        answer = api.post(f"{V1}/quarters", {"team": team, "quarter": "2024-Q1"})
        refused(answer, 403, 422)
    assert not QuarterLock.objects.filter(team=foreign.team).exists()


def test_nothing_that_is_published_is_written_to(doors: Doors) -> None:
    for path in (*PUBLIC, *OFFICE[1:], *TEAM[1:]):
        at = f"{V1}/{path.format(**doors.named)}"
        for method in ("PUT", "PATCH", "DELETE"):
            api = doors.stranger if path in PUBLIC else doors.officer
            refused(api.send(method, at, {}), 401, 403, 404, 405)
