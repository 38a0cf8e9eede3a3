"""Grants have one writer: one row for each group, reason and source, given twice it only moves its end."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.cases.models import Case, CaseGrant
from backend.cases.opening import open_case
from permissions import grants
from tests.backend.cases.papers import full
from tests.world import Town, actor, ago, ahead, by_hand

FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def case(town: Town) -> Case:
    return open_case(
        actor(town.outreach), team=town.team, organisation=town.society, consent=full(town.society)
    )


def given(case: Case, **more: Any) -> Any:
    return CaseGrant.objects.filter(content_object=case, **more)


def test_the_name_of_a_group_says_whose_it_is_and_where(town: Town) -> None:
    name = grants.group_name(organisation_id=town.clinic.id, team_id=town.team.id)
    assert name == f"organisation:{town.clinic.id}:team:{town.team.id}"
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    assert group.name == name
    assert grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id) == group


def test_two_reasons_are_two_rows_in_one_statement(town: Town, case: Case) -> None:
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    source = uuid4()
    with by_hand(), CaptureQueriesContext(connection) as queries:
        grants.give_all(
            case, group=group, codename=grants.SEES_CASE, reasons=("opened", "holds"), source_id=source
        )
    assert sum(1 for query in queries if not query["sql"].startswith(FRAMES)) == 1
    rows = given(case, group=group).values_list("reason", "source_id", "team_id")
    assert sorted(rows) == [("holds", source, town.team.id), ("opened", source, town.team.id)]


def test_given_again_a_grant_only_moves_its_end(town: Town, case: Case) -> None:
    group, source = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id), uuid4()
    for until in (ahead(days=1), ahead(days=9), None, ago(days=1)):
        with by_hand():
            grants.give(
                case,
                group=group,
                codename=grants.SEES_CASE,
                reason="referral_received",
                source_id=source,
                until=until,
            )
        [row] = given(case, group=group)
        assert row.until == until


def test_a_grant_that_is_over_is_not_live(town: Town, case: Case) -> None:
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    for until, live in ((ahead(seconds=60), True), (None, True), (ago(seconds=1), False)):
        with by_hand():
            grants.give(
                case, group=group, codename=grants.SEES_CASE, reason="holds", source_id=case.id, until=until
            )
        assert given(case, group=group).filter(grants.live()).exists() == live


def test_what_is_taken_back_is_what_its_source_gave(town: Town, case: Case) -> None:
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    first, second = uuid4(), uuid4()
    for source in (first, second):
        with by_hand():
            grants.give(
                case, group=group, codename=grants.SEES_CASE, reason="referral_sent", source_id=source
            )
    with by_hand():
        assert grants.take(case, source_id=first, reason="referral_received") == 0
    with by_hand():
        assert grants.take(case, source_id=first) == 1
    assert [row.source_id for row in given(case, group=group)] == [second]
    with by_hand():
        assert grants.take(case, source_id=second, group=group) == 1
    with by_hand():
        assert grants.take(case, source_id=second) == 0
    assert given(case).count() == 2


def test_a_grant_of_one_case_is_none_on_another(town: Town, case: Case) -> None:
    other = open_case(
        actor(town.outreach), team=town.team, organisation=town.society, consent=full(town.society)
    )
    group = grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, reason="holds", source_id=case.id)
    assert not given(other, group=group).exists()
    with by_hand():
        assert grants.take(other, source_id=case.id) == 0
