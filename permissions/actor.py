"""Who is asking, with the roles that are live at this moment by the database's clock."""

from dataclasses import dataclass, replace
from uuid import UUID

from permissions import scope
from permissions.seats import Seat


@dataclass(frozen=True)
class Actor:
    """A person, a machine token acting for a person, or a named job. Immutable, made anew for each request.

    A job (`kind="system"`) holds no seat: it may do only what its own code does.
    """

    id: UUID | None
    kind: str = "user"
    seats: tuple[Seat, ...] = ()
    acting_for: UUID | None = None
    operations: frozenset[str] | None = None
    # Whether a break-glass of this person may be under way. Only a hint: the rows themselves are judged by the clock.
    looks: bool = False
    # The cases that are absent for this person, whatever else gives them.
    shut_out: tuple[UUID, ...] = ()

    def seats_for(self, action: str) -> tuple[Seat, ...]:
        """Return the live seats that the table lets do `action` at all; a token only within its operations."""
        seats = self.seats
        if self.operations is not None:
            seats = tuple(replace(seat, operations=self.operations) for seat in seats)
        return tuple(seat for seat in seats if seat.allows(action))

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that are live."""
        return frozenset(seat.role for seat in self.seats)

    @property
    def keyless(self) -> frozenset[UUID]:
        """Return the own teams whose keys were destroyed."""
        return frozenset(seat.team_id for seat in self.seats if seat.keyless and seat.team_id)

    def require(self, action: str, on: object) -> None:
        """Raise NotFound or Forbidden unless this actor may do `action` on `on`."""
        scope.require(self, action, on)

    def organisations(self, *, team_id: UUID) -> frozenset[UUID]:
        """Return the organisations for which this actor works towards `team_id`."""
        return frozenset(
            seat.organisation_id
            for seat in self.seats
            if seat.organisation_id and seat.team_id in {None, team_id}
        )
