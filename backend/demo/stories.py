"""What happens to each case of the demo, before anything happens: the same seed tells the same stories. Pure.

A story is a list of words that `loops` and `cases` know how to carry out. The first fourteen stories, taken
together, leave a referral in every state and a case in every state that this version reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from backend.cases.classes import REVEALS_DIAGNOSIS
from backend.cases.items import ItemValue
from backend.demo.accounts import PARTNERS
from backend.demo.profiles import profile
from backend.demo.situations import COMMON, OUTSIDE, WITH_A_SECOND, Situation

# Steps of one referral, in order; a word after the colon is the code to use.
LOOPS: Final[Mapping[str, tuple[str, ...]]] = {
    "draft": ("draft",),
    "sent_later": ("draft", "send"),
    "waiting": ("send",),
    "phoned": ("send:stat", "phoned"),
    "asked": ("send", "ask"),
    "answered": ("send", "ask", "reply", "accept"),
    "accepted": ("send", "accept"),
    "appointment": ("send", "accept:appointment"),
    "overdue": ("send", "accept:late"),
    "started": ("send", "accept", "start"),
    "engaged": ("send", "ask", "reply", "accept:appointment", "start", "progress:follow-up-due"),
    "held": ("send", "accept", "start", "hold:waitlist"),
    "resumed": ("send", "accept", "hold:documents-missing", "resume"),
    "completed": ("send", "accept", "start", "complete:service-started"),
    "closed_loop": ("send", "accept", "start", "complete:service-completed", "acknowledge:need_met"),
    "once": ("send", "accept", "complete:one-off-help-given", "acknowledge"),
    "not_needed": ("send", "accept", "complete:assessed-not-needed", "acknowledge:not_wanted"),
    "rejected": ("send", "reject:no-capacity"),
    "next": ("send", "reject:no-capacity", "acknowledge:next_provider", "again", "accept"),
    "gap": ("send", "reject:not-eligible-area", "acknowledge:nothing_here"),
    "undone": ("send", "reject:waitlist", "undo", "accept"),
    "failed": ("send", "accept", "fail:client-not-reached"),
    "wait": ("send", "accept", "start", "fail:no-capacity", "acknowledge:wait"),
    "cancelled": ("send", "cancel:client-declined"),
    "called_off": ("send", "accept", "cancel_by_target:service-closed"),
    "error": ("send", "correct:duplicate"),
    "withdrawn": ("send", "accept", "withdraw"),
}


@dataclass(frozen=True, slots=True)
class Script:
    """One way a case can go: who brings it, where it stands in the end, and the loops of its referrals."""

    loops: tuple[str, ...] = ()
    opener: str = ""
    ending: str = "active"
    outside: bool = False


SCRIPTS: Final = (
    Script(("closed_loop", "waiting")),
    Script(("completed", "draft")),
    Script(("engaged", "rejected")),
    Script(("held", "overdue")),
    Script(("next",)),
    Script(("failed", "asked")),
    Script(("cancelled", "error", "appointment")),
    Script(opener="obala", ending="proposed"),
    Script(("once",), ending="closed"),
    Script(("started", "gap"), outside=True),
    Script(("waiting",), opener="sidro"),
    Script(("closed_loop",), ending="on_hold"),
    Script(("withdrawn", "phoned")),
    Script(("answered", "undone", "wait")),
)
# What the later cases are like, and how often: most of them are quiet.
QUIET: Final = (
    (Script(), 14),
    (Script(("waiting",)), 16),
    (Script(("accepted",)), 10),
    (Script(("started",)), 12),
    (Script(("once",), ending="closed"), 16),
    (Script(("closed_loop",)), 8),
    (Script(("rejected",)), 5),
    (Script(("sent_later",)), 4),
    (Script(("resumed",)), 3),
    (Script(("not_needed",), ending="on_hold"), 3),
    (Script(("called_off",)), 2),
    (Script(("started",), outside=True), 3),
    (Script(opener="most", ending="proposed"), 4),
)
# The stories are dealt out to seven towns; the first two have every script within their first fourteen.
TOWNS, EVENTFUL = 7, 2
IN_TURN: Final = TOWNS * len(SCRIPTS)
NOTED, EXPIRES_SOON, ADVISED = 0.3, 0.15, 0.3
OPENERS: Final = ("csr", "csr", "dz", "dz", "bolnica", "most")
NOTES: Final = (
    "Dolazi sama, najradije pre podne. Poruke prima preko terenskog radnika.",
    "Traži da se prvo reši smeštaj, pa tek onda lečenje.",
    "Dogovoreno je da se za dve nedelje ponovo pogleda plan.",
    "Ранији покушај лечења прекинут је због посла. Сада има подршку породице.",
    "Ne želi da o lečenju govori pred drugima u čekaonici.",
)


@dataclass(frozen=True, slots=True)
class Try:
    """One referral of a story: for what, and how it goes."""

    situation: Situation
    loop: str

    @property
    def steps(self) -> tuple[str, ...]:
        return LOOPS[self.loop]


@dataclass(frozen=True, slots=True)
class Story:
    """One case from its opening on. `number` is its place in the demo; all chance was spent on telling it."""

    number: int
    opener: str
    ending: str
    items: Mapping[str, ItemValue]
    tries: tuple[Try, ...]
    flags: tuple[str, ...]
    note: str
    expires_soon: bool


def script_for(number: int, rng: Random) -> Script:
    """Return the script of a case: the first fourteen in turn, and in two towns all; the others are quiet ones."""
    told = len(SCRIPTS)
    if number < told or (number < IN_TURN and number % TOWNS < EVENTFUL):
        return SCRIPTS[(number + number // told) % told]
    scripts, weights = zip(*QUIET, strict=True)
    found: Script = rng.choices(scripts, weights)[0]
    return found


def story(number: int, *, seed: int, year: int, script: Script | None = None) -> Story:
    """Tell case `number` of the demo with this seed."""
    rng = Random(f"{seed}:{number}")  # noqa: S311 - the same for everybody, on purpose
    chosen = script or script_for(number, rng)
    opener = chosen.opener or rng.choice(OPENERS)
    tries = _tries(chosen, rng, requester=requester_of(opener))
    items = profile(rng, year=year)
    if any(one.situation.need == "pregnancy" for one in tries):
        items["sex"] = "2"
    return Story(
        number=number,
        opener=opener,
        ending=_ending(chosen, number, rng),
        items=items,
        tries=tries,
        flags=tuple(sorted({one.situation.flag for one in tries} - {""})),
        note=rng.choice(NOTES) if rng.random() < NOTED else "",
        expires_soon=rng.random() < EXPIRES_SOON,
    )


def requester_of(opener: str) -> str:
    """Return who makes the referrals of a case: its opener, or the coordinator's organisation for a partner."""
    return "csr" if opener in PARTNERS else opener


def _ending(script: Script, number: int, rng: Random) -> str:
    """Let some of the later proposals end with advice."""
    advised = script.ending == "proposed" and number >= IN_TURN and rng.random() < ADVISED
    return "advised" if advised else script.ending


def _tries(script: Script, rng: Random, *, requester: str) -> tuple[Try, ...]:
    chosen: list[Try] = []
    for place, loop in enumerate(script.loops):
        taken = {one.situation.need for one in chosen}
        if script.opener in PARTNERS:
            taken |= REVEALS_DIAGNOSIS  # shown to nobody but the one who recorded it
        pool = _pool(loop, outside=script.outside and place == 0)
        fitting = [one for one in pool if one.need not in taken and requester not in one.providers]
        chosen.append(Try(rng.choice(fitting), loop))
    return tuple(chosen)


def _pool(loop: str, *, outside: bool) -> tuple[Situation, ...]:
    if outside:
        return OUTSIDE
    return WITH_A_SECOND if "again" in LOOPS[loop] else COMMON
