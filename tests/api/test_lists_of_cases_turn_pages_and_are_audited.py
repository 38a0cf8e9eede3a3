"""Lists of cases and of what belongs to them: pages without gaps, counts when asked, an entry for each team."""

import pytest

from audit.acts import act
from backend.cases.models import Case, Notification
from backend.cases.notify import tell_organisation
from backend.teams.models import Membership
from tests.api.audit import Audit
from tests.api.case_bodies import CASES, case_body, consent_body
from tests.api.client import Api, browser_for, client_for
from tests.world import BUILDER, Town, ago, national, saved

NOTIFICATIONS = "/api/v1/notifications"


@pytest.fixture
def worker(town: Town) -> Api:
    return browser_for(town.outreach)


def open_some(worker: Api, town: Town, count: int) -> list[str]:
    """Open cases one after the other; return their codes, newest first."""
    codes = [worker.post(CASES, case_body(town)).json["code"] for _ in range(count)]
    return codes[::-1]


def turn(client: Api, first: str) -> list[list[str]]:
    """Return the codes of each page, following `next` to its end."""
    pages, address = [], first
    while address:
        answer = client.get(address)
        assert answer.status == 200, answer.raw
        pages.append([row["code"] for row in answer.json["results"]])
        address = (answer.json["next"] or "").removeprefix("http://testserver")
    return pages


def test_pages_hold_every_case_once_newest_first(town: Town, worker: Api) -> None:
    codes = open_some(worker, town, 5)
    assert turn(worker, f"{CASES}?page_size=2") == [codes[:2], codes[2:4], codes[4:]]


def test_a_page_back_is_the_page_before(town: Town, worker: Api) -> None:
    codes = open_some(worker, town, 4)
    second = worker.get(f"{CASES}?page_size=2").json["next"].removeprefix("http://testserver")
    back = worker.get(second).json["previous"].removeprefix("http://testserver")
    assert [row["code"] for row in worker.get(back).json["results"]] == codes[:2]


def test_a_case_opened_meanwhile_moves_no_page(town: Town, worker: Api) -> None:
    codes = open_some(worker, town, 3)
    second = worker.get(f"{CASES}?page_size=2").json["next"].removeprefix("http://testserver")
    open_some(worker, town, 1)
    assert [row["code"] for row in worker.get(second).json["results"]] == codes[2:]


def test_a_cursor_of_one_list_does_not_fit_another(town: Town, worker: Api) -> None:
    open_some(worker, town, 2)
    cursor = worker.get(f"{CASES}?page_size=1").json["next"].split("cursor=")[1]
    assert worker.get(f"{CASES}?page_size=1&status=active&cursor={cursor}").status == 400
    assert worker.get(f"{NOTIFICATIONS}?cursor={cursor}").status == 400


def test_the_number_is_given_when_asked_and_counts_one_s_own_only(town: Town, worker: Api) -> None:
    open_some(worker, town, 3)
    clinic = case_body(town, organisation=str(town.clinic.id), consent=consent_body(town.clinic))
    assert browser_for(town.nurse).post(CASES, clinic).status == 201
    assert "count" not in worker.get(CASES).json
    assert worker.get(f"{CASES}?count=true&page_size=1").json["count"] == 3
    assert browser_for(town.coordinator).get(f"{CASES}?count=true").json["count"] == 4
    assert browser_for(Town().coordinator).get(f"{CASES}?count=true").json["count"] == 0


@pytest.mark.parametrize(
    "query", ["page_size=0", "page_size=101", "page_size=x", "ordering=code", "count=maybe"]
)
def test_what_a_list_does_not_offer_is_refused(worker: Api, query: str) -> None:
    assert worker.get(f"{CASES}?{query}").status == 400


