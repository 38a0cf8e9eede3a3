"""Finds in a data set whom to ask as and about what; prints it as JSON. Runs inside the service.

Everything is of the third town (the first two share their coordinator). The people have sessions of their own, as
after a sign-in with both factors.
"""

import json
import sys
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection
from django.utils import timezone

from backend import asker
from backend.cases.classes import stored
from backend.cases.models import Case, ConsentRecipient
from backend.cases.sealed_rows import open_classes
from backend.directory.models import Service
from backend.referrals.models import Referral
from backend.teams import factor_marks
from backend.teams.models import Membership, Team, User
from backend.teams.sessions import SessionStore
from benchmarks.asking import ask
from benchmarks.lives import NEEDS
from benchmarks.operations import OPERATIONS, Supply

TOWN: Final = "AC"
MOST: Final = 400
CSRF: Final = "c" * 32


def signed_in(user: User) -> dict[str, str]:
    """Return the headers of somebody who has just signed in with both factors."""
    store = SessionStore()
    store["_auth_user_id"], store["_auth_user_backend"] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.begin(short=False)
    factor_marks.mark_passed(store, user.id, kind=factor_marks.KEY)
    store.save()
    cookies = {settings.SESSION_COOKIE_NAME: store.session_key, settings.CSRF_COOKIE_NAME: CSRF}
    return {
        "Host": "localhost",
        "Accept": "application/json",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": CSRF,
    }


def found() -> dict[str, Any]:
    """Return the people by their part, cases that can be referred, and referrals that are under way."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '5min'")  # everything is cold yet
    with asker.working_as(asker.DEMO):  # the second wall shows nothing to a statement that nobody asks
        return _found()


def _found() -> dict[str, Any]:
    team = Team.objects.get(prefix=TOWN)
    requester, recipient = (_worker(team, kind) for kind in (0, 1))
    users = {
        "coordinator": User.objects.get(username="coordinator-2"),
        "two teams": User.objects.get(username="coordinator-0"),
        "requester": requester.user,
        "recipient": recipient.user,
    }
    under_way = Referral.objects.filter(
        team=team,
        recipient_organisation_id=recipient.organisation_id,
        status__in=("accepted", "in-progress"),
        basis_until__gt=timezone.now() + timedelta(days=1),
    )
    headers = {part: signed_in(user) for part, user in users.items()}
    return {
        "people": headers,
        "cases": _cases(requester, recipient),
        "referrals": [str(one) for one in under_way.order_by("?").values_list("pk", flat=True)[:MOST]],
        "page": page_sql(Supply(headers, iter(()), iter(()))),
    }


def page_sql(supply: Supply) -> str:
    """Return the query of the page in the list of 50, with its values, as PostgreSQL gets it."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, query: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 -- Django's own
        asked.append((query, values))
        return execute(query, values, many, context)

    with connection.execute_wrapper(note):
        ask(OPERATIONS["list"](supply))
    query, values = next(one for one in asked if 'FROM "referrals_referral"' in one[0])
    return str(psycopg.ClientCursor(connection.connection).mogrify(query, values))


def _worker(team: Team, kind: int) -> Membership:
    name = f"worker-{TOWN.lower()}-{kind}-0"
    return Membership.objects.select_related("user").get(team=team, user__username=name)


def _cases(requester: Membership, recipient: Membership) -> list[dict[str, str]]:
    service = Service.objects.get(organisation=recipient.organisation, code="TX-OPC")
    first = ConsentRecipient.objects.filter(
        organisation=recipient.organisation,
        position=1,
        consent__valid_until__gt=timezone.now() + timedelta(days=1),
    )
    cases = Case.objects.filter(
        pk__in=first.values("case_id"),
        team=requester.team,
        status="active",
        holder_organisation=requester.organisation,
    )
    # Drawn: a run adds referrals to the cases that it is given, and the next run should find others.
    return [
        {"case": str(one), "service": str(service.id), "need": str(_need(one))}
        for one in cases.order_by("?").values_list("pk", flat=True)[:MOST]
    ]


def _need(case_id: UUID) -> UUID:
    facts = open_classes(case_id, data_classes=stored())
    return next(need.id for content in facts.values() for need in content.needs if need.code == NEEDS[0])


if __name__ == "__main__":
    json.dump(found(), sys.stdout)
