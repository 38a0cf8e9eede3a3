"""A town, and a case in it with its consent."""

import pytest

from tests.backend.referrals.loops import Loop, opened
from tests.world import Town


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def loop(town: Town) -> Loop:
    return opened(town)
