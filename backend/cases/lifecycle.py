"""The states of a case and the steps between them, from `case_transitions.csv`. Pure.

A verb is what a caller says (`hold`); a step is the edge it takes, with the line of the policy that allows
it.
"""

from collections.abc import Mapping
from typing import Final

from backend.errors import Conflict, Fault, Invalid
from backend.reference.lists import entry
from backend.reference.steps import NEW, CaseStep, case_steps

PROPOSED: Final = "proposed"
ACTIVE: Final = "active"
ON_HOLD: Final = "on_hold"
CLOSED: Final = "closed"
ERASED: Final = "erased"

# (action of the policy, status reached) -> the verb that a caller uses.
_VERBS: Final[Mapping[tuple[str, str], str]] = {
    ("case.propose", PROPOSED): "propose",
    ("case.open", ACTIVE): "open",
    ("case.triage", ACTIVE): "triage",
    ("case.triage", CLOSED): "triage",
    ("case.edit", ON_HOLD): "hold",
    ("case.edit", ACTIVE): "resume",
    ("case.close", CLOSED): "close",
    ("case.reopen", ACTIVE): "reopen",
    ("erasure.execute", ERASED): "erase",
    ("", ERASED): "expire",
}
OFFERED: Final = frozenset({"triage", "hold", "resume", "close", "reopen"})
# What is missing when a requirement is not met: a field of the request, or a state of the case.
_FIELDS: Final = {
    "eligibility": "/eligibility",
    "triage_outcome": "/triage_outcome",
    "closure_reason": "/closure_reason",
    "review_due": "/review_due",
}
_STATES: Final = {
    "consent": "consent_missing",
    "consent_or_basis": "consent_missing",
    "no_open_referral": "open_referrals",
    "second_person": "second_person_missing",
    "rights_request": "rights_request_missing",
    "retention_due": "retention_not_due",
}


def verb_of(step: CaseStep) -> str:
    """Return the verb that takes this step."""
    return _VERBS[step.action, step.to]


def legal_verbs(status: str) -> tuple[str, ...]:
    """Return the verbs of the API for a case in `status`, each once, in the order of the table.

    Opening in one step is part of the proposal, and erasing has a way of its own: neither is offered.
    """
    verbs = (verb_of(step) for step in case_steps() if step.source == status)
    return tuple(dict.fromkeys(verb for verb in verbs if verb in OFFERED))


def step_for(verb: str, *, status: str, to: str | None = None) -> CaseStep:
    """Return the step which `verb` takes from `status` (to `to`, where a verb has two ends).

    Raises Conflict `illegal_transition` with the verbs that are legal now.
    """
    for step in case_steps():
        if step.source == status and verb_of(step) == verb and to in {None, step.to}:
            return step
    raise Conflict("illegal_transition", legal=legal_verbs(status))


def check(step: CaseStep, *, given: frozenset[str]) -> None:
    """Raise unless everything the step requires is `given`: Conflict for a state, Invalid for absent fields.

    A consent is a basis too, so `consent` in `given` satisfies `consent_or_basis`.
    """
    met = given | ({"consent_or_basis"} if "consent" in given else set())
    missing = sorted(step.requires - met)
    for requirement in missing:
        if requirement in _STATES:
            raise Conflict(_STATES[requirement], legal=legal_verbs(step.source))
    if missing:
        raise Invalid(*(Fault(_FIELDS[requirement], "required") for requirement in missing))


def first_step(verb: str) -> CaseStep:
    """Return the step by which a case begins: `propose`, or `open` straight from the proposal."""
    return step_for(verb, status=NEW if verb == "propose" else PROPOSED)


def is_editable(status: str) -> bool:
    """Say whether facts of a case in `status` may change."""
    return entry("case_statuses", status).is_yes("editable")
