"""Each grant names its reason and source: the same one twice is one row, and losing one reason keeps the other."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from backend.cases.models import Case, CaseGrant
from permissions import grants
from tests.world import Town, ago, ahead, by_hand, saved


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def case(town: Town) -> Case:
    made: Case = saved(
        Case(
            code=f"{town.team.prefix}-{uuid4().hex[:9].upper()}",
            spoken_name="tihi javor",
            team=town.team,
            status="active",
            opened_by_organisation=town.centre,
            holder_organisation=town.centre,
            opened_on=ago().date(),
        )
    )
    return made


@pytest.fixture
def group(town: Town) -> Group:
    return grants.group_for(organisation_id=town.clinic.id, team_id=town.team.id)


def give(case: Case, group: Group, source: UUID, reason: str = "referral_sent", **values: Any) -> None:
    with by_hand():
        grants.give(case, group=group, codename=grants.SEES_CASE, reason=reason, source_id=source, **values)


def rows(case: Case) -> list[tuple[str, UUID]]:
    found = CaseGrant.objects.filter(content_object=case).order_by("reason", "source_id")
    return list(found.values_list("reason", "source_id"))


def test_an_organisation_has_one_group_in_each_team(town: Town) -> None:
    names = {
        grants.group_for(organisation_id=organisation.id, team_id=team).name
        for organisation in (town.centre, town.clinic)
        for team in (town.team.id, uuid4())
        for _ in range(2)
    }
    assert len(names) == 4


def test_a_group_has_no_members_in_the_database(group: Group) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE '%user_groups'")
        assert cursor.fetchone() == (0,)


def test_the_same_grant_twice_is_one_row_and_only_its_end_moves(case: Case, group: Group) -> None:
    source, end = uuid4(), ahead(days=2)
    give(case, group, source, until=ahead(days=1))
    give(case, group, source, until=end)
    assert rows(case) == [("referral_sent", source)]
    assert CaseGrant.objects.get(content_object=case).until == end


def test_a_grant_carries_the_team_of_its_case(case: Case, group: Group) -> None:
    give(case, group, uuid4())
    assert CaseGrant.objects.get(content_object=case).team_id == case.team_id


def test_two_reasons_are_two_rows_and_one_may_go_alone(case: Case, group: Group) -> None:
    first, second = sorted([uuid4(), uuid4()])
    give(case, group, first)
    give(case, group, second)
    give(case, group, second, reason="referral_received")
    with by_hand():
        assert grants.take(case, source_id=second, reason="referral_sent") == 1
    assert rows(case) == [("referral_received", second), ("referral_sent", first)]


def test_taking_by_group_leaves_what_the_other_group_has(case: Case, group: Group, town: Town) -> None:
    other, source = grants.group_for(organisation_id=town.centre.id, team_id=town.team.id), uuid4()
    give(case, group, source)
    give(case, other, source)
    with by_hand():
        assert grants.take(case, source_id=source, group=group) == 1
    assert list(CaseGrant.objects.filter(content_object=case).values_list("group_id", flat=True)) == [
        other.pk
    ]


def test_taking_what_was_never_given_changes_nothing(case: Case) -> None:
    with by_hand():
        assert grants.take(case, source_id=uuid4()) == 0


def test_a_permission_of_another_model_cannot_be_granted(case: Case, group: Group) -> None:
    with pytest.raises(Exception, match="Permission matching query does not exist"):
        grants.give(case, group=group, codename=grants.COORDINATES, reason="role", source_id=uuid4())


def test_the_database_refuses_the_same_grant_twice_whoever_writes_it(case: Case, group: Group) -> None:
    give(case, group, uuid4())
    row = CaseGrant.objects.get(content_object=case)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_database_refuses_a_grant_that_names_another_team(case: Case, group: Group) -> None:
    give(case, group, uuid4())
    row = CaseGrant.objects.get(content_object=case)
    row.team = Town().team
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("end", "holds"), [(None, True), (ahead(hours=2), True), (ago(seconds=1), False)])
def test_a_grant_holds_until_its_end_by_the_databases_clock(
    case: Case, group: Group, end: Any, holds: bool
) -> None:
    give(case, group, uuid4(), until=end)
    assert CaseGrant.objects.filter(grants.live(), content_object=case).exists() is holds
