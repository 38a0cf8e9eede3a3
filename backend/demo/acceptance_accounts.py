"""Opens the accounts of the acceptance document. Some end where they began: dismissed, or without a memorandum.

Every run appoints these anew for a moment, because a token is issued only to somebody who holds a role.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from backend.cases.departures import end_membership
from backend.cases.models import Case
from backend.demo.acceptance_posts import DISMISSED, EXPIRED_PARTNER, OWN, Post
from backend.demo.build import cast_of
from backend.demo.cases import play
from backend.demo.people import Organisations, new_user
from backend.demo.sign_in import software_key
from backend.demo.situations import Situation
from backend.demo.stories import Script, Try, story
from backend.demo.town_rows import BUILDER
from backend.directory.services import add_service
from backend.teams import tokens
from backend.teams.actors import actor_for
from backend.teams.agreements import change_memorandum, register_memorandum
from backend.teams.factor_marks import NEED_KEY
from backend.teams.models import Membership, Memorandum, Organisation, Team, User
from backend.teams.models.base import live
from backend.teams.organisations import create_organisation
from backend.teams.people import add_membership
from backend.teams.second_factor import enrol_key
from permissions.roles import POLICY

HELP: Final = "RE-PEE"
LEFT_CASE: Final = "acceptance-left"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a post, with a fresh token."""

    post: Post
    user: User
    token: str
    organisation: Organisation | None


def make_expired_partner() -> Organisation:
    """Return the partner whose memorandum is over at the end of each run; at this moment it has one."""
    organisation = Organisation.objects.filter(name=EXPIRED_PARTNER).first()
    if organisation is None:
        organisation = create_organisation(BUILDER, name=EXPIRED_PARTNER, sector="cso")
        add_service(BUILDER, organisation=organisation, code=HELP)
    if not _live_memoranda(organisation).exists():
        register_memorandum(BUILDER, organisation=organisation, number="MS-RUB")
    return organisation


def hold(post: Post, *, teams: Mapping[str, Team], organisations: Organisations) -> Holder:
    """Give a post its user with live memberships, and issue a token."""
    user = User.objects.filter(username=post.username).first()
    user = user or new_user(post.username, display_name=post.username)
    for slug, key in post.places:
        team = teams[slug] if post.names_team else None
        organisation = _workplace(organisations, slug, key)
        held = Membership.objects.filter(
            live(), user=user, role=post.role, team=team, organisation=organisation
        )
        if not held.exists():
            add_membership(BUILDER, user=user, role=post.role, team=team, organisation=organisation)
    if post.role in NEED_KEY:
        # Anew each time: the installation may have another address than at the last run.
        enrol_key(user, software_key(post.username).register(bytes(32)), by=BUILDER)
    slug, key = post.places[0]
    return Holder(post, user, _token(user, teams.get(slug)), _workplace(organisations, slug, key))


def _workplace(organisations: Organisations, slug: str, key: str) -> Organisation | None:
    return (organisations.get((slug, key)) or organisations["", key]) if key else None


def _token(user: User, team: Team | None) -> str:
    """Issue a token with every operation that the holder may do and a machine may have."""
    holder = actor_for(user.id, team_id=team.id if team else None)
    operations = {action for action in POLICY if holder.seats_for(action)} - tokens.NEVER
    return tokens.issue(BUILDER, name="acceptance", acting_for=user, team=team, operations=operations)[1]


def leave_a_referral(organisation: Organisation, team: Team, worker: Post) -> None:
    """Have the own team refer somebody to the partner while it may receive: this is what needs re-routing later."""
    if Case.objects.filter(team=team, import_key=LEFT_CASE).exists():
        return
    cast = cast_of(OWN, team)
    cast.elsewhere = {**cast.elsewhere, organisation.name: worker.username}
    situation = Situation("recovery_support", HELP, organisation.name)
    told = story(0, seed=1, year=timezone.now().year, script=Script(opener="dz"))
    play(replace(told, tries=(Try(situation, "accepted"),)), cast, import_key=LEFT_CASE)


def end_what_ends(holders: Iterable[Holder], partner: Organisation) -> None:
    """Dismiss the dismissed, and let the partner's memorandum end."""
    users = [holder.user for holder in holders if holder.post.relation == DISMISSED]
    for membership in Membership.objects.filter(live(), user__in=users):
        end_membership(BUILDER, membership)
    for memorandum in _live_memoranda(partner):
        change_memorandum(BUILDER, memorandum, changes={"valid_until": timezone.now()})


def _live_memoranda(organisation: Organisation) -> QuerySet[Memorandum]:
    return Memorandum.objects.filter(live(), organisation=organisation)
