"""Exclusions as tests need them: by name or of an organisation, recorded by whoever is said."""

from typing import Any

from backend.cases.exclusions import ExclusionTerms, exclude
from backend.cases.models import Case, Exclusion
from backend.teams.models import Organisation, User
from permissions.scope import visible_to
from tests.world import actor

VIEW = "case.view_coded"
WHY = "Po želji osobe, razlog je poznat radnici."


def shut_out(
    case: Case, who: User | Organisation, *, by: User, for_: Organisation, **values: Any
) -> Exclusion:
    """Shut somebody out of a case, recorded by a worker for an organisation."""
    named = {"organisation_id": who.id} if isinstance(who, Organisation) else {"user_id": who.id}
    terms = ExclusionTerms(**named, **values)
    return exclude(actor(by), case, terms=terms, organisation_id=for_.id)


def sees(user: User, case: Case) -> bool:
    """Say whether the first wall shows the case."""
    return visible_to(actor(user), Case.objects.filter(pk=case.pk), VIEW).exists()
