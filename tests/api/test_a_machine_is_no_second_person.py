"""What takes two people takes people: a token is refused wherever the table of roles names a second role."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from backend.cases import break_glass
from backend.cases.models import SafeguardingBasis
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.referrals.correcting import correct
from backend.teams import invitations, recovery, tokens
from backend.teams.models import Membership, User
from permissions.roles import POLICY
from tests.access.rules import Rule
from tests.access.rules_of_cases import RULES_OF_CASES
from tests.access.rules_of_people import RULES_OF_PEOPLE
from tests.api.client import browser_for, client_for
from tests.api.doors_of_cases import DOORS_OF_CASES
from tests.backend.referrals.loops import Loop, opened
from tests.backend.teams.proposals import MAKE
from tests.world import BUILDER, Town, actor, make_user

V1: Final = "/api/v1"
RULES: Final = {**RULES_OF_PEOPLE, **RULES_OF_CASES}
# Operations that are the second person's own, under no line of the table.
CONFIRMS: Final = ("_confirm", "_correct")
KIND: Final = {"member": "membership"}
# Who asks for what, and with which body.
Asked = tuple[User, str, dict[str, Any]]


def takes_two(name: str, rule: Rule) -> bool:
    """Say whether an operation changes something for which the table names a second role."""
    lines = [line for line in rule.lines if line in POLICY and POLICY[line].second_role]
    return name.endswith(CONFIRMS) or (bool(lines) and rule.body is not None)


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def new_role(town: Town) -> dict[str, Any]:
    return {"role": "member", "team": str(town.team.id), "organisation": str(town.clinic.id)}


def on_nurse(verb: str = "", **body: Any) -> Callable[[Loop], Asked]:
    return lambda loop: (
        loop.town.coordinator,
        f"PATCH members/{role_of(loop.town.nurse).id}"
        if not verb
        else f"POST members/{role_of(loop.town.nurse).id}/{verb}",
        body,
    )


def give_role(loop: Loop) -> Asked:
    said = {**new_role(loop.town), "username": make_user().username}
    return loop.town.coordinator, "POST members", said


def start_acting(loop: Loop) -> Asked:
    at = f"POST members/{role_of(loop.town.deputy).id}/start-acting"
    return loop.town.coordinator, at, {"reason": "absent"}


def invite(loop: Loop) -> Asked:
    return loop.town.coordinator, "POST invitations", new_role(loop.town)


def take_back_invitation(loop: Loop) -> Asked:
    town = loop.town
    row = invitations.invite(
        actor(town.coordinator), role="member", team=town.team, organisation=town.clinic
    )[0]
    return town.coordinator, f"POST invitations/{row.id}/revoke", {}


def confirm_what_waits(kind: str) -> Callable[[Loop], Asked]:
    """Return what the lead is asked to confirm, who is there in time to be asked."""

    def asked(loop: Loop) -> Asked:
        lead = loop.town.lead
        return lead, f"POST {kind}s/{MAKE[KIND.get(kind, kind)](loop.town).id}/confirm", {}

    return asked


def issue_token(loop: Loop) -> Asked:
    town = loop.town
    said = {"name": "t", "team": str(town.team.id), "acting_for": str(town.nurse.id)}
    return town.coordinator, "POST tokens", {**said, "operations": ["case.view_coded"]}


def on_token(verb: str) -> Callable[[Loop], Asked]:
    def asked(loop: Loop) -> Asked:
        town = loop.town
        row = tokens.issue(
            BUILDER, name="t", acting_for=town.nurse, team=town.team, operations=["case.view_coded"]
        )[0]
        return town.coordinator, f"POST tokens/{row.id}/{verb}", {}

    return asked


def confirm_recovery(loop: Loop) -> Asked:
    row = recovery.start(actor(loop.town.lead), membership=role_of(loop.town.nurse))
    return loop.town.coordinator, f"POST recoveries/{row.id}/confirm", {}


def decide_exception(loop: Loop) -> Asked:
    return loop.town.social_worker, f"POST cases/{loop.case.id}/safeguarding", {"basis": "child_protection"}


def confirm_exception(loop: Loop) -> Asked:
    terms = BasisTerms(basis="incapacity", recipient_id=loop.town.clinic.id)
    row: SafeguardingBasis = record_basis(
        loop.centre, loop.case, terms=terms, organisation_id=loop.town.centre.id
    )
    return loop.town.coordinator, f"POST safeguarding/{row.id}/confirm", {}


LOOK: Final = {"reason": "danger_to_life", "text": "Hitna poseta danas popodne."}


def ask_for_a_look(loop: Loop) -> Asked:
    return loop.town.outreach, f"POST cases/{loop.case.id}/break-glass", LOOK


def confirm_a_look(loop: Loop) -> Asked:
    cases = [loop.case, *(opened(loop.town).case for _ in range(3))]
    last = [break_glass.request(actor(loop.town.outreach), case, **LOOK) for case in cases][-1]
    assert last.needs_second
    return loop.town.lead, f"POST break-glass/{last.pk}/confirm", {}


def confirm_a_correction(loop: Loop) -> Asked:
    referral = correct(loop.coordinator, loop.rejected(), reason_code="duplicate")
    return loop.town.deputy, f"POST referrals/{referral.id}/correct", {}


def take_out(resource: str) -> Callable[[Loop], Asked]:
    return lambda loop: (loop.town.coordinator, f"POST {resource}/export", {})


DOORS: Final[dict[str, Callable[[Loop], Asked]]] = {
    "members_create": give_role,
    "members_confirm": confirm_what_waits("member"),
    "members_update": on_nurse(organisation_steward=True),
    "members_end": on_nurse("end"),
    "members_start_acting": start_acting,
    "invitations_confirm": confirm_what_waits("invitation"),
    "invitations_create": invite,
    "invitations_revoke": take_back_invitation,
    "tokens_confirm": confirm_what_waits("token"),
    "tokens_create": issue_token,
    "tokens_rotate": on_token("rotate"),
    "tokens_revoke": on_token("revoke"),
    "recoveries_confirm": confirm_recovery,
    "safeguarding_create": decide_exception,
    "safeguarding_confirm": confirm_exception,
    "break_glass_create": ask_for_a_look,
    "break_glass_confirm": confirm_a_look,
    "referrals_correct": confirm_a_correction,
    "cases_export": take_out("cases"),
    "referrals_export": take_out("referrals"),
    **DOORS_OF_CASES,
}


@pytest.mark.pure
def test_the_doors_are_all_there_are() -> None:
    assert set(DOORS) == {name for name, rule in RULES.items() if takes_two(name, rule)}


@pytest.mark.parametrize("name", sorted(DOORS))
def test_a_token_is_refused_where_the_person_is_not(town: Town, name: str) -> None:
    user, address, body = DOORS[name](opened(town))
    method, _, path = address.partition(" ")
    held = {"If_Match": '"1"'} if method == "PATCH" else {}
    refused = client_for(user).send(method, f"{V1}/{path}", body, **held)
    assert refused.code in {"forbidden", "not_for_machines", "not_found"}, refused.raw
    done = browser_for(user).send(method, f"{V1}/{path}", body, **held)
    assert done.status in {200, 201}, done.raw
