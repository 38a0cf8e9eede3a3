"""Whatever is given and taken in whatever order: no wall shows a case to somebody whom it shuts out, each asked alone.

What must be hidden is worked out here from the list of exclusions and of who works where, without the database.
"""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from backend.cases.exclusions import lift
from backend.cases.models import Case, Exclusion
from backend.errors import Conflict
from backend.referrals.models import Referral
from backend.teams.models import Organisation, User
from permissions.scope import visible_to
from tests.backend.cases.barred import VIEW, shut_out
from tests.backend.cases.looks import look
from tests.backend.cases.papers import received
from tests.backend.referrals.loops import Loop, opened
from tests.permissions.window import Window
from tests.world import Town, actor

SEEDS = range(40)
WORKERS = ("coordinator", "social_worker", "nurse", "outreach", "deputy")


@dataclass
class Story:
    """A town with three cases, and what has been said of who is shut out of which."""

    loops: list[Loop]
    rows: list[tuple[Exclusion, User | Organisation]] = field(default_factory=list)
    lifted: set[UUID] = field(default_factory=set)

    @property
    def town(self) -> Town:
        return self.loops[0].town

    def people(self) -> list[tuple[User, Organisation]]:
        town = self.town
        places = (town.centre, town.centre, town.clinic, town.society, town.clinic)
        return [(getattr(town, who), place) for who, place in zip(WORKERS, places, strict=True)]

    def out(self) -> set[tuple[UUID, UUID]]:
        """Return who is shut out of which case."""
        live = [(row.case_id, whom.id) for row, whom in self.rows if row.pk not in self.lifted]
        return {
            (user.id, case)
            for user, place in self.people()
            for case, whom in live
            if whom in {user.id, place.id}
        }


def step(story: Story, draw: random.Random) -> None:
    """Do one thing at random: give, look, shut out, or lift."""
    loop, (user, place) = draw.choice(story.loops), draw.choice(story.people())
    match draw.choice(("give", "look", "person", "organisation", "organisation", "lift")):
        case "give":
            received(loop.case, place)
        case "look":
            if (user.id, loop.case.id) not in story.out():
                _look(user, loop.case)
        case "lift" if story.rows:
            _lift(story, draw.choice(story.rows)[0])
        case "person" if user not in {story.town.lead, story.town.coordinator}:
            _bar(story, loop.case, user)
        case "organisation" if place.id != loop.case.holder_organisation_id:
            _bar(story, loop.case, place)
        case _:
            pass


def _look(user: User, case: Case) -> None:
    with suppress(Conflict):  # somebody who looks already
        look(user, case)


def _lift(story: Story, row: Exclusion) -> None:
    if row.pk not in story.lifted:
        lift(actor(story.town.coordinator), row)
        story.lifted.add(row.pk)


def _bar(story: Story, case: Case, whom: User | Organisation) -> None:
    made = shut_out(case, whom, by=story.town.coordinator, for_=story.town.centre)
    story.rows.append((made, whom))


def shows(story: Story, window: Window) -> Iterator[tuple[str, UUID, UUID]]:
    """Yield the wall, the person and the case of every row that a wall shows."""
    cases = {loop.case.id for loop in story.loops}
    for user, _ in story.people():
        by = actor(user)
        one = set(visible_to(by, Case.objects.filter(pk__in=cases), VIEW).values_list("pk", flat=True))
        one |= set(visible_to(by, Referral.objects.all(), VIEW).values_list("case_id", flat=True))
        two = window.seen_by(user.id, "cases_case")
        with window.asked_by(user.id):
            asked = "SELECT case_id FROM referrals_referral UNION SELECT case_id FROM cases_casefacts"
            two |= {row[0] for row in window.connection.execute(asked)}
        yield from (("one", user.id, case) for case in one & cases)
        yield from (("two", user.id, case) for case in two & cases)


def told(seed: int, window: Window, *, steps: int) -> int:
    """Tell a story and look after each step. Returns how often a wall showed what it may show."""
    town, draw, seen = Town(), random.Random(seed), 0
    assert town.lead.id
    story = Story([opened(town) for _ in range(3)])
    for _ in range(steps):
        step(story, draw)
        found, out = list(shows(story, window)), story.out()
        leaks = [one for one in found if (one[1], one[2]) in out]
        assert not leaks, f"leaked after {len(story.rows)} exclusions: {leaks}"
        seen += len(found)
    assert story.rows, "a story without an exclusion proves nothing"
    return seen


def test_no_wall_shows_what_is_shut(shown: Window) -> None:
    assert told(7, shown, steps=12) > 12


@pytest.mark.full
@pytest.mark.parametrize("seed", SEEDS, ids=str)
def test_no_wall_shows_what_is_shut_in_many_stories(shown: Window, seed: int) -> None:
    assert told(seed, shown, steps=25) > 25
