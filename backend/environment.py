"""Reads settings from the environment: a value in NAME, or a file named in NAME_FILE.

Secrets belong in files (a container or systemd mounts them); both forms are read in one place so that no
setting can be read in one way only.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str | None = None) -> str:
    """The text of NAME or of the file in NAME_FILE, without the white space around it; empty counts as unset.

    Raises ImproperlyConfigured when it is unset and there is no default, when both are set, and when the file
    cannot be read.
    """
    value, path = _raw(name), _raw(f"{name}_FILE")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one.")
    if path:
        value = _contents(name, Path(path))
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set: give it a value, or name a file in {name}_FILE.")
    return default


def env_list(name: str, default: str) -> list[str]:
    """The same, split at commas."""
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def is_set(name: str) -> bool:
    """Whether NAME or NAME_FILE says something, without reading the file."""
    return bool(_raw(name) or _raw(f"{name}_FILE"))


def _raw(name: str) -> str:
    return os.environ.get(name, "").strip()


def _contents(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}_FILE names {path}: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which is not UTF-8 text.") from problem
