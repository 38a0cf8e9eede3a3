"""A fingerprint of everything that decides what `migrate` would do, so that an unchanged start can skip it.

Asking Django costs seconds of start-up; hashing the files costs milliseconds. Also names the template
databases of the tests.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_PACKAGES = ("api", "audit", "backend", "permissions")
# Migrations themselves, and what they load or run: SQL beside them, the second wall, the packaged code lists.
PATTERNS = (
    "migrations/*.py",
    "rls*.py",
    "**/migrations/*.py",
    "**/*.sql",
    "**/*.csv",
    "apps.py",
    "*/apps.py",
)
OTHERS = (
    "requirements/base.lock",
    "backend/settings.py",
    "backend/routers.py",
    "backend/database_roles.py",
    # What the migrations of the second wall carry out.
    "permissions/audited.py",
    "permissions/operations.py",
    "permissions/audited_operations.py",
    "backend/referrals/step_wall.py",
    "backend/referrals/lifecycle.py",
)


def fingerprint(root: Path = ROOT) -> str:
    """24 hexadecimal digits that change when a migration, reference data, the roles or a dependency
    changes."""
    digest = hashlib.sha256()
    for path in sorted(set(_files(root))):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _files(root: Path) -> Iterator[Path]:
    for package in OWN_PACKAGES:
        for pattern in PATTERNS:
            yield from (root / package).glob(pattern)
    yield from (root / name for name in OTHERS if (root / name).is_file())
