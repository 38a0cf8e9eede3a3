"""Turns what a request said about a case into what the services take."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.cases.bundles import filled
from backend.cases.exclusions import ExclusionTerms
from backend.cases.safeguarding import BasisTerms
from backend.cases.terms import ConsentTerms, Named
from backend.errors import Fault, Invalid
from backend.teams.models import Organisation, Team
from permissions.actor import Actor


def consent_terms(said: Mapping[str, Any]) -> ConsentTerms:
    """Return the terms of a consent; a bundle alone stands for its purposes and classes."""
    terms = ConsentTerms(
        purposes=said.get("purposes", ()),
        data_classes=said.get("data_classes", ()),
        recipients=[_named(one) for one in said["recipients"]],
        given_by=said["given_by"],
        how=said["how"],
        valid_until=said.get("valid_until"),
        bundle=said["bundle"],
        need_id=said.get("need"),
        remark=said["remark"],
    )
    return filled(terms)


def _named(said: Mapping[str, Any]) -> Named:
    classes = said.get("data_classes")
    chosen = None if classes is None else tuple(classes)
    return Named(said["organisation"], chosen, said.get("service", ""))


def basis_terms(said: Mapping[str, Any]) -> BasisTerms:
    """Return the terms of a safeguarding basis."""
    return BasisTerms(
        basis=said["basis"], data_classes=said.get("data_classes", ()), recipient_id=said.get("recipient")
    )


def exclusion_terms(said: Mapping[str, Any]) -> ExclusionTerms:
    """Return whom to shut out, and why."""
    return ExclusionTerms(
        user_id=said.get("user"), organisation_id=said.get("organisation"), reason=said["reason"]
    )


def own_organisation(by: Actor, said: UUID | None, *, team_id: UUID) -> UUID:
    """Return for which organisation something is recorded: the one named, or the only one of the caller.

    Whether a named one is the caller's own is the service's question. Raises Invalid when it has to be said.
    """
    own = by.organisations(team_id=team_id)
    if said is None and len(own) != 1:
        raise Invalid(Fault("/organisation", "required"))
    return said if said is not None else next(iter(own))


def team_of(by: Actor, said: Team | None) -> Team:
    """Return the team named, or the only one in which the caller has a role. Raises Invalid."""
    if said is not None:
        return said
    own = {seat.team_id for seat in by.seats if seat.team_id is not None}
    if len(own) != 1:
        raise Invalid(Fault("/team", "required"))
    return Team.objects.get(pk=own.pop())


def organisation_of(by: Actor, said: UUID | None, *, team: Team) -> Organisation:
    """Return the organisation named, or the caller's only one in the team, by its id alone. Raises Invalid.

    A foreign one and an absent one are the same here: neither is the caller's own.
    """
    return Organisation(pk=own_organisation(by, said, team_id=team.id))
