"""Each kind of event that the design names, done once: one entry tells of it, in the log where it belongs.

What each operation of the API leaves is asked in `tests/access/test_every_operation_leaves_its_entry.py`, what is
refused in `tests/api/test_a_denied_attempt_shows_to_the_lead_of_its_victim.py`, acts on people in
`tests/backend/teams`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from backend.cases import break_glass, break_glass_review
from backend.cases.models import BreakGlass
from backend.encryption.keyring import create_root
from backend.referrals import lapse
from backend.teams import acting, people, second_factor, tokens
from backend.teams.agreements import register_agreement, register_memorandum
from backend.teams.models import Membership, SharingAgreement
from backend.teams.organisations import create_team
from tests.api.audit import NATIONAL, Audit
from tests.api.client import Answer, browser_for
from tests.api.referral_loop import AT, Street, street
from tests.api.signing_in import AUTH, PASSWORD, SECRET, Browser, Clock, person
from tests.backend.cases.looks import look
from tests.databases import Clones
from tests.world import BUILDER, Town, actor, ago, free_prefix, make_organisation, make_user, national, saved

CASES = "/api/v1/cases"
TEXT = "Dogovoren je razgovor u sredu."
NEW = "sasvim-nova-lozinka-7"
Event = Callable[[Street], Any]


@pytest.fixture
def way() -> Street:
    found = street(Town())
    for who in ("coordinator", "deputy", "nurse", "lead", "officer"):
        assert getattr(found.loop.town, who).id
    create_root(None)
    return found


@pytest.fixture
def audit(database: Clones, way: Street) -> Iterator[Audit]:
    with Audit.since_now(database.main.superuser_url) as entries:
        yield entries


def by(way: Street, who: str) -> Any:
    return actor(getattr(way.loop.town, who))


def case(way: Street, path: str = "") -> str:
    return f"{CASES}/{way.loop.case.id}{path}"


def get(path: Callable[[Street], str], who: str = "social_worker") -> Event:
    return lambda way: answered(browser_for(getattr(way.loop.town, who)).get(path(way)))


def post(path: Callable[[Street], str], body: Any, who: str = "social_worker") -> Event:
    return lambda way: answered(browser_for(getattr(way.loop.town, who)).post(path(way), body))


def answered(answer: Answer) -> Answer:
    assert answer.status in {200, 201}, answer.raw
    return answer


def reveal(way: Street) -> None:
    note = answered(
        browser_for(way.loop.town.social_worker).post(
            case(way, "/notes"), {"text": TEXT, "organisation": str(way.loop.town.centre.id)}
        )
    )
    body = {"fields": [note.json["field"]], "purpose": "direct_work"}
    post(lambda one: case(one, "/reveal"), body)(way)


def patch(way: Street) -> None:
    browser = browser_for(way.loop.town.social_worker)
    answered(browser.patch(case(way), {"urgency": "urgent"}, If_Match='"1"'))


def looked(way: Street) -> BreakGlass:
    return look(way.loop.town.worker("member", way.loop.town.society), way.loop.case)


def end_look(way: Street) -> None:
    row = looked(way)
    break_glass.end(actor_of(row), row)


def actor_of(row: BreakGlass) -> Any:
    from_row = Membership.objects.get(user_id=row.person_id)
    return actor(from_row.user)


def review_look(way: Street) -> None:
    break_glass_review.review(by(way, "lead"), looked(way), verdict="expected")


def add_member(way: Street) -> None:
    town = way.loop.town
    people.add_membership(
        by(way, "coordinator"), user=make_user(), role="member", team=town.team, organisation=town.clinic
    )


def end_member(way: Street) -> None:
    people.end_membership(by(way, "coordinator"), Membership.objects.get(user=way.loop.town.nurse))


def start_acting(way: Street) -> None:
    deputy = Membership.objects.get(user=way.loop.town.deputy)
    acting.start_acting(by(way, "coordinator"), deputy, reason="absent")


def memorandum(_way: Street) -> None:
    register_memorandum(
        actor(national("directory_admin")), organisation=make_organisation("cso"), number="M-1"
    )


def agreement(way: Street) -> None:
    organisation = make_organisation("health")
    register_agreement(actor(national("directory_admin")), team=way.loop.town.team, organisation=organisation)


def found_team(way: Street) -> None:
    labels = dict.fromkeys(("en", "sr-Latn", "sr-Cyrl"), "t")
    place = way.loop.town.team.municipality
    create_team(BUILDER, slug=free_prefix().lower(), prefix=free_prefix(), municipality=place, labels=labels)


def issue_token(way: Street) -> None:
    town, operations = way.loop.town, ["case.view_coded"]
    tokens.issue(
        by(way, "coordinator"), name="t", acting_for=town.nurse, team=town.team, operations=operations
    )


def run_out(way: Street) -> None:
    """What the clock ends is written down by the job, in the name of its account."""
    agreement = SharingAgreement.objects.get(organisation=way.loop.town.clinic, team=way.loop.town.team)
    way.loop.started()
    agreement.valid_until = ago(seconds=1)
    saved(agreement)
    lapse.record_lapses()


def ask_doctor(_way: Street) -> None:
    """That it finds what other tests left behind is no matter here."""
    with suppress(CommandError):
        call_command("doctor", "grants", stdout=StringIO())


TEAM, EVERYBODY = "team", "national"
EVENTS: dict[str, tuple[Event, str, str]] = {
    "read": (get(case), "case.read", TEAM),
    "why_seen": (get(lambda way: case(way, "/access")), "case.access_read", TEAM),
    "history": (get(lambda way: case(way, "/history")), "case.history_read", TEAM),
    "list": (get(lambda _way: f"{CASES}?urgency=routine"), "case.listed", TEAM),
    "search": (get(lambda way: f"{CASES}?q={way.loop.case.code}"), "case.listed", TEAM),
    "referrals": (get(lambda _way: AT), "referral.listed", TEAM),
    "disclosures": (get(lambda way: case(way, "/disclosures")), "disclosure.listed", TEAM),
    "members": (get(lambda _way: "/api/v1/members", "coordinator"), "membership.listed", TEAM),
    "reveal": (reveal, "case.revealed", TEAM),
    "create": (lambda way: way.loop.refer(), "referral.sent", TEAM),
    "update": (patch, "case.changed", TEAM),
    "transition": (lambda way: way.loop.accepted(), "referral.accepted", TEAM),
    "look": (looked, "breakglass.requested", TEAM),
    "look_ended": (end_look, "breakglass.ended", TEAM),
    "look_reviewed": (review_look, "breakglass.reviewed", TEAM),
    "member_added": (add_member, "membership.added", TEAM),
    "member_ended": (end_member, "membership.ended", TEAM),
    "acting": (start_acting, "acting.started", TEAM),
    "memorandum": (memorandum, "memorandum.registered", EVERYBODY),
    "agreement": (agreement, "agreement.registered", TEAM),
    "token": (issue_token, "token.issued", TEAM),
    "team": (found_team, "team.created", ""),
    "by_the_clock": (run_out, "referral.lapsed", TEAM),
    "grants_read": (ask_doctor, "grants.compared", EVERYBODY),
}


@pytest.mark.parametrize("name", EVENTS)
def test_it_leaves_one_entry(way: Street, audit: Audit, name: str) -> None:
    event, verb, log = EVENTS[name]
    event(way)
    where = {TEAM: {"log": way.loop.town.team.id}, EVERYBODY: {"log": NATIONAL}}.get(log, {})
    found = audit.entries(verb=verb, outcome="success", **where)
    assert len(found) == 1, [entry["verb"] for entry in audit.entries()]


def test_a_list_names_its_filters_and_what_it_returned(way: Street, audit: Audit) -> None:
    get(lambda _way: f"{CASES}?urgency=routine&q={way.loop.case.code}")(way)
    (entry,) = audit.entries(verb="case.listed")
    assert entry["said"]["object_ids"] == [str(way.loop.case.id)]
    assert entry["said"]["facts"]["filters"] == ["urgency=routine", "q"]
    assert way.loop.case.code not in str(entry["said"])


def test_everything_at_the_door(way: Street, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, user, browser = Clock(monkeypatch), person(), Browser()
    browser.sign_in(user)
    browser.show_code(clock.code())
    assert browser.add_key(user).status == 200
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert browser.post(f"{AUTH}/account/password/change", change).status == 200
    clock.now += 60
    browser.delete(f"{AUTH}/auth/session")
    second_factor.enrol_totp(user, SECRET, by=BUILDER)
    verbs = [entry["verb"] for entry in audit.entries(object_id=str(user.id), outcome="success")]
    for verb in (
        "account.created", "account.factor_used", "account.signed_in", "account.password_changed",
        "account.signed_out",
    ):  # fmt: skip
        assert verbs.count(verb) == 1, (verb, verbs)
    # The app given at the beginning, the key with its recovery codes, and the app that took the place of all three.
    assert verbs.count("account.factor_added") == 4
    assert verbs.count("account.factor_removed") == 3
    assert verbs.count("account.factor_set") == 2


def test_a_search_that_finds_nothing_is_told_to_the_team_that_was_asked(way: Street, audit: Audit) -> None:
    get(lambda _way: f"{CASES}?q=zzzzzzzz")(way)
    get(lambda one: case(one, "/disclosures"))(way)
    for verb, facts in (
        ("case.listed", {"filters": ["q"]}),
        ("disclosure.listed", {"filters": [], "case": str(way.loop.case.id)}),
    ):
        (entry,) = audit.entries(verb=verb)
        assert (entry["log"], entry["said"]["object_ids"]) == (way.loop.town.team.id, [])
        assert entry["said"]["facts"] == facts
