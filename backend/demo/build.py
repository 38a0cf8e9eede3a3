"""Builds the demo: teams, then town by town organisations, people and cases. What is there already stays."""

from collections.abc import Sequence

from django.utils import timezone

from backend.cases.models import Case
from backend.demo.accounts import of_no_town, of_town, towns
from backend.demo.cases import play
from backend.demo.cast import Cast
from backend.demo.directory import make_organisations
from backend.demo.people import by_key, open_accounts
from backend.demo.stories import story
from backend.demo.town_rows import foreign_teams, make_teams
from backend.teams.models import Organisation, Team, User

KEY = "demo-{number:04}"


class NotADemo(Exception):
    """The database holds teams that the demo did not make; `slugs` are some of them."""

    def __init__(self, slugs: Sequence[str]) -> None:
        super().__init__(", ".join(slugs[:5]))


def check_database() -> None:
    """Raise NotADemo when there is anything but a demo in the database."""
    if slugs := foreign_teams():
        raise NotADemo(slugs)


def lay_ground() -> int:
    """Make teams, root keys, and what belongs to no town; return how many organisations and accounts are new."""
    teams = make_teams()
    return make_organisations("", teams=teams) + open_accounts(of_no_town(), teams=teams)


def build_town(slug: str, numbers: Sequence[int], seed: int) -> int:
    """Make one town and carry out these stories in it; return how many things are new."""
    teams = {team.slug: team for team in Team.objects.select_related("municipality")}
    new = make_organisations(slug, teams=teams) + open_accounts(of_town(slug), teams=teams)
    keys = {KEY.format(number=number): number for number in numbers}
    told = set(
        Case.objects.filter(team=teams[slug], import_key__in=keys).values_list("import_key", flat=True)
    )
    missing = [key for key in keys if key not in told]
    if missing:
        cast, year = cast_of(slug, teams[slug]), timezone.now().year
        for key in missing:
            play(story(keys[key], seed=seed, year=year), cast, import_key=key)
    return new + len(missing)


def cast_of(slug: str, team: Team) -> Cast:
    """Return the people of a town, ready to act."""
    teams = {one.slug: one for one in Team.objects.all()}
    organisations = by_key(Organisation.objects.all(), teams)
    return Cast(slug, team, organisations, {user.username: user for user in User.objects.all()})


def shares(cases: int) -> dict[str, list[int]]:
    """Deal the stories out to the towns in turn."""
    slugs = list(towns())
    return {slug: list(range(place, cases, len(slugs))) for place, slug in enumerate(slugs)}


def stories_told() -> int:
    """Return how many cases of the demo are there."""
    return Case.objects.filter(import_key__startswith=KEY.partition("{")[0]).count()
