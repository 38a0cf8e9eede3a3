"""Both walls around releases: the Office sees drafts, whoever signs in what is published for all, and nobody else."""

from uuid import UUID

import pytest

from backend.statistics.releases import published
from backend.statistics.releases.models import NATIONAL, PUBLIC, Release
from backend.teams.models import User
from permissions.scope import visible_to
from tests.backend.statistics.releases.rows import for_all, waiting
from tests.databases import Clones
from tests.permissions.window import window
from tests.world import Town, actor, national

pytestmark = pytest.mark.database
TABLE = "statistics_release"


def by_the_database(database: Clones, user_id: UUID | None, job: str = "") -> set[UUID]:
    """Return what the database alone shows."""
    with window(database) as shown:
        return shown.seen_by(user_id, TABLE, job=job)


def by_python(user: User, line: str) -> set[UUID]:
    """Return what the first wall lets through."""
    return set(visible_to(actor(user), Release.objects.all(), line).values_list("pk", flat=True))


@pytest.mark.parametrize("role", ["national_analyst", "release_officer"])
def test_the_office_sees_drafts(database: Clones, role: str) -> None:
    user, both = national(role), {waiting().pk, for_all().pk}
    assert both <= by_the_database(database, user.pk)
    assert both <= by_python(user, PUBLIC)
    assert both <= by_python(user, NATIONAL)


@pytest.mark.parametrize("who", ["coordinator", "lead", "officer", "partner_worker"])
def test_nobody_of_a_town_sees_a_draft(database: Clones, who: str) -> None:
    user, draft, out = getattr(Town(), who), waiting().pk, for_all().pk
    for seen in (by_the_database(database, user.pk), by_python(user, PUBLIC)):
        assert out in seen
        assert draft not in seen
    assert by_python(user, NATIONAL) == set()


@pytest.mark.parametrize("role", ["directory_admin", "key_custodian", "platform_admin"])
def test_no_other_role_of_the_installation_does(database: Clones, role: str) -> None:
    user, draft = national(role), waiting().pk
    assert draft not in by_the_database(database, user.pk) | by_python(user, PUBLIC)


def test_nobody_at_all_and_a_strange_job_see_nothing(database: Clones) -> None:
    both = {waiting().pk, for_all().pk}
    assert by_the_database(database, None) == by_the_database(database, None, "duplicates") == set()
    assert both <= by_the_database(database, None, "releases")


def test_strangers_are_shown_what_is_published_for_all_alone() -> None:
    draft, out = waiting(), for_all()
    shown = {one.pk for one in published.for_all()}
    assert out.pk in shown
    assert draft.pk not in shown
    found = published.numbered(str(out.number))
    assert found is not None
    assert found.pk == out.pk
    assert published.numbered(str((out.number or 0) + 1000)) is None
