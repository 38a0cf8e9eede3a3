"""A private folder of root keys for each test that asks for one."""

from pathlib import Path

import pytest
from pytest_django import Settings

from backend.encryption.keyring import RootKeys


@pytest.fixture
def roots(tmp_path: Path, settings: Settings) -> RootKeys:
    """An empty folder with mode 0700 that this test's settings name."""
    folder = tmp_path / "root-keys"
    folder.mkdir(mode=0o700)
    settings.SPONA_KEYS_DIR = folder
    return RootKeys(folder)
