"""Who saw neither, or one of two cases, sees after a merge what they saw before: in both walls, for everybody."""

from typing import Any
from uuid import UUID

import pytest

from backend.cases.models import Case, CaseGrant, Consent, Note
from backend.cases.notes import add_note
from backend.cases.standing import standing
from backend.teams.models import User
from permissions.scope import NotFound, visible_to
from tests.backend.referrals.two_cases import Pair, joined, pair
from tests.databases import Clones
from tests.permissions.window import readable, window
from tests.world import Town, actor

NEW = {"cases_merge", "cases_note", "cases_historicalnote", "cases_consent", "cases_consentrecipient"}
HISTORIES = {"cases_historicalcase", "cases_historicalcasefacts"}
TELLS = {"cases_notification", "cases_duplicatetag"}


@pytest.fixture
def two(database: Any) -> Pair:
    two = pair()
    add_note(actor(two.town.outreach), two.goes, organisation_id=two.town.society.id, text="Dogovor.")
    return two


def people(town: Town) -> list[User]:
    everybody = (
        "coordinator",
        "deputy",
        "social_worker",
        "nurse",
        "outreach",
        "partner_worker",
        "lead",
        "officer",
    )
    return [*(getattr(town, name) for name in everybody), Town().coordinator]


def cases(user: User) -> set[UUID]:
    return set(visible_to(actor(user), Case.objects.all(), "case.view_coded").values_list("pk", flat=True))


def test_the_first_wall_shows_everybody_the_same_cases_before_and_after(two: Pair) -> None:
    everybody = people(two.town)
    before = [cases(user) for user in everybody]
    joined(two)
    assert [cases(user) for user in everybody] == before
    assert two.stays.case.pk not in cases(two.town.outreach)
    assert two.goes.pk in cases(two.town.outreach), "who worked on it sees that it is closed"


def test_the_second_wall_shows_everybody_the_same_rows_and_copies_to_who_sees_the_case(
    two: Pair, database: Clones
) -> None:
    everybody = people(two.town)
    tables = sorted(set(readable()) - HISTORIES - TELLS)
    with window(database) as shown:
        before = {(user, table): shown.seen_by(user.pk, table) for user in everybody for table in tables}
        joined(two)
        copies = {*Note.objects.filter(case=two.stays.case).values_list("pk", flat=True)}
        for user in everybody:
            sees = two.stays.case.pk in shown.seen_by(user.pk, "cases_case")
            for table in tables:
                more = shown.seen_by(user.pk, table) - before[user, table]
                assert not more or (table in NEW and (sees or table == "cases_merge")), (user, table)
                assert sees or not more & copies
        assert shown.seen_by(two.town.deputy.pk, "cases_merge")
        assert not shown.seen_by(two.town.outreach.pk, "cases_merge")


def test_the_organisation_of_the_case_that_went_has_no_reason_on_the_other(two: Pair) -> None:
    before = set(CaseGrant.objects.filter(content_object=two.stays.case).values_list("pk", flat=True))
    joined(two)
    assert set(CaseGrant.objects.filter(content_object=two.stays.case).values_list("pk", flat=True)) == before
    with pytest.raises(NotFound):
        standing(actor(two.town.outreach), Case.objects.get(pk=two.stays.case.pk))
    assert Consent.objects.filter(case=two.stays.case, recipients__organisation=two.town.society).count() == 2
