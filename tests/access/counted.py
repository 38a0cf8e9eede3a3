"""What a place of the matrix holds that is counted: a locked quarter, a tally of a service, releases."""

from backend.statistics.models import QuarterLock, ServiceTally
from tests.access.reach import PLACES
from tests.access.story import MARKS, Sides, Story
from tests.backend.statistics.releases import rows as releases
from tests.backend.statistics.tallying import month
from tests.world import by_hand, saved


def counted(story: Story, sides: Sides) -> None:
    """Count something in a story that has its service."""
    _locked(story, sides)
    tally = ServiceTally(team=sides.town.team, organisation=sides.opener, item="contacts", amount=7)
    tally.service_id, tally.month = story.ids["service"], month(4 + list(MARKS).index(story.place))
    story.put("tally", saved(tally))
    story.put("release", releases.waiting(tdi={"mask": "0-4", "cells": []}))
    story.ids["release_number"] = str(releases.for_all().number)


def _locked(story: Story, sides: Sides) -> None:
    """Lock a quarter of long ago, another one in each place: the team is the same in several."""
    quarter = f"2019-Q{1 + PLACES.index(story.place)}"
    with by_hand():
        lock = QuarterLock(team=sides.town.team, quarter=quarter, locked_by=sides.worker.pk, facts=0)
        lock.save(force_insert=True)
    story.put("quarter", lock)
    story.ids["figures"] = str(sides.town.team.pk)
