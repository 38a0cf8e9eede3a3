"""The folder of a server's socket: in the temporary directory, because the path of a socket must be short."""

import tempfile
from pathlib import Path

from backend.embedded.identity import identity

PREFIX = "spona-"
FALLBACK = Path("/tmp")  # noqa: S108 -- mkdtemp makes a private folder in it
LONGEST_PARENT = 60  # bytes; a socket's path may have 103, and ours adds up to 40


def make(name: str) -> Path:
    """A new private folder (0700) for one run of one server."""
    parent = Path(tempfile.gettempdir())
    if len(str(parent).encode()) > LONGEST_PARENT:
        parent = FALLBACK
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{name}-", dir=parent))
    identity().give(folder)
    return folder


def is_ours(folder: Path) -> bool:
    """Whether it is a folder made by `make`, and so ours to remove."""
    return folder.name.startswith(PREFIX) and folder.parent in (Path(tempfile.gettempdir()), FALLBACK)