def test_a_list_over_two_teams_is_an_entry_for_each(town: Town, audit: Audit) -> None:
    other = Town()
    for place in (town, other):
        assert browser_for(place.outreach).post(CASES, case_body(place)).status == 201
    both = town.coordinator
    saved(
        Membership(
            user=both, role="member", team=other.team, organisation=other.society, valid_from=ago(days=1)
        )
    )
    rows = browser_for(both).get(CASES).json["results"]
    assert {row["team"] for row in rows} == {str(town.team.id), str(other.team.id)}
    entries = audit.entries(verb="case.listed")
    assert {entry["log"] for entry in entries} == {town.team.id, other.team.id}
    for entry in entries:
        mine = Case.objects.filter(team_id=entry["log"]).values_list("pk", flat=True)
        assert entry["said"]["object_ids"] == [str(pk) for pk in mine]


def test_a_token_of_one_team_lists_that_team_only(town: Town) -> None:
    other = Town()
    for place in (town, other):
        browser_for(place.outreach).post(CASES, case_body(place))
    saved(
        Membership(
            user=town.coordinator,
            role="member",
            team=other.team,
            organisation=other.society,
            valid_from=ago(days=1),
        )
    )
    rows = client_for(town.coordinator, team=town.team).get(CASES).json["results"]
    assert {row["team"] for row in rows} == {str(town.team.id)}


def test_filters_join_and_a_foreign_id_finds_what_an_absent_one_finds(town: Town, worker: Api) -> None:
    other = Town()
    foreign = browser_for(other.outreach).post(CASES, case_body(other)).json
    open_some(worker, town, 2)
    assert len(worker.get(f"{CASES}?status=active&urgency=routine").json["results"]) == 2
    for team in (foreign["team"], "00000000-0000-4000-8000-00000000dead"):
        answer = worker.get(f"{CASES}?team={team}")
        assert (answer.status, answer.json["results"]) == (200, [])


def test_notifications_turn_pages_by_their_own_clock(town: Town) -> None:
    nurse = browser_for(town.nurse)
    for number in range(3):
        with act(BUILDER, "test.tell"):
            tell_organisation(
                town.clinic.id,
                team_id=town.team.id,
                kind=f"referral.kind_{number}",
                object_kind="referral",
                object_id=town.team.id,
            )
    first = nurse.get(f"{NOTIFICATIONS}?page_size=2").json
    assert [row["kind"] for row in first["results"]] == ["referral.kind_2", "referral.kind_1"]
    rest = nurse.get(first["next"].removeprefix("http://testserver")).json
    assert [row["kind"] for row in rest["results"]] == ["referral.kind_0"]
    assert set(first["results"][0]) == {
        "id", "team", "organisation", "kind", "object_kind", "object_id", "at", "read_at",
    }  # fmt: skip


def test_a_notification_is_read_once_and_for_the_whole_organisation(town: Town) -> None:
    with act(BUILDER, "test.tell"):
        tell_organisation(
            town.clinic.id,
            team_id=town.team.id,
            kind="referral.sent",
            object_kind="referral",
            object_id=town.team.id,
        )
    row = Notification.objects.get(organisation=town.clinic)
    nurse, colleague = browser_for(town.nurse), browser_for(town.worker("member", town.clinic))
    assert nurse.post(f"{NOTIFICATIONS}/{row.id}/read", {}).status == 200
    read_at = colleague.get(NOTIFICATIONS).json["results"][0]["read_at"]
    assert colleague.post(f"{NOTIFICATIONS}/{row.id}/read", {}).json["read_at"] == read_at
    assert nurse.get(f"{NOTIFICATIONS}?unread=true").json["results"] == []
    assert nurse.get(f"{NOTIFICATIONS}?unread=false").json["results"] != []


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_who_reviews_hears_of_no_case(town: Town, who: str) -> None:
    client_for(town.outreach).post(CASES, case_body(town))
    answer = browser_for(getattr(town, who)).get(NOTIFICATIONS)
    assert (answer.status, answer.json["results"]) == (200, [])


@pytest.mark.parametrize("role", ["national_analyst", "key_custodian", "platform_admin"])
def test_roles_without_a_team_have_no_notifications(role: str) -> None:
    assert browser_for(national(role)).get(NOTIFICATIONS).status == 403
