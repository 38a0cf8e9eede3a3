"""Both towns with their stories, and everybody who asks."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import psycopg
from django.utils import timezone

from backend.cases.exclusions import ExclusionTerms, exclude
from backend.cases.models import Case
from backend.teams.models import Membership, User
from tests.access.reach import (
    ABSENT,
    CALLERS,
    ELSEWHERE,
    EXCLUDED,
    GONE,
    NEIGHBOUR,
    OWN,
    Caller,
    within_reach,
)
from tests.access.stories import absent, tell
from tests.access.story import Sides, Story
from tests.api.client import Api, browser_for, client_for
from tests.world import Town, actor, ago, make_user, national, saved, seat


class World:
    """Both towns, everybody who asks, and all stories by place."""

    def __init__(self, admin: psycopg.Connection[Any]) -> None:
        self.admin = admin
        self.home, self.away = Town(), Town()
        home, away = self.home, self.away
        self.sides = {
            OWN: Sides(home, home.centre, home.social_worker, home.partner, home.partner_worker),
            NEIGHBOUR: Sides(home, home.society, home.outreach, home.clinic, home.nurse),
            ELSEWHERE: Sides(away, away.centre, away.social_worker, away.clinic, away.nurse),
            GONE: self._of_the_centre(),
            EXCLUDED: self._of_the_centre(),
        }
        self.stories: Mapping[str, Story] = {
            **{place: tell(place, sides, admin) for place, sides in self.sides.items()},
            ABSENT: absent(),
        }
        self.users = {name: self._user(one) for name, one in CALLERS.items() if name != "stranger"}
        shut_out(self.stories[EXCLUDED], self.sides[EXCLUDED], self.users.values())
        self.apis = {name: self._api(one) for name, one in CALLERS.items()}

    def _of_the_centre(self) -> Sides:
        home = self.home
        return Sides(home, home.centre, home.worker("member", home.centre), home.partner, home.partner_worker)

    def hidden_from(self, caller: Caller) -> list[tuple[bytes, str, str]]:
        """Return each mark that `caller` must not meet, with the kind and place of its row."""
        seen = {mark for kind, story, mark in self._marks() if within_reach(caller, kind, story.place)}
        return [(mark.encode(), kind, story.place) for kind, story, mark in self._marks() if mark not in seen]

    def _marks(self) -> Iterator[tuple[str, Story, str]]:
        for story in self.stories.values():
            for kind, marks in story.marks.items():
                yield from ((kind, story, mark) for mark in sorted(marks))

    def _user(self, caller: Caller) -> User:
        home = self.home
        if caller.name == "ended":
            gone = make_user()
            seat(gone, "member", team=home.team, organisation=home.centre, valid_until=ago(minutes=1))
            return gone
        if caller.name == "switched_off":
            return home.worker("member", home.centre)
        if caller.role in {"municipal_lead", "data_protection_officer"}:
            return home.worker(caller.role)
        if not caller.organisation:
            return national(caller.role)
        return home.worker(caller.role, home.partner if caller.role == "partner_worker" else home.centre)

    def _api(self, caller: Caller) -> Api:
        if caller.name == "stranger":
            return Api()
        user = self.users[caller.name]
        if caller.operations is not None:
            return client_for(user, team=self.home.team, operations=sorted(caller.operations))
        api = browser_for(user)
        if caller.name == "switched_off":
            user.is_active = False
            saved(user)
        return api


def soon() -> str:
    return (timezone.now() + timedelta(days=1)).isoformat()


def shut_out(story: Story, sides: Sides, callers: Iterable[User]) -> None:
    """Shut everybody who asks out of the story's case: each of the team by name, the recipient as an organisation."""
    case = Case.objects.get(pk=story.ids["case"])
    here = Membership.objects.filter(user__in=callers, team=sides.town.team, valid_until=None)
    named = [{"user_id": one.user_id} for one in here]
    for who in (*named, {"organisation_id": sides.recipient.id}):
        terms = ExclusionTerms(**who)
        exclude(actor(sides.town.coordinator), case, terms=terms, organisation_id=sides.opener.id)
