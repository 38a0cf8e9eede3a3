"""A case in which everything can be asked for."""

import pytest

from tests.backend.referrals.loops import Loop, opened
from tests.world import Town


@pytest.fixture
def loop() -> Loop:
    return opened(Town())
