"""Requests whose last day has passed: coordinator and officer are told, once for each term."""

from django.utils import timezone

from audit.acts import act
from backend.cases.notify import tell_coordinator, tell_officer
from backend.reference.working_days import BELGRADE
from backend.rights.models import RightsRequest
from permissions.actor import Actor

KIND = "rights_request.overdue"


def tell_overdue(by: Actor) -> int:
    """Tell of each request that is overdue and was not told of yet. For the worker; returns how many."""
    today = timezone.localdate(timezone=BELGRADE)
    late = RightsRequest.objects.filter(answer="", overdue_told_at=None, due_on__lt=today)
    found = list(late.select_related("case").order_by("due_on", "pk"))
    for request in found:
        with act(by, KIND, request) as current:
            request.overdue_told_at = timezone.now()
            request.save()
            current.note(case=request.case_id)
            tell_coordinator(request.case, KIND, about=request)
            tell_officer(request.case, KIND, about=request)
    return len(found)
