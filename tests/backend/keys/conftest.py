"""A town for each test, and a folder of root keys that a test may change."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings as current
from pytest_django import Settings

from backend.encryption.keyring import RootKeys
from tests.world import Town


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def roots(tmp_path: Path, settings: Settings) -> RootKeys:
    """A copy of the root keys that this test alone uses."""
    folder = tmp_path / "root-keys"
    shutil.copytree(current.SPONA_KEYS_DIR, folder)
    folder.chmod(0o700)
    settings.SPONA_KEYS_DIR = folder
    return RootKeys(folder)


def quiet(done: int, size: int) -> None:
    """Show no progress."""
    assert 0 <= done <= size
