"""The fingerprint changes with everything that decides what a migration does, and with nothing else."""

from pathlib import Path

import pytest

from backend.migration_state import fingerprint


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in (
        "audit/migrations/0001_initial.py",
        "backend/cases/migrations/0001_initial.py",
        "backend/reference/data/towns.csv",
        "backend/database_roles.sql",
        "backend/settings.py",
        "requirements/base.lock",
        "api/urls.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")
    return tmp_path


def test_it_is_the_same_twice(checkout: Path) -> None:
    assert fingerprint(checkout) == fingerprint(checkout)
    assert len(fingerprint(checkout)) == 24


@pytest.mark.parametrize(
    "name",
    [
        "audit/migrations/0001_initial.py",
        "backend/cases/migrations/0001_initial.py",
        "backend/reference/data/towns.csv",
        "backend/database_roles.sql",
        "backend/settings.py",
        "requirements/base.lock",
    ],
)
def test_a_changed_file_changes_it(checkout: Path, name: str) -> None:
    before = fingerprint(checkout)
    (checkout / name).write_text("something else")
    assert fingerprint(checkout) != before


def test_a_new_migration_changes_it(checkout: Path) -> None:
    before = fingerprint(checkout)
    (checkout / "backend/cases/migrations/0002_more.py").write_text("")
    assert fingerprint(checkout) != before


def test_renaming_changes_it(checkout: Path) -> None:
    before = fingerprint(checkout)
    (checkout / "audit/migrations/0001_initial.py").rename(checkout / "audit/migrations/0001_other.py")
    assert fingerprint(checkout) != before


def test_code_that_migrates_nothing_does_not(checkout: Path) -> None:
    before = fingerprint(checkout)
    (checkout / "api/urls.py").write_text("urlpatterns = []\n")
    assert fingerprint(checkout) == before


def test_an_installed_package_without_locks_has_one(tmp_path: Path) -> None:
    assert len(fingerprint(tmp_path)) == 24


def test_this_checkout_has_migrations_to_look_at() -> None:
    assert fingerprint() != fingerprint(Path("/nonexistent"))
