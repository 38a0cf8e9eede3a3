"""Which step a referral may take next, from the table of steps alone. Pure: neither database nor clock."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from backend.reference.lists import entry
from backend.reference.steps import NEW, ReferralStep, referral_steps

REQUESTER, TARGET, ON_BEHALF, SYSTEM = "requester", "target", "requester_on_behalf", "system"
SIDES: Final = (TARGET, ON_BEHALF, REQUESTER, SYSTEM)

OPEN: Final = frozenset({"requested", "accepted", "in-progress", "on-hold"})
UNDER_WAY: Final = frozenset({"accepted", "in-progress", "on-hold"})
ENDED: Final = frozenset({"rejected", "cancelled", "failed", "completed"})
TO_ACKNOWLEDGE: Final = frozenset({"rejected", "failed", "completed"})

UNDO_WITHIN = timedelta(hours=24)
FOLLOW_UP_AFTER = timedelta(days=90)
LAPSE_HOLDS = timedelta(days=30)

_BY_KIND: Final = {
    "acknowledgement": "acknowledge",
    "follow_up": "follow-up",
    "ask": "ask",
    "reply": "reply",
    "consent_effect": "withdraw",
    "lapse_effect": "lapse",
}
_BY_TARGET: Final = {
    "draft": "draft",
    "requested": "send",
    "accepted": "accept",
    "rejected": "reject",
    "cancelled": "cancel",
    "on-hold": "hold",
    "completed": "complete",
    "failed": "fail",
    "in-progress": "start",
}


class WrongSide(Exception):
    """The verb belongs to another side."""


class IllegalStep(Exception):
    """The state does not allow the verb; `legal` are the verbs that it allows to the one who asks."""

    def __init__(self, legal: tuple[str, ...]) -> None:
        super().__init__(", ".join(legal))
        self.legal = legal


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the table's conditions ask about a referral at the moment `now`.

    `ended_at` is the answer or ending that could be undone; `lapsed_at` is set while a lapse holds it.
    `owing` are the sides that owe a reply. `basis_holds`: consent and agreement are valid now.
    """

    status: str
    now: datetime
    ended_at: datetime | None = None
    lapsed_at: datetime | None = None
    acknowledged: bool = False
    followed_up: bool = False
    first_contact: bool = False
    basis_holds: bool = True
    outcome_code: str = ""
    owing: frozenset[str] = frozenset()


def _mark(verb: str, source: str, who: Iterable[str], requires: Iterable[str] = ()) -> ReferralStep:
    """Return a step that changes no status and is not in the table, because it is a field of its own."""
    return ReferralStep(
        source=source,
        to=source,
        who=frozenset(who),
        requires=frozenset(requires),
        kind=verb,
        note="",
        our_addition=True,
    )


_MARKS: Final = (
    _mark("edit", "draft", (REQUESTER,)),
    *(_mark("progress", status, (TARGET,), ("business_status",)) for status in sorted(UNDER_WAY)),
    *(
        _mark("progress", status, (ON_BEHALF,), ("business_status", "channel_and_reporter"))
        for status in sorted(UNDER_WAY)
    ),
    _mark("phoned", "requested", (REQUESTER,)),
    _mark("phoned", "accepted", (REQUESTER,)),
)
_MARK_VERBS: Final = frozenset({"edit", "progress", "phoned"})


def verb_of(step: ReferralStep) -> str:
    """Return the verb of a step as the API names it; those of the system are `withdraw` and `lapse`."""
    if step.kind in _MARK_VERBS:
        return step.kind
    if step.kind in _BY_KIND:
        return _BY_KIND[step.kind]
    if step.kind == "correction":
        return "correct" if step.to == "entered-in-error" else "undo"
    return "resume" if step.source == "on-hold" and step.to == "in-progress" else _BY_TARGET[step.to]


@cache
def steps() -> Mapping[str, tuple[ReferralStep, ...]]:
    """Return all steps by verb."""
    found: dict[str, tuple[ReferralStep, ...]] = {}
    for step in (*referral_steps(), *_MARKS):
        found[verb_of(step)] = (*found.get(verb_of(step), ()), step)
    return found


def belongs_to(verb: str, side: str) -> bool:
    """Say whether the verb is ever the side's to take."""
    return any(_is_for(step, side) for step in steps().get(verb, ()))


