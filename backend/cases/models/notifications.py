"""What an organisation should look at: ids and a kind, never a word of content."""

from functools import partial
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from backend.teams.models import Organisation, Team
from backend.teams.models.base import Row
from permissions.scope import Reach
from permissions.seats import Seat
from permissions.shut_out import names_none

ORGANISATION, COORDINATOR = "organisation", "coordinator"
# Who reviews a break-glass is told by role; each role has its own row, so that one reads for nobody else.
OFFICER = "data_protection_officer"
REVIEWERS = ("municipal_lead", OFFICER)
# A deputy is asked as a second person. While acting, a deputy is told what the coordinator is told instead.
DEPUTY = "deputy_coordinator"


def _own(seat: Seat) -> Q:
    own = Q(audience=ORGANISATION, organisation_id=seat.organisation_id)
    if seat.services is not None:
        own &= Q(service_code__in=seat.services)
    if seat.operations is not None:
        # What a role is told is for the person who has it: a token's operations do not cover all that it names.
        return own
    if seat.role == DEPUTY and not seat.acting:
        own |= Q(audience=DEPUTY)
    coordinates = seat.role == "coordinator" or seat.acting
    return own | Q(audience=COORDINATOR) if coordinates else own


def _to_role(seat: Seat) -> Q:
    return Q(audience=seat.role)


class Notification(Row):
    """One thing that happened, for one organisation in one team, for whoever coordinates the team, is its
    deputy, or reviews in it.

    What the coordinator is told stays with the role: the colleagues of the same organisation do not see the
    case. `service_code` is that of a referral, as it stands in its row (empty for a confidential service): a
    membership limited to services hears of these alone.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=24, default=ORGANISATION)
    kind = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=24)
    object_id = models.UUIDField()
    service_code = models.CharField(max_length=8, null=True, blank=True)  # noqa: DJ001 - nothing said: no referral
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    unseen = True
    # The class of `retention.csv` that it belongs to, and the moment from which its time counts.
    kept_as, kept_from = "delivery_logs", "at"
    reach: ClassVar[Reach] = Reach(
        view="referral.preview",
        own=_own,
        within={"breakglass.review": _to_role},
        apart=partial(names_none, "object_id"),
    )

    class Meta:
        indexes = [models.Index(fields=["team", "organisation", "-at", "-id"])]
