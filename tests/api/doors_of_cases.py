"""Doors of two people at which a case, what is held on it or its key comes to an end."""

from collections.abc import Callable
from typing import Any, Final

from backend.erasure import asking, team_keys
from backend.erasure.models import Erasure
from backend.rights.requests import record_request
from backend.teams.models import User
from tests.backend.referrals.loops import Loop
from tests.backend.referrals.two_cases import pair, propose
from tests.world import Town, actor, national

Asked = tuple[User, str, dict[str, Any]]


def asked_for(loop: Loop, *, confirmed: bool = False) -> Erasure:
    assert loop.town.lead.id
    row = asking.request(loop.centre, loop.case, reason="rights_request")
    if confirmed:
        asking.confirm(actor(loop.town.lead), row)
    return row


def confirm_erasure(loop: Loop) -> Asked:
    return loop.town.lead, f"POST erasures/{asked_for(loop).pk}/confirm", {}


def decline_erasure(loop: Loop) -> Asked:
    return loop.town.lead, f"POST erasures/{asked_for(loop).pk}/decline", {}


def execute_erasure(loop: Loop) -> Asked:
    return loop.town.coordinator, f"POST erasures/{asked_for(loop, confirmed=True).pk}/execute", {}


def ask_for_the_keys(loop: Loop) -> Asked:
    return loop.town.coordinator, f"POST teams/{loop.town.team.id}/key-destruction", {}


def of_the_keys(verb: str) -> Callable[[Loop], Asked]:
    def asked(loop: Loop) -> Asked:
        row = team_keys.ask(loop.coordinator, loop.town.team)
        return national("key_custodian"), f"POST key-destructions/{row.pk}/{verb}", {}

    return asked


def propose_a_merge(_loop: Loop) -> Asked:
    two = pair(Town())
    return two.town.coordinator, f"POST cases/{two.stays.case.pk}/merge", {"other": two.goes.code}


def confirm_a_merge(_loop: Loop) -> Asked:
    two = pair(Town())
    return two.town.deputy, f"POST merges/{propose(two).pk}/confirm", {}


def confirm_a_request(loop: Loop) -> Asked:
    row = record_request(
        loop.centre,
        loop.case,
        kind="access",
        channel="letter",
        received_on=loop.case.opened_on,
        organisation_id=loop.town.centre.id,
    )
    return loop.town.officer, f"POST rights-requests/{row.pk}/confirm", {}


DOORS_OF_CASES: Final[dict[str, Callable[[Loop], Asked]]] = {
    "erasures_confirm": confirm_erasure,
    "erasures_decline": decline_erasure,
    "erasures_execute": execute_erasure,
    "key_destructions_create": ask_for_the_keys,
    "key_destructions_decline": of_the_keys("decline"),
    "key_destructions_execute": of_the_keys("execute"),
    "merges_confirm": confirm_a_merge,
    "merges_create": propose_a_merge,
    "rights_requests_confirm": confirm_a_request,
}
