"""What `demo_town` puts into its databases, and how it finds again what is worth a look."""

from collections.abc import Mapping
from typing import Final

from backend.cases.models import Consent
from backend.demo.accounts import towns
from backend.demo.build import build_town, cast_of, lay_ground
from backend.demo.past import last_quarter, tell_past
from backend.demo.releases import publish
from backend.referrals.models import Referral
from backend.review.models import LEAD, ReviewItem
from backend.statistics.models import Release
from backend.statistics.quarters import today
from backend.teams.models import Organisation, Team, User
from backend.work.schedule import JOBS
from tests.browser.demo_waiting import let_wait
from tests.browser.desk import session_of

TOWN: Final = next(iter(towns()))
# The worker is not running: what it would have done by now.
DONE_BY_THE_WORKER: Final = frozenset({"reviews", "review_samples"})


def fill(stories: range) -> None:
    """Build the town, its past and what waits, publish a quarter, and let the worker draw what is to be reviewed."""
    lay_ground()
    build_town(TOWN, stories, 1)
    quarters = last_quarter(today())
    tell_past(cast_of(TOWN, _team()), quarters, seed=1)
    publish("B", str(quarters[0]))
    let_wait(_team())
    for job in JOBS:
        if job.name in DONE_BY_THE_WORKER:
            job.run(job.actor)


def cookies(accounts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    users = {user.username: user for user in User.objects.filter(username__in=accounts.values())}
    return {role: session_of(users[username]) for role, username in accounts.items()}


def ids() -> dict[str, str]:
    """Return an id for each kind of thing that has a page, chosen so that the page is full."""
    team = _team()
    full = Referral.objects.filter(case__team=team, status="in-progress", case__status="active")
    referral = full.select_related("case").order_by("created_at").first() or Referral.objects.get()
    found = {
        "case": referral.case,
        "referral": referral,
        "consent": Consent.objects.filter(case=referral.case).latest("recorded_at"),
        "organisation": Organisation.objects.filter(
            name__startswith="Centar", municipality=team.municipality
        )[0],
        "review": ReviewItem.objects.filter(team=team, for_role=LEAD, verdict=None).first(),
    }
    release = Release.objects.filter(status="published").first()
    month = today().strftime("%Y-%m")
    ids = {name: str(row.pk) for name, row in found.items() if row is not None}
    return {**ids, "number": str(release.number) if release else "1", "team": str(team.pk), "month": month}


def _team() -> Team:
    return Team.objects.select_related("municipality").get(slug=TOWN)
