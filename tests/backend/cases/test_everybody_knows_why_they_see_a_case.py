"""Reasons with their ends, allowed actions that do not fail, disclosures and notifications within one's reach."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acts import act
from backend.cases.access import VERBS, allowed_actions
from backend.cases.disclosing import disclosures
from backend.cases.models import Case, Disclosure, Notification
from backend.cases.notify import mark_read, tell_organisation
from backend.cases.reading import read_facts
from backend.cases.redisclosure import NOTICE
from backend.cases.standing import standing
from backend.cases.steps import put_closed
from backend.reference.lists import LANGUAGES
from permissions.actor import Actor
from permissions.scope import NotFound, may, visible_to
from tests.backend.cases.papers import Open, full, received
from tests.world import BUILDER, Town, actor, ahead, by_hand, make_user, seat


def actions(user: Any, case: Case) -> list[str]:
    by = actor(user)
    return allowed_actions(by, case, stands=standing(by, case))


def close(case: Case) -> None:
    with act(BUILDER, "test.close", case):
        put_closed(case, closure_reason="needs_met", has_open_referral=False)


def test_each_reason_is_named_with_its_end(town: Town, opened: Open) -> None:
    case = opened()
    until = ahead(days=3)
    received(case, town.clinic, until=until)
    assert [one.reason for one in standing(actor(town.outreach), case).reasons] == ["holds", "opened"]
    [reason] = standing(actor(town.nurse), case).reasons
    assert (reason.reason, reason.until) == ("referral_received", until)
    assert [one.reason for one in standing(actor(town.coordinator), case).reasons] == ["coordination"]


def test_the_coordinator_of_the_holding_organisation_coordinates_first(town: Town, opened: Open) -> None:
    case = opened(by=town.coordinator, organisation=town.centre)
    stands = standing(actor(town.coordinator), case)
    assert {one.reason for one in stands.reasons} == {"coordination", "opened", "holds"}
    assert stands.purpose == "coordination"


def test_one_query_works_out_how_somebody_stands(town: Town, opened: Open) -> None:
    case, by = opened(), actor(town.outreach)
    with CaptureQueriesContext(connection) as queries:
        standing(by, case)
    assert len(queries) == 1


def test_a_whole_reading_takes_three_queries(town: Town, opened: Open) -> None:
    case, by = opened(items={"sex": "1"}, needs=("housing",)), actor(town.outreach)
    with CaptureQueriesContext(connection) as queries:
        read_facts(by, case)
    frames = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    assert sum(1 for query in queries if not query["sql"].startswith(frames)) == 3


def test_what_is_offered_depends_on_state_and_role(town: Town, opened: Open) -> None:
    active, proposed = opened(), opened(propose=True)
    assert set(actions(town.outreach, active)) == {
        "hold", "edit", "refer", "record_safeguarding", "record_consent", "reveal", "list_disclosures",
        "view_access",
    }  # fmt: skip
    assert {"hold", "close", "assign", "reveal"} <= set(actions(town.coordinator, active))
    assert "triage" in actions(town.coordinator, proposed)
    assert not {"triage", "refer", "close"} & set(actions(town.outreach, proposed))


def test_a_recipient_is_offered_no_change(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society, town.clinic))
    received(case, town.clinic)
    assert not {"edit", "hold", "record_consent", "assign", "close"} & set(actions(town.nurse, case))


def test_a_closed_case_is_only_reopened_and_only_by_the_coordinator(town: Town, opened: Open) -> None:
    case = opened()
    close(case)
    assert "reopen" in actions(town.coordinator, case)
    assert not {"reopen", "edit", "refer", "assign"} & set(actions(town.outreach, case))


def test_a_token_is_not_offered_what_its_operations_leave_out(town: Town, opened: Open) -> None:
    case = opened()
    token = Actor(
        id=town.outreach.id,
        kind="token",
        seats=actor(town.outreach).seats,
        operations=frozenset({"case.view_coded", "case.edit"}),
    )
    assert set(allowed_actions(token, case, stands=standing(token, case))) == {"hold", "edit"}


@pytest.mark.parametrize("who", ["outreach", "coordinator", "nurse"])
def test_every_verb_that_is_offered_is_allowed_by_the_policy_and_no_other(
    town: Town, opened: Open, who: str
) -> None:
    cases = [opened(consent=full(town.society, town.clinic)), opened(propose=True)]
    user = getattr(town, who)
    for case in cases:
        received(case, town.clinic)
        offered = set(actions(user, case)) & set(VERBS)
        for verb in VERBS:
            if verb in offered:
                assert may(actor(user), VERBS[verb], case)


def test_a_disclosure_shows_to_whom_it_names_and_where_its_classes_are_open(town: Town, opened: Open) -> None:
    case = opened(consent=full(town.society))
    with by_hand():
        plain, tender = (
            Disclosure.objects.create(
                case=case, team=town.team, organisation=organisation, data_classes=named, referral_id=uuid4()
            )
            for organisation, named in ((town.clinic, ["needs"]), (town.partner, ["needs", "violence"]))
        )
    received(case, town.clinic)
    assert list(disclosures(actor(town.outreach), case)) == [plain]
    assert list(disclosures(actor(town.coordinator), case)) == [plain]
    assert list(disclosures(actor(town.nurse), case)) == [plain]
    received(case, town.partner)
    assert list(disclosures(actor(town.partner_worker), case)) == []
    seat(town.partner_worker, "member", organisation=town.partner, team=town.team)
    assert tender.data_classes == ["needs", "violence"]
    for user in (town.lead, town.social_worker, Town().coordinator):
        assert list(disclosures(actor(user), case)) == []


def test_what_the_coordinator_is_told_stays_with_the_role(town: Town, opened: Open) -> None:
    case = opened()
    rows = Notification.objects.filter(object_id=case.id)

    def told(user: Any) -> int:
        return visible_to(actor(user), rows, "referral.preview").count()

    assert told(town.coordinator) == 1
    for user in (town.social_worker, town.outreach, town.lead, Town().coordinator):
        assert told(user) == 0


def test_an_organisation_reads_its_own_notifications_in_its_own_team(town: Town, opened: Open) -> None:
    case = opened()
    with act(BUILDER, "test.tell", case):
        tell_organisation(
            town.clinic.id,
            team_id=town.team.id,
            kind="referral.sent",
            object_kind="referral",
            object_id=uuid4(),
        )
    row = Notification.objects.get(organisation=town.clinic)
    mark_read(actor(town.nurse), row)
    first = row.read_at
    assert first is not None
    mark_read(actor(town.nurse), row)
    assert Notification.objects.get(pk=row.pk).read_at == first
    elsewhere = make_user()
    seat(elsewhere, "member", organisation=town.clinic, team=Town().team)
    for user in (town.outreach, elsewhere):
        with pytest.raises(NotFound):
            mark_read(actor(user), row)


def test_the_notice_is_said_in_three_languages() -> None:
    assert set(NOTICE) == set(LANGUAGES)
    assert "pseudonymised, not anonymous" in NOTICE["en"]
    assert "nisu anonimni" in NOTICE["sr-Latn"]
    assert "нису анонимни" in NOTICE["sr-Cyrl"]
