"""GET /audit/reviews/completion: counts for whoever answers for the review, and nothing of what was reviewed."""

from typing import Any

import pytest

from backend.review.models import OFFICER
from tests.api.audit import Audit
from tests.api.client import browser_for
from tests.api.conftest import Counted
from tests.backend.review.items import item
from tests.world import Town, ago, ahead, national

COMPLETION = "/api/v1/audit/reviews/completion"


@pytest.fixture
def reviewed(town: Town) -> Town:
    done = {"verdict": "expected", "judged_by": town.lead.id}
    item(town, town.nurse, **done, judged_at=ago(hours=1))
    item(town, town.nurse, **done, judged_at=ago(hours=1), due_at=ago(hours=2))
    item(town, town.nurse, due_at=ago(hours=1))
    item(town, town.nurse, due_at=ahead(days=1))
    item(town, town.lead, for_role=OFFICER)
    return town


def lines(user: Any, town: Town) -> list[dict[str, Any]]:
    answer = browser_for(user).get(COMPLETION)
    assert answer.status == 200, answer.raw
    return [one for one in answer.json["results"] if one["team"] == str(town.team.id)]


def test_it_counts_what_was_judged_in_time(reviewed: Town, counted: Counted) -> None:
    lead = browser_for(reviewed.lead)
    with counted("review_completion_retrieve"):
        lead.get(COMPLETION)
    officers, leads = lines(reviewed.lead, reviewed)
    assert (officers["for_role"], officers["items"], officers["share"]) == (OFFICER, 1, 0.0)
    said = {name: leads[name] for name in ("items", "judged", "in_time", "overdue", "share")}
    assert said == {"items": 4, "judged": 2, "in_time": 1, "overdue": 1, "share": 0.25}


def test_who_coordinates_and_the_office_see_the_sums_and_no_row(reviewed: Town, audit: Audit) -> None:
    for user in (reviewed.coordinator, reviewed.officer, national("directory_admin")):
        assert len(lines(user, reviewed)) == 2
        row = lines(user, reviewed)[0]
        assert set(row) == {
            "team", "month", "for_role", "items", "judged", "in_time", "overdue", "share",
        }  # fmt: skip
    entries = audit.entries(verb="review.completion_read", actor_id=reviewed.coordinator.id)
    assert {one["log"] for one in entries} == {reviewed.team.id}


def test_another_town_sees_nothing_of_it_and_others_are_refused(reviewed: Town) -> None:
    other = Town()
    for user in (other.lead, other.coordinator, other.officer):
        assert lines(user, reviewed) == []
    for user in (reviewed.nurse, reviewed.deputy, reviewed.partner_worker, national("platform_admin")):
        assert browser_for(user).get(COMPLETION).status == 403
    assert browser_for(reviewed.lead).get(COMPLETION, query={"team": "x"}).status == 400
