"""Consents, cases and audit entries as the tests of cases need them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from psycopg import sql

from backend.cases.models import Case, Consent, Withdrawal
from backend.cases.terms import ConsentTerms, Named
from backend.errors import Invalid
from backend.referrals.models import Referral
from permissions import grants
from tests.world import ago, ahead, by_hand, saved

Open = Callable[..., Case]
PLAIN = ("basic_profile", "needs")
MOST = ("basic_profile", "needs", "health", "substance_use", "social", "family_children")


def terms(*organisations: Any, **values: Any) -> ConsentTerms:
    """Return a consent to coordination that names each of `organisations` for the classes given (plain ones)."""
    values.setdefault("purposes", ("case_coordination",))
    values.setdefault("data_classes", PLAIN)
    chosen = tuple(code for code in values["data_classes"] if code != "narrative")
    return ConsentTerms(recipients=[Named(one.id, chosen) for one in organisations], **values)


def full(*organisations: Any, **values: Any) -> ConsentTerms:
    """Return a consent that names `organisations` for everything but violence, release and notes."""
    return terms(*organisations, **{"data_classes": MOST, **values})


def entries(admin: Any, object_id: UUID | str) -> list[tuple[str, str]]:
    """Return (verb, outcome) of the audit entries on an object, in their order."""
    rows = admin.execute(
        "SELECT verb, outcome FROM audit_entry WHERE object_id = %s ORDER BY at", (str(object_id),)
    )
    return [(verb, outcome) for verb, outcome in rows]


def received(case: Case, organisation: Any, *, until: Any = None) -> None:
    """Give `organisation` an accepted referral and its live reason: each wall asks for its own."""
    number = Referral.objects.filter(case=case).count() + 1
    referral = saved(
        Referral(
            case=case,
            team_id=case.team_id,
            code=f"{case.code}-R{number:02}",
            number=number,
            requester_organisation_id=case.holder_organisation_id,
            recipient_organisation=organisation,
            created_by=uuid4(),
            service_code="TX-OPC",
            urgency="routine",
            handover_mode="card",
            status="accepted",
            sent_at=ago(days=1),
            basis_until=until or ahead(days=30),
        )
    )
    group = grants.group_for(organisation_id=organisation.id, team_id=case.team_id)
    with by_hand():
        grants.give(
            case,
            group=group,
            codename=grants.SEES_CASE,
            reason="referral_received",
            source_id=referral.id,
            until=until,
        )


def withdraw(consent: Consent) -> None:
    """Write a withdrawal as the floor above does."""
    with by_hand():
        Withdrawal.objects.create(
            case_id=consent.case_id, team_id=consent.team_id, consent=consent, recorded_by=uuid4()
        )


def overwrite(admin: Any, table: str, pk: UUID, **columns: Any) -> None:
    """Change a row of a ledger as only the database's administrator could, to move time for a test."""
    names = sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), value) for name, value in columns.items()
    )
    with admin.transaction():
        admin.execute("SET LOCAL session_replication_role = replica")
        admin.execute(sql.SQL("UPDATE {} SET {} WHERE id = {}").format(sql.Identifier(table), names, pk))


def codes_of(error: Invalid) -> set[tuple[str, str]]:
    """Return (pointer, code) of each fault."""
    return {(fault.pointer, fault.code) for fault in error.faults}
