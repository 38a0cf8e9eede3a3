"""What a person may do with a case now, as words for a client: verbs and other actions, nothing that would
fail.
"""

from collections.abc import Mapping
from typing import Final

from backend.cases.lifecycle import PROPOSED, is_editable, legal_verbs
from backend.cases.models import Case
from backend.cases.models.case import HOLDS, OPENED
from backend.cases.standing import BREAK_GLASS, COORDINATION, Standing
from permissions.actor import Actor

# The line of the policy behind each verb of the lifecycle.
VERBS: Final[Mapping[str, str]] = {
    "triage": "case.triage",
    "hold": "case.edit",
    "resume": "case.edit",
    "close": "case.close",
    "reopen": "case.reopen",
}
# Actions on a case that may still change, and those that are always there.
WHILE_OPEN: Final[Mapping[str, str]] = {
    "edit": "case.edit",
    "assign": "case.assign",
    "refer": "referral.create",
    "record_safeguarding": "safeguarding.record",
}
ALWAYS: Final[Mapping[str, str]] = {
    "record_consent": "consent.record",
    "reveal": "case.view_sealed",
    "list_disclosures": "disclosure.list",
    "view_access": "case.access_history",
}
# With these lines an organisation acts only on cases that it opened or holds.
FOR_HOLDERS: Final = frozenset({"case.edit", "consent.record"})


def allowed_actions(by: Actor, case: Case, *, stands: Standing) -> list[str]:
    """Return what `by` may do with `case` now, in a fixed order. No query: all of it follows from the
    standing.
    """
    offered = {verb: VERBS[verb] for verb in legal_verbs(case.status)} | dict(ALWAYS)
    if is_editable(case.status):
        offered |= WHILE_OPEN
    if case.merged_into is not None:
        offered.pop("reopen", None)
    if case.status == PROPOSED:
        offered.pop("refer", None)
    return [name for name, action in offered.items() if _may(by, case, action, stands)]


def _may(by: Actor, case: Case, action: str, stands: Standing) -> bool:
    reasons = {one.reason for one in stands.reasons}
    held = reasons - {BREAK_GLASS}
    if action == "case.view_sealed" and by.kind != "user":
        return False
    seats = [seat for seat in by.seats_for(action) if seat.team_id in {None, case.team_id}]
    if any(seat.word(action) == "yes" for seat in seats) and COORDINATION in held:
        return True
    by_organisation = held & ({HOLDS, OPENED} if action in FOR_HOLDERS else held - {COORDINATION})
    own = any(seat.word(action) == "own_organisation" for seat in seats)
    # For the sealed part the coordinator's own word is "own": consent decides which classes, the role that
    # one may ask. A break-glass opens it too, and nothing else.
    return own and (bool(by_organisation) or (action == "case.view_sealed" and bool(reasons)))
