"""Secrets as files: read only when nobody else can, written once, durably, and never over another."""

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path
from typing import Final

from backend.encryption.primitives import KEY

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MORE_THAN_A_KEY: Final = 100


class RootKeyUnusable(Exception):
    """A root key is absent, open to others, or not 32 bytes of base64url. Names the file, never the key."""


def is_private(status: os.stat_result, folder: Path) -> bool:
    """Say whether what has this status, in or as this folder, is for the service's account alone.

    systemd hands a credential over by an ACL on a file of root's; the mask of the ACL shows where the rights of the
    group stand. There, and nowhere else, root's group may seem to read.
    """
    if not status.st_mode & OTHERS:
        return True
    handed = os.environ.get("CREDENTIALS_DIRECTORY") == str(folder)
    by_mask = status.st_uid == status.st_gid == 0 and not status.st_mode & (stat.S_IRWXO | stat.S_IWGRP)
    return handed and by_mask


def entries(folder: Path) -> list[str]:
    """List the names in the folder of root keys; raises RootKeyUnusable when it cannot be read."""
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError as error:
        raise RootKeyUnusable(f"The folder of root keys {folder} cannot be read.") from error


def read_key(path: Path) -> bytes:
    """Read a 32 byte key; raises RootKeyUnusable for a link, rights of group or world, or other content."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise RootKeyUnusable(f"The root key {path.name} cannot be read.") from error
    try:
        status = os.fstat(handle)
        private = stat.S_ISREG(status.st_mode) and is_private(status, path.parent)
        key = _decoded(os.read(handle, _MORE_THAN_A_KEY)) if private else None
    finally:
        os.close(handle)
    if not private:
        raise RootKeyUnusable(f"The root key {path.name} must be a file for its owner alone (mode 0600).")
    if key is None:
        raise RootKeyUnusable(f"The root key {path.name} is not 32 bytes of base64url.")
    return key


def write_key_once(path: Path, key: bytes) -> bool:
    """Write a key with mode 0600, on disk when this returns; False, and nothing changed, when it exists."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_durably(draft, base64.urlsafe_b64encode(key) + b"\n")
        path.hardlink_to(draft)  # unlike a rename, a link never replaces what is there
    except FileExistsError:
        return False
    except OSError as error:
        raise RootKeyUnusable(f"The root key {path.name} cannot be written.") from error
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return True


def _decoded(text: bytes) -> bytes | None:
    try:
        key = base64.b64decode(text.strip().rstrip(b"=") + b"=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY else None


def _write_durably(path: Path, text: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
