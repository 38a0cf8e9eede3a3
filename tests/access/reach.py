"""Who is within reach of what, said a second time: from the table of roles and the place of a row alone.

The application computes this from seats, grants, consents and clocks. Here it is one look into the table: whose row it
is decides, and the word of the role. What the two disagree on is a leak, or a mistake on this page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from permissions.roles import POLICY, ROLES
from permissions.scope import TEAMLESS_ROLES

# Where a row stands, seen from the callers' own town.
OWN: Final = "own"  # of the callers' organisation: it opened the case, and referred it to the partner
NEIGHBOUR: Final = "neighbour"  # of the same town, between two organisations that are not the caller's
ELSEWHERE: Final = "elsewhere"  # of another town
GONE: Final = "gone"  # of the callers' organisation, and over: erased, entered in error, revoked, ended
EXCLUDED: Final = "excluded"  # of the callers' organisation, and every caller is shut out of it
ABSENT: Final = "absent"  # never was
RELATIONS: Final = (OWN, NEIGHBOUR, ELSEWHERE, GONE, EXCLUDED, ABSENT)
PLACES: Final = (OWN, NEIGHBOUR, ELSEWHERE, GONE, EXCLUDED)

CENTRE: Final = "centre"
PARTNER: Final = "partner"


@dataclass(frozen=True)
class Caller:
    """Somebody who asks: the column of the table, and the organisation of the own town that they work for.

    `operations` are those of a machine token. Whoever has ended holds a role no more; a stranger never had one.
    """

    name: str
    role: str = ""
    organisation: str = ""
    operations: frozenset[str] | None = None
    signed_in: bool = True

    def word(self, action: str) -> str:
        """Return yes, own_organisation or no: what the table says of `action`."""
        if not self.role or (self.operations is not None and action not in self.operations):
            return "no"
        word = POLICY[action].by[self.role]
        # Nobody acts in the coordinator's place here, so the deputy does as a member does.
        return POLICY[action].by["member"] if word == "acting" else word

    def may(self, actions: tuple[str, ...]) -> bool:
        """Say whether the table lets this caller do one of `actions` on anything at all."""
        return SIGNED_IN in actions or any(self.word(one) != "no" for one in actions)


SIGNED_IN: Final = "signed_in"
MACHINE: Final = frozenset(
    {"case.view_coded", "referral.create", "referral.preview", "case.edit", "consent.view"}
)
_ORGANISATIONS: Final = {
    "coordinator": CENTRE,
    "deputy_coordinator": CENTRE,
    "member": CENTRE,
    "partner_worker": PARTNER,
}
CALLERS: Final[Mapping[str, Caller]] = {
    one.name: one
    for one in (
        *(Caller(role, role, _ORGANISATIONS.get(role, "")) for role in ROLES),
        Caller("machine", "coordinator", CENTRE, operations=MACHINE),
        Caller("ended"),
        Caller("switched_off", signed_in=False),
        Caller("stranger", signed_in=False),
    )
}


@dataclass(frozen=True)
class Kind:
    """A kind of row: the lines of the table of which one shows it, and which organisations it names, by place.

    `parties` says to which of the callers' organisations an own row belongs. `everywhere` are rows without a team,
    which a role of the whole installation sees wherever they are. `walled` are rows with case data: the database
    narrows them by itself.
    """

    lines: tuple[str, ...]
    parties: frozenset[str] = frozenset({CENTRE})
    left: frozenset[str] = frozenset({CENTRE})
    # What only the own organisation opens, whatever the role.
    only_own: bool = False
    # Who is asked to confirm it as second person, and sees it in the own town for that.
    second: frozenset[str] = frozenset()
    walled: bool = True
    public: bool = False


_BOTH: Final = frozenset({CENTRE, PARTNER})
_VIEW: Final = ("case.view_coded",)
_GIVES: Final = (
    "membership.manage",
    "membership.appoint_coordinator",
    "membership.invite_own",
    "role.appoint",
    "account.create",
)
_PEOPLE: Final = ("account.disable", "membership.invite_own", "case.assign")
_OPEN: Final = ("directory.view",)
KINDS: Final[Mapping[str, Kind]] = {
    "case": Kind(_VIEW, _BOTH),
    "need": Kind(_VIEW, _BOTH),
    "note": Kind(_VIEW, _BOTH, only_own=True),
    "text": Kind(("case.view_sealed",), _BOTH, only_own=True),
    "consent": Kind(("consent.view",), _BOTH),
    "basis": Kind(("consent.view",), second=frozenset({"deputy_coordinator"})),
    "request": Kind(("rights_request.record",)),
    "disclosure": Kind(("disclosure.list",)),
    "hint": Kind(("case.triage",)),
    "exclusion": Kind(("case.exclude_person",)),
    "referral": Kind(_VIEW, _BOTH),
    "draft": Kind(_VIEW),
    "field": Kind(("case.view_sealed",), _BOTH, only_own=True),
    "question": Kind(_VIEW, _BOTH),
    "notification": Kind(("referral.preview",), only_own=True),
    "told": Kind(("referral.preview",), _BOTH, left=_BOTH),
    "import": Kind(("import.run",)),
    "import_row": Kind(("import.run",)),
    "member": Kind(_PEOPLE, walled=False),
    "proposed": Kind(_PEOPLE, walled=False),
    "user": Kind((*_PEOPLE, "case.view_coded", "token.issue"), _BOTH, walled=False),
    "person": Kind(_PEOPLE, walled=False),
    "look": Kind(("breakglass.review",), second=frozenset({"coordinator"})),
    "looked_at": Kind(("breakglass.review",), second=frozenset({"coordinator"})),
    "look_text": Kind(("breakglass.review",)),
    # Break-glass is asked for on any case of the own town, seen or not.
    "case_of_town": Kind(("breakglass.request", "case.view_coded"), _BOTH),
    "erasure": Kind(("erasure.request", "erasure.confirm", "erasure.execute")),
    "erased_case": Kind(("erasure.request", "erasure.confirm", "erasure.execute")),
    # An erasure is asked for on any case that one sees, and by the officer on every one of the team.
    "case_to_erase": Kind(("erasure.request", "case.view_coded"), _BOTH),
    # A request of the person is written down in the same way.
    "case_of_request": Kind(("rights_request.record", "case.view_coded"), _BOTH),
    "merge": Kind(("case.merge",), second=frozenset({"deputy_coordinator"})),
    "kill": Kind(("key.destroy_team",)),
    # An entry of the audit names everything by its id.
    "entry": Kind(("audit.view",)),
    "review": Kind(("audit.review",)),
    # The figures of a team, whose whole house may ask; each is shown the own part (tests/backend/statistics).
    "figures": Kind(("statistics.team", "breakglass.request"), walled=False),
    "quarter": Kind(("statistics.team", "breakglass.request")),
    "tally": Kind(("service_tally.record",)),
    "recovery": Kind(("account.disable",), walled=False),
    # Where somebody is signed in is shown to nobody else, whatever the role.
    "session": Kind((), walled=False),
    "invitation": Kind(_GIVES, walled=False),
    "token": Kind(("token.issue",), second=frozenset({"municipal_lead"}), walled=False),
    # What a chain of reasons to see a case names: by id alone, to whoever is told the chain.
    "rests_on": Kind(("case.access_history",), walled=False),
    "log": Kind(("audit.verify",), walled=False),
    "leaf": Kind(("audit.verify",), walled=False),
    # Drafts of the Office; what is published for all is told to all.
    "release": Kind(("statistics.national",), walled=False),
    "release_number": Kind(_OPEN, walled=False, public=True),
    "memorandum": Kind(("memorandum.manage",), walled=False),
    "agreement": Kind(("memorandum.manage",), walled=False),
    "team": Kind(_OPEN, walled=False, public=True),
    "organisation": Kind(_OPEN, walled=False, public=True),
    "service": Kind(_OPEN, walled=False, public=True),
    "list": Kind(_OPEN, walled=False, public=True),
}


def within_reach(caller: Caller, kind: str, place: str) -> bool:
    """Say whether `caller` may learn anything of a row of this kind in this place."""
    if place == ABSENT or not caller.signed_in:
        return False
    of = KINDS[kind]
    if place == EXCLUDED:
        # Who keeps the keys belongs to no team, is nobody whom a team could name, and is told ids of erasures alone.
        return of.public or (kind in {"erasure", "erased_case"} and caller.role == "key_custodian")
    # A machine confirms nothing.
    if caller.role in of.second and caller.operations is None and place != ELSEWHERE:
        return True
    return of.public or any(_shown(caller, of, caller.word(line), place) for line in of.lines)


def _shown(caller: Caller, of: Kind, word: str, place: str) -> bool:
    named = caller.organisation in (of.left if place == GONE else of.parties)
    if word == "own_organisation" or (word == "yes" and of.only_own):
        return place in {OWN, GONE} and named
    if word == "yes" and caller.role in TEAMLESS_ROLES:
        return True
    return word == "yes" and place != ELSEWHERE
