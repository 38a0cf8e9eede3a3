"""What a role is told is for the person who has it: a machine token of the same person hears none of it."""

import pytest

from backend.cases.models import Notification
from backend.cases.notify import tell_coordinator, tell_holder
from tests.api.client import Api, browser_for, client_for
from tests.backend.referrals.loops import opened
from tests.world import Town, by_hand

AT = "/api/v1/notifications"
ROLE, OURS = "told.to_the_role", "told.to_the_organisation"


@pytest.fixture
def told(town: Town) -> dict[str, Notification]:
    """Two notifications about a case of the coordinator's own organisation."""
    case = opened(town).case
    with by_hand():
        tell_coordinator(case, ROLE)
        tell_holder(case, OURS)
    return {row.kind: row for row in Notification.objects.filter(kind__in=(ROLE, OURS), object_id=case.pk)}


def kinds(api: Api) -> set[str]:
    return {row["kind"] for row in api.get(AT).json["results"]} & {ROLE, OURS}


@pytest.mark.usefixtures("told")
def test_the_person_hears_both(town: Town) -> None:
    assert kinds(browser_for(town.coordinator)) == {ROLE, OURS}


def test_the_machine_neither_hears_nor_marks_what_the_role_is_told(
    town: Town, told: dict[str, Notification]
) -> None:
    machine = client_for(town.coordinator)
    assert kinds(machine) == {OURS}
    assert machine.post(f"{AT}/{told[ROLE].pk}/read", {}).status == 404
    assert machine.post(f"{AT}/{told[OURS].pk}/read", {}).status == 200
