"""What waits for a second person in a town: a role, an invitation, a token; and how it goes on."""

from collections.abc import Callable
from typing import Any, Final

from backend.teams import invitations, people, tokens
from backend.teams.models import Invitation, MachineToken, Membership, User
from tests.world import Town, actor, make_user

OPERATIONS: Final = ["case.view_coded"]


def propose(town: Town, by: User, role: str = "member", **values: Any) -> Membership:
    """Give a role in the town, in the clinic where it needs an organisation."""
    values.setdefault("user", make_user())
    values.setdefault("team", town.team)
    if role in {"member", "coordinator", "deputy_coordinator"}:
        values.setdefault("organisation", town.clinic)
    return people.add_membership(actor(by), role=role, **values)


def invite(town: Town, by: User, role: str = "member", **values: Any) -> tuple[Invitation, str]:
    values.setdefault("organisation", town.clinic)
    return invitations.invite(actor(by), role=role, team=town.team, **values)


def issue(town: Town, by: User, holder: User | None = None) -> tuple[MachineToken, str]:
    holder = holder or town.nurse
    return tokens.issue(
        actor(by), name="robot", acting_for=holder, team=town.team, operations=list(OPERATIONS)
    )


MAKE: Final[dict[str, Callable[[Town], Any]]] = {
    "membership": lambda town: propose(town, town.coordinator),
    "invitation": lambda town: invite(town, town.coordinator)[0],
    "token": lambda town: issue(town, town.coordinator)[0],
}
CONFIRM: Final[dict[str, Callable[..., None]]] = {
    "membership": people.confirm_membership,
    "invitation": invitations.confirm,
    "token": tokens.confirm,
}
DECLINE: Final[dict[str, Callable[..., None]]] = {
    "membership": people.decline_membership,
    "invitation": invitations.decline,
    "token": tokens.decline,
}
# Each takes back, under the line by which it was given, what waits.
WITHDRAW: Final[dict[str, Callable[..., None]]] = {
    "membership": people.end_membership,
    "invitation": invitations.revoke,
    "token": tokens.revoke,
}
TABLE: Final = {
    "membership": "teams_membership",
    "invitation": "teams_invitation",
    "token": "teams_machinetoken",
}
KINDS: Final = sorted(MAKE)
