"""Whatever the first wall shows the second shows too, for every role, table and state of a referral."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db.models import Model

from backend.cases.models import CaseFacts
from backend.cases.notes import add_note
from backend.referrals import asking
from backend.referrals.acknowledging import acknowledge
from backend.referrals.correcting import correct
from backend.referrals.finding import findable
from backend.referrals.models import Referral
from backend.review.models import AuditEntry
from backend.teams.models import User
from permissions.rls import WALLS
from permissions.scope import Reach, reach_of, visible_to
from tests.backend.referrals.loops import Loop, opened
from tests.permissions.window import Window
from tests.world import Town, actor

MODELS = [
    model
    for model in apps.get_models()
    # Of facts the second wall shows a class, the first a row; which classes is said in the test of each its own.
    if model._meta.db_table in WALLS
    and isinstance(getattr(model, "reach", None), Reach)
    and model is not CaseFacts
    # The service reads no entry; as the reviewer it does, which is asked below.
    and model is not AuditEntry
]
PEOPLE = (
    "coordinator", "deputy", "social_worker", "nurse", "outreach", "partner_worker", "lead", "officer",
)  # fmt: skip


def built() -> Loop:
    """A case with referrals in every state that differs to somebody."""
    loop = opened(Town())
    loop.refer(send=False)
    acknowledge(loop.centre, loop.completed())
    loop.rejected()
    asking.ask(loop.clinic, loop.accepted(), question_code="documents")
    loop.refer()
    correct(loop.coordinator, loop.rejected(), reason_code="duplicate")
    add_note(loop.centre, loop.case, organisation_id=loop.town.centre.id, text="Dogovoren je prvi dolazak.")
    return loop


@pytest.fixture(scope="module")
def loop(database: Any) -> Loop:
    return built()


def by_wall_one(user: User, model: type[Model]) -> set[UUID]:
    if model is Referral:
        return set(findable(actor(user)).values_list("pk", flat=True))
    rows = visible_to(actor(user), model._base_manager.all(), reach_of(model).view)
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_second_wall_is_never_narrower(shown: Window, loop: Loop, model: type[Model], who: str) -> None:
    user = getattr(loop.town, who)
    missing = by_wall_one(user, model) - shown.seen_by(user.id, model._meta.db_table)
    assert missing == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_of_cases_and_referrals_both_show_the_same(shown_either_way: Window, loop: Loop, who: str) -> None:
    user = getattr(loop.town, who)
    for model in (m for m in MODELS if m.__name__ in {"Case", "Referral", "Notification"}):
        assert by_wall_one(user, model) == shown_either_way.seen_by(user.id, model._meta.db_table)


@pytest.mark.parametrize("who", ["lead", "officer"])
def test_as_the_reviewer_both_show_the_whole_log_of_the_team(
    shown: Window, loop: Loop, admin: psycopg.Connection[Any], who: str
) -> None:
    user, team = getattr(loop.town, who), loop.town.team.id
    assert actor(user).seats_for(AuditEntry.reach.view)
    asked = "SELECT id FROM audit_entry WHERE log = %s"
    there = set(admin.execute(asked, [team]))
    with shown.asked_by(user.id):
        shown.connection.execute("SET LOCAL ROLE spona_review")
        assert set(shown.connection.execute(asked, [team])) == there
        others = "SELECT count(*) FROM audit_entry WHERE log <> %s"
        assert shown.connection.execute(others, [team]).fetchone() == (0,)
