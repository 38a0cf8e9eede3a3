"""What the tests of cases share: a town, and cases that are opened in it."""

from typing import Any

import pytest

from backend.cases.models import Case
from backend.cases.opening import FactsInput, open_case
from backend.cases.terms import ConsentTerms
from tests.backend.cases.papers import Open, full
from tests.world import Town, actor


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def opened(town: Town) -> Open:
    """Open a case for the society: `opened(items=..., consent=..., by=...)`."""

    def make(
        *,
        by: Any = None,
        organisation: Any = None,
        consent: ConsentTerms | None = None,
        items: dict[str, Any] | None = None,
        needs: tuple[str, ...] = (),
        flags: tuple[str, ...] = (),
        **more: Any,
    ) -> Case:
        facts = FactsInput(items=items or {}, needs=needs, flags=flags)
        return open_case(
            actor(by or town.outreach),
            team=town.team,
            organisation=organisation or town.society,
            consent=consent or full(town.society, town.centre),
            facts=facts,
            **more,
        )

    return make
