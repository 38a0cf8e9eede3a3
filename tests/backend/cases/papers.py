"""Consents, cases and audit entries as the tests of cases need them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from backend.cases.models import Case
from backend.cases.terms import ConsentTerms, Named

Open = Callable[..., Case]
PLAIN = ("basic_profile", "needs")
MOST = ("basic_profile", "needs", "health", "substance_use", "social", "family_children")


def terms(*organisations: Any, **values: Any) -> ConsentTerms:
    """Return a consent to coordination that names `organisations` for the classes given (plain ones)."""
    values.setdefault("purposes", ("case_coordination",))
    values.setdefault("data_classes", PLAIN)
    return ConsentTerms(recipients=[Named(one.id) for one in organisations], **values)


def full(*organisations: Any, **values: Any) -> ConsentTerms:
    """Return a consent that names `organisations` for everything but violence, release and notes."""
    return terms(*organisations, **{"data_classes": MOST, **values})


def entries(admin: Any, object_id: UUID | str) -> list[tuple[str, str]]:
    """Return (verb, outcome) of the audit entries on an object, in their order."""
    rows = admin.execute(
        "SELECT verb, outcome FROM audit_entry WHERE object_id = %s ORDER BY at", (str(object_id),)
    )
    return [(verb, outcome) for verb, outcome in rows]
