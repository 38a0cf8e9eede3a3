"""What waits in the demo's town for a second person, a verdict or an answer, so that no page is empty."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Q

from backend.cases import break_glass
from backend.cases.models import Case
from backend.erasure import asking
from backend.erasure.models import RIGHTS_REQUEST
from backend.rights import requests
from backend.statistics.quarters import today
from backend.teams import invitations, recovery, tokens
from backend.teams.actors import actor_for
from backend.teams.models import Membership, Team, User
from permissions.actor import Actor
from permissions.scope import visible_to

WHY: Final = "Osoba ne diše, potrebno je znati šta je uzela."
LOOKS: Final = 4


def let_wait(team: Team) -> None:
    """Ask for one thing of each kind, in the names of those who would."""
    coordinator, lead = _somebody(team, "coordinator"), _somebody(team, "municipal_lead")
    nurse = Membership.objects.filter(team=team, role="member", user__username__endswith=".dz1").get()
    invitations.invite(coordinator, role="member", team=team, organisation=nurse.organisation)
    invitations.invite(lead, role="coordinator", team=team, organisation=nurse.organisation)
    tokens.issue(
        coordinator, name="Izveštaji", acting_for=nurse.user, team=team, operations=["case.view_coded"]
    )
    recovery.start(coordinator, membership=nurse)
    look_at_cases(team)
    ask_for_rights(team, coordinator)


def look_at_cases(team: Team) -> None:
    """Let one person look at four cases by break-glass: the fourth waits for a second person."""
    lawyer = actor_for(User.objects.get(username=f"{team.slug}.pravna").pk)
    for case in list(_out_of_sight(team, lawyer))[:LOOKS]:
        opened = break_glass.case_to_open(lawyer, Q(pk=case.pk))
        break_glass.request(lawyer, opened, reason="danger_to_life", text=WHY)


def ask_for_rights(team: Team, coordinator: Actor) -> None:
    """Write down a wish to see everything and a wish to be erased, and ask for the erasure."""
    place = Membership.objects.get(team=team, role="coordinator").organisation_id
    active = Case.objects.filter(team=team, status="active").order_by("created_at")
    for case, kind in zip(active, ("access", "erasure"), strict=False):
        requests.record_request(
            coordinator,
            case,
            kind=kind,
            channel="in_person",
            received_on=today() - timedelta(days=2),
            organisation_id=place,
        )
    asking.request(coordinator, active[1], reason=RIGHTS_REQUEST)


def _out_of_sight(team: Team, person: Actor) -> Iterator[Case]:
    seen = set(visible_to(person, Case.objects.all(), "case.view_coded").values_list("pk", flat=True))
    return (one for one in Case.objects.filter(team=team).order_by("created_at") if one.pk not in seen)


def _somebody(team: Team, role: str) -> Actor:
    return actor_for(Membership.objects.filter(team=team, role=role).values_list("user", flat=True)[0])
