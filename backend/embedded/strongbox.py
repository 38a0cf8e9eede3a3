"""The secrets of the embedded default: made once, kept in files of mode 0600, never printed."""

import base64
import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


class Strongbox:
    """A folder (0700) with one file for each secret."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def password(self, name: str) -> str:
        """256 random bits as text that needs no quoting in an address."""
        return self._once(name, secrets.token_hex(SECRET_BYTES)).read_text(encoding="ascii")

    def key_file(self, name: str) -> Path:
        """The file that holds 32 random bytes as padded base64url."""
        return self._once(name, base64.urlsafe_b64encode(os.urandom(SECRET_BYTES)).decode("ascii"))

    def _once(self, name: str, value: str) -> Path:
        """Write through a link, which fails when the name exists: two processes agree on one value."""
        path = self.folder / name
        if path.exists():
            return path
        draft = self.folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(value, encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path
