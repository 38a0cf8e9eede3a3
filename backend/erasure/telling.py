"""Tells roles of a team what becomes of an erasure: ids and a kind, and nobody's organisation."""

from uuid import UUID

from backend import asker
from backend.cases.models import Notification
from backend.erasure.cases import stand_in
from backend.teams.models.places import NO_ORGANISATION


def tell_roles(*audiences: str, team_id: UUID, kind: str, object_kind: str, object_id: UUID) -> None:
    """Leave a notification for each role, inside the act that is its cause."""
    stand_in()
    told = [
        Notification(
            organisation_id=NO_ORGANISATION,
            team_id=team_id,
            audience=role,
            kind=kind,
            object_kind=object_kind,
            object_id=object_id,
        )
        for role in audiences
    ]
    with asker.working_as(asker.ERASURES):
        # With this word Django asks nothing back, which would need a right to read what is told to others.
        Notification.objects.bulk_create(told, ignore_conflicts=True)
