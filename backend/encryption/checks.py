"""Numbered start-up checks: the service does not start with keys that others can read or that share a fate.

E001 the folder of root keys is there and private; E002 the platform's root key is usable; E003 the keys
database is a database of its own, in autocommit; E004 every sealed column says its place; E005 the newest
root key of every team is usable; W001 the keys database should also be a server of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks

from backend.encryption import places
from backend.encryption.keyring import RootKeyUnusable, root_keys
from backend.encryption.private_files import is_private


def keys_folder_is_private(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E001: SPONA_KEYS_DIR names a folder that nobody but the service's account can enter."""
    folder = Path(settings.SPONA_KEYS_DIR)
    if not folder.is_dir():
        return [checks.Error(f"The folder of root keys {folder} does not exist.", id="encryption.E001")]
    if not is_private(folder.stat(), folder):
        message = f"The folder of root keys {folder} is open to other accounts."
        return [checks.Error(message, hint="Set its mode to 0700.", id="encryption.E001")]
    return []


def platform_root_is_usable(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E002: the platform's newest root key can be read and is well formed."""
    roots = root_keys()
    try:
        roots.kek(None, roots.newest(None))
    except RootKeyUnusable as error:
        return [checks.Error(str(error), id="encryption.E002")]
    return []


def team_roots_are_usable(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E005: of every team that has root keys here, the newest can be read and is well formed."""
    roots = root_keys()
    found: list[checks.CheckMessage] = []
    try:
        teams = roots.teams()
    except RootKeyUnusable:
        return []  # E001 says so
    for team in teams:
        try:
            roots.kek(team, roots.newest(team))
        except RootKeyUnusable as error:
            found.append(checks.Error(str(error), id="encryption.E005"))
    return found


def keys_database_is_apart(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E003 and W001: the alias `keys` shares neither database nor, if possible, server with `default`."""
    keys, main = settings.DATABASES.get("keys"), settings.DATABASES["default"]
    if keys is None or (_server(keys), keys["NAME"]) == (_server(main), main["NAME"]):
        return [
            checks.Error("The alias `keys` must be another database than `default`.", id="encryption.E003")
        ]
    if keys.get("ATOMIC_REQUESTS"):
        return [checks.Error("The alias `keys` must run in autocommit.", id="encryption.E003")]
    if _server(keys) == _server(main):
        message = "The alias `keys` is on the same server as `default`: one backup would hold both."
        return [checks.Warning(message, id="encryption.W001")]
    return []


def sealed_columns_are_declared(**_kwargs: Any) -> list[checks.CheckMessage]:
    """E004: every SealedField is in the `sealed_places` of its model, with the columns that its place is made from."""
    return [checks.Error(fault, id="encryption.E004") for fault in places.faults(apps.get_models())]


def _server(database: Mapping[str, Any]) -> tuple[str, str]:
    return str(database.get("HOST") or "localhost"), str(database.get("PORT") or "5432")