def find(standing: Standing, verb: str, *, side: str) -> ReferralStep:
    """Return the step that `side` takes by `verb` now. Raises WrongSide or IllegalStep."""
    if not belongs_to(verb, side):
        raise WrongSide
    for step in steps()[verb]:
        if _is_for(step, side) and _allowed(step, standing, side):
            return step
    raise IllegalStep(legal_verbs(standing, (side,)))


def legal_verbs(standing: Standing, sides: Collection[str]) -> tuple[str, ...]:
    """Return the verbs that any of `sides` may use now, in alphabetical order."""
    return tuple(
        sorted(
            verb
            for verb, found in steps().items()
            if any(_is_for(step, side) and _allowed(step, standing, side) for step in found for side in sides)
        )
    )


def missing(step: ReferralStep, standing: Standing, *, given: Collection[str]) -> tuple[str, ...]:
    """Return which inputs the step requires and `given` (their names) does not hold."""
    help_given = helped(standing.outcome_code)
    needless = {
        "first_contact_at": standing.first_contact,
        "first_contact_at_if_help_given": standing.first_contact or not help_given,
        "acknowledgement_answer_unless_help_given": help_given,
    }
    wanted = step.requires - _CONDITIONS.keys()
    if "outcome_code" in wanted and standing.outcome_code:
        own = entry("referral_outcomes", standing.outcome_code).values("requires")
        wanted |= {_OUTCOME_INPUT.get(name, name) for name in own}
    inputs = {_INPUT.get(name, name) for name in wanted if not needless.get(name)}
    return tuple(sorted(inputs - {*given, ""}))


def _is_for(step: ReferralStep, side: str) -> bool:
    return side in step.who or ("either" in step.who and side in {REQUESTER, TARGET})


def _allowed(step: ReferralStep, standing: Standing, side: str) -> bool:
    if step.source != standing.status or step.source == NEW:
        return step.source == standing.status
    named = all(_CONDITIONS[name](standing, side) for name in step.requires if name in _CONDITIONS)
    noted = _NOTES.get(verb_of(step))
    return named and (noted is None or noted(standing))


def helped(outcome_code: str) -> bool:
    """Say whether an outcome means that help was given."""
    return bool(outcome_code) and entry("referral_outcomes", outcome_code).is_yes("help_given")


def _within(since: datetime | None, now: datetime, limit: timedelta) -> bool:
    return since is not None and now - since <= limit


def _after(since: datetime | None, now: datetime, limit: timedelta) -> bool:
    return since is not None and now - since >= limit


Condition = Callable[[Standing, str], bool]

# Words of the column `requires` that ask about the referral itself; the others ask for an input.
_CONDITIONS: Final[Mapping[str, Condition]] = {
    "within_24h": lambda at, _side: _within(at.ended_at, at.now, UNDO_WITHIN) and not at.acknowledged,
    "held_30_days": lambda at, _side: _after(at.lapsed_at, at.now, LAPSE_HOLDS),
    "outcome_service_started": lambda at, _side: at.outcome_code == "service-started",
    "after_90_days": lambda at, _side: _after(at.ended_at, at.now, FOLLOW_UP_AFTER),
    "open_question": lambda at, side: side in at.owing,
}
# Verbs by which content flows: not once consent has run out, nor while a lapse holds the referral.
_ON_A_BASIS: Final = frozenset({"accept", "start", "progress", "hold", "resume", "ask", "reply", "undo"})
# What only the notes of the table say.
_NOTES: Final[Mapping[str, Callable[[Standing], bool]]] = {
    **dict.fromkeys(_ON_A_BASIS, lambda at: at.basis_holds),
    "acknowledge": lambda at: not at.acknowledged,
    "follow-up": lambda at: not at.followed_up,
    "ask": lambda at: at.basis_holds and at.lapsed_at is None,
    "reply": lambda at: at.basis_holds and at.lapsed_at is None,
}
_OUTCOME_INPUT: Final = {"service_code": "suggested_service_code"}
# Inputs that go by another name, and the ones that the house itself gives.
_INPUT: Final[Mapping[str, str]] = {
    "loop_ack_at": "",
    "second_person": "",
    "first_contact_at_if_help_given": "first_contact_at",
    "acknowledgement_answer_unless_help_given": "acknowledgement_answer",
}
