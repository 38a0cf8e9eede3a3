"""A window of spona_app's, with the reach worked out once in a transaction, or in every statement."""

from collections.abc import Iterator

import pytest

from backend.cases.exclusions import lift
from backend.cases.models import DuplicateHint, Merge
from backend.cases.notes import add_note
from backend.cases.safeguarding import BasisTerms, record_basis
from backend.referrals import asking
from backend.referrals.withdrawal import withdraw_consent
from tests.backend.cases.barred import shut_out
from tests.backend.cases.looks import look
from tests.backend.referrals.loops import Loop, opened
from tests.databases import Clones
from tests.permissions.window import Window, window
from tests.world import Town, by_hand


@pytest.fixture
def shown(database: Clones) -> Iterator[Window]:
    with window(database) as found:
        yield found


@pytest.fixture(params=[True, False], ids=["once", "each"])
def shown_either_way(request: pytest.FixtureRequest, database: Clones) -> Iterator[Window]:
    with window(database, known=request.param) as found:
        yield found


@pytest.fixture
def full_town(database: Clones) -> Loop:
    """A case with rows in every table of cases, in the names of centre, clinic and coordinator only."""
    loop = opened(Town())
    centre = loop.town.centre
    asking.ask(loop.clinic, loop.accepted(), question_code="documents")
    add_note(loop.centre, loop.case, organisation_id=centre.id, text="Dogovoren je prvi dolazak.")
    record_basis(
        loop.coordinator, loop.case, terms=BasisTerms(basis="child_protection"), organisation_id=centre.id
    )
    look(loop.town.social_worker, loop.case)
    lift(loop.coordinator, shut_out(loop.case, loop.town.ward, by=loop.town.social_worker, for_=centre))
    with by_hand():
        DuplicateHint(case=loop.case, team=loop.town.team, other_case_id=loop.case.pk).save(force_insert=True)
        Merge(
            case=loop.case,
            team=loop.town.team,
            other_case_id=loop.case.pk,
            proposed_by=loop.town.coordinator.pk,
        ).save(force_insert=True)
    withdraw_consent(loop.centre, loop.agree(loop.town.ward))
    return loop
