"""Finds whom to ask as and about what, as `benchmarks.callers` does. Runs inside the usual way."""

import json
import sys
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User

from benchmarks.usual_way.filling import PLACES
from benchmarks.usual_way.models import Case, Referral

TEAM: Final = 3
MOST: Final = 400
CSRF: Final = "c" * 32


def signed_in(name: str) -> dict[str, str]:
    """Return the headers of somebody who has signed in."""
    user = User.objects.get(username=name)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["_auth_user_id"], store["_auth_user_backend"] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.save()
    cookie = f"sessionid={store.session_key}; csrftoken={CSRF}"
    return {"Host": "localhost", "Accept": "application/json", "Cookie": cookie, "X-CSRFToken": CSRF}


def found() -> dict[str, Any]:
    """Return the people by their part, cases that can be referred, and referrals to open."""
    requester, recipient = ((TEAM - 1) * PLACES + place for place in (1, 3))
    people = {
        "coordinator": f"coordinator-{TEAM}",
        "two teams": "two teams",
        "requester": f"worker-{requester}",
        "recipient": f"worker-{recipient}",
    }
    cases = Case.objects.filter(team_id=TEAM).order_by("pk").values_list("pk", flat=True)[:MOST]
    seen = Referral.objects.filter(recipient_id=recipient).order_by("pk").values_list("pk", flat=True)[:MOST]
    body = {"requester": requester, "recipient": recipient, "service_code": "TX-OPC"}
    return {
        "people": {part: signed_in(name) for part, name in people.items()},
        "cases": [{"case": pk, **body} for pk in cases],
        "referrals": [str(pk) for pk in seen],
    }


if __name__ == "__main__":
    json.dump(found(), sys.stdout)
