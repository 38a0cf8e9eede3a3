"""Where the databases are, for somebody who checks from outside what they hold and who may do what."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from audit.models import Entry
from backend.database_command import password_setting
from backend.database_roles import APP, LOGINS
from backend.environment import env, is_set
from backend.service_environment import var_folder
from backend.teams.models import Membership, Memorandum, User

ADDRESSES: Final = {
    "admin_url": "SPONA_ADMIN_DATABASE_URL",
    "app_url": "SPONA_DATABASE_URL",
    "keys_admin_url": "SPONA_KEYS_ADMIN_DATABASE_URL",
}
TABLES: Final = {"audit": Entry, "membership": Membership, "memorandum": Memorandum, "user": User}


def databases() -> dict[str, Any]:
    """Return the addresses that the environment knows, one for each role whose password is known, the tables."""
    known = {name: env(setting) if is_set(setting) else None for name, setting in ADDRESSES.items()}
    return {
        **known,
        "roles": {role: _address(role) for role in LOGINS},
        "tables": {name: model._meta.db_table for name, model in TABLES.items()},
    }


def _address(role: str) -> str | None:
    """Return the address of the main database for `role`, None when its password is not known here."""
    parts = urlsplit(env(ADDRESSES["app_url"]))
    password = _own_password(parts) if role == APP else _password(role, of_app=_own_password(parts))
    if password is None:
        return None
    login = f"{role}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, login, parts.path, parts.query, ""))


def _own_password(parts: SplitResult) -> str | None:
    return None if parts.password is None else unquote(parts.password)


def _password(role: str, *, of_app: str | None) -> str | None:
    """Return the password given for servers of one's own, else the one that the embedded default has drawn."""
    if is_set(password_setting(role)):
        return env(password_setting(role))
    drawn = var_folder() / "secrets"
    if of_app is None or _drawn(drawn, APP) != of_app:
        return None  # these are other servers than the embedded ones
    return _drawn(drawn, role)


def _drawn(folder: Path, role: str) -> str | None:
    file = folder / f"password.{role}"
    return file.read_text(encoding="ascii") if file.is_file() else None
