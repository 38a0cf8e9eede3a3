"""Numbered start-up checks: no service without a way to write down what it does.

E001 the key of the entries' MACs; E002 the alias `outside` is the same database as `default`; E003 it runs in
autocommit; E004 histories are kept. E005 is `Acted.check`: a manager that offers bulk writes.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core import checks

KEY_LENGTH = 32


def key_is_usable(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E001: SPONA_AUDIT_KEY is 32 bytes."""
    key = getattr(settings, "SPONA_AUDIT_KEY", None)
    if isinstance(key, bytes) and len(key) == KEY_LENGTH:
        return []
    return [checks.Error("SPONA_AUDIT_KEY must be 32 bytes.", id="audit.E001")]


def outside_is_the_same_database(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E002 and E003: denied attempts go to the database of all other entries, and outlive a rollback."""
    outside = settings.DATABASES.get("outside")
    if outside is None or _place(outside) != _place(settings.DATABASES["default"]):
        return [checks.Error("The alias `outside` must be the database of `default`.", id="audit.E002")]
    if outside.get("ATOMIC_REQUESTS") or not outside.get("AUTOCOMMIT", True):
        return [checks.Error("The alias `outside` must run in autocommit.", id="audit.E003")]
    return []


def histories_are_kept(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E004: nobody has switched simple-history off."""
    if getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        return []
    return [checks.Error("SIMPLE_HISTORY_ENABLED must not be off.", id="audit.E004")]


def _place(database: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(database.get(part) or "") for part in ("HOST", "PORT", "NAME"))
