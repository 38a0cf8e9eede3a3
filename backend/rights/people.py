"""Who worked with a case, as the person is told: role and organisation. No name and no id of a worker leaves."""

from uuid import UUID

from django.db.models import Q

from backend.teams.models import Membership

SYSTEM, UNKNOWN = "system", "former_worker"


class People:
    """The workers of one team, and partners, by id; looked up once."""

    def __init__(self, team_id: UUID) -> None:
        here = Q(team_id=team_id) | Q(team_id=None)
        rows = Membership.objects.filter(here).order_by("created_at")
        seats = rows.values_list("user_id", "role", "organisation__name")
        self._seats: dict[UUID, dict[str, str | None]] = {
            user: {"role": role, "organisation": name} for user, role, name in seats
        }

    def who(self, user_id: UUID | str | None) -> dict[str, str | None]:
        """Return role and organisation of a worker, by the seat that began last. A job is the system."""
        if user_id is None:
            return {"role": SYSTEM, "organisation": None}
        found = self._seats.get(UUID(str(user_id)))
        return found or {"role": UNKNOWN, "organisation": None}
