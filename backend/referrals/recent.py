"""To which services of the directory somebody's side has referred lately, so that these come first in the form.

A confidential service stands in no plain column, so it is among them for nobody.
"""

from datetime import timedelta
from typing import Final

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Now

from backend.referrals.models import Referral
from permissions.actor import Actor
from permissions.scope import visible_to

LATELY: Final = timedelta(days=90)
ON_SERVICE: Final = "last_referred_at"


def last_referred(by: Actor) -> Subquery:
    """Return, for a query of services, when `by` or their side last referred to each; null if never."""
    sent = Referral.objects.filter(service_id=OuterRef("pk"), sent_at__isnull=False)
    return Subquery(visible_to(by, sent, "referral.create").order_by("-sent_at").values("sent_at")[:1])


def lately() -> Q:
    """Return the condition that this was in the last three months."""
    return Q(**{f"{ON_SERVICE}__gt": Now() - LATELY})
