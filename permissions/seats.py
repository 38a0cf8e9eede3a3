"""One live role of a person: the smallest thing that permission is computed from."""

from dataclasses import dataclass, field
from uuid import UUID

from permissions import roles


@dataclass(frozen=True)
class Seat:
    """A live role, with where it holds.

    `team_id` is empty for partner workers (any team that refers to them) and for national and platform roles.
    `services` limits a membership to referrals for these service codes; None is all of them. `keyless`: the keys of
    the team were destroyed, so none of its cases opens again. `operations` is what a machine may do that works for
    the person; None for the person.
    """

    role: str
    team_id: UUID | None = None
    organisation_id: UUID | None = None
    services: frozenset[str] | None = None
    steward: bool = False
    acting: bool = False
    keyless: bool = False
    operations: frozenset[str] | None = field(default=None, compare=False)

    def allows(self, action: str) -> bool:
        """Say whether the table lets this seat do `action` at all; for a machine, only within its operations."""
        return self.word(action) != "no" and (self.operations is None or action in self.operations)

    def word(self, action: str) -> str:
        """Return yes, own_organisation or no: what the table says to this seat about `action`."""
        cells = roles.rule(action).by
        word = cells[self.role]
        if word != "acting":
            return word
        return cells["coordinator" if self.acting else "member"]
