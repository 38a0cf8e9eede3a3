"""Tells an organisation, or whoever coordinates the team, that something happened: ids and a kind, no
content.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from audit.acts import act
from audit.recorder import kind_of
from backend.cases.models import Case, Notification
from backend.cases.models.notifications import COORDINATOR, OFFICER, ORGANISATION, REVIEWERS
from permissions.actor import Actor
from permissions.roles import rule
from permissions.scope import BREAK_GLASS, visible_to

CASE: Final = "case"
LOOK: Final = "breakglass"
HEARS: Final = "referral.preview"
REVIEWS: Final = "breakglass.review"


def tell_organisation(
    organisation_id: UUID,
    *,
    team_id: UUID,
    kind: str,
    object_kind: str,
    object_id: UUID,
    service_code: str | None = None,
) -> None:
    """Leave a notification for one organisation in a team, inside the act that is its cause.

    Memberships limited to services hear of it only with the `service_code` of one of these.
    """
    Notification.objects.create(
        organisation_id=organisation_id,
        team_id=team_id,
        audience=ORGANISATION,
        kind=kind,
        object_kind=object_kind,
        object_id=object_id,
        service_code=service_code,
    )


def tell_holder(case: Case, kind: str) -> None:
    """Leave a notification about a case for the organisation that holds it."""
    tell_organisation(
        case.holder_organisation_id, team_id=case.team_id, kind=kind, object_kind=CASE, object_id=case.id
    )


def tell_coordinator(case: Case, kind: str, *, about: Model | None = None) -> None:
    """Leave a notification about a case (or an object of it) for whoever coordinates its team."""
    Notification.objects.create(
        organisation_id=case.holder_organisation_id,
        team_id=case.team_id,
        audience=COORDINATOR,
        kind=kind,
        object_kind=CASE if about is None else kind_of(about),
        object_id=about.pk if about is not None else case.id,
    )


def tell_officer(case: Case, kind: str, *, about: Model) -> None:
    """Leave a notification about an object of a case for the data protection officer of its team."""
    _tell_roles(case, kind, about=about, roles=(OFFICER,))


def tell_second_roles(case: Case, kind: str, *, about: Model, line: str) -> None:
    """Leave a notification for each role that the service accepts as the second one of a line of the table."""
    _tell_roles(case, kind, about=about, roles=rule(line).second_role)


def tell_watchers(case: Case, kind: str, *, about: Model) -> None:
    """Leave a notification for the coordinator and each role that reviews in the team, a row for each."""
    _tell_roles(case, kind, about=about, roles=(COORDINATOR, *REVIEWERS))


def tell_reviewers(case: Case, kind: str, *, about: Model) -> None:
    """Leave a notification for each role that reviews in the team of a case, about something that is not the case."""
    _tell_roles(case, kind, about=about, roles=REVIEWERS)


def _tell_roles(case: Case, kind: str, *, about: Model, roles: Iterable[str]) -> None:
    told = [
        Notification(
            organisation_id=case.holder_organisation_id,
            team_id=case.team_id,
            audience=role,
            kind=kind,
            object_kind=kind_of(about),
            object_id=about.pk,
        )
        for role in roles
    ]
    # With this word Django asks nothing back, which would need a right to read what is told to others.
    Notification.objects.bulk_create(told, ignore_conflicts=True)


def seen(by: Actor, rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Narrow notifications to those of the caller's organisations and roles."""
    told = visible_to(by, rows, HEARS)
    if not by.seats_for(BREAK_GLASS):
        # A machine's token, whoever it acts for, knows of no look.
        told = told.exclude(object_kind=LOOK)
    if not by.seats_for(REVIEWS):
        return told
    return rows.filter(Q(pk__in=told.values("pk")) | Q(pk__in=visible_to(by, rows, REVIEWS).values("pk")))


def mark_read(by: Actor, notification: Notification) -> None:
    """Note that somebody of those who were told has read it; the first reading counts. Raises NotFound."""
    needs = REVIEWS if notification.audience in REVIEWERS else HEARS
    with act(by, "notification.read", notification, needs=needs):
        if notification.read_at is None:
            notification.read_at = timezone.now()
            notification.save(update_fields=["read_at"])
