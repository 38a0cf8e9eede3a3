"""Root keys: one private file per team and generation, outside every database, image and environment.

A root key never encrypts anything itself. It yields the key-encryption key (KEK) of its team and generation,
and that wraps the data keys of cases. `RootKeys` needs no settings, so that a first start can create the
platform's root before they load.
"""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from backend.encryption.envelope import LAST_GENERATION, IntegrityFailure
from backend.encryption.primitives import KEY, NONCE, decrypt, derive, encrypt
from backend.encryption.private_files import RootKeyUnusable, entries, read_key, write_key_once

__all__ = ["RootKeyUnusable", "RootKeys", "Slot", "create_root", "root_keys", "unwrap", "wrap"]

PLATFORM: Final = UUID(int=0)
_NAME: Final = re.compile(r"(?P<team>[0-9a-f-]{36}|platform)\.(?P<generation>[1-9][0-9]{0,4})\.key")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INFO: Final = b"spona.kek.v1\0"


@dataclass(frozen=True, slots=True)
class Slot:
    """What a wrapped data key is bound to: its owner (a case id), the team, and its own generation."""

    owner_id: UUID
    team_id: UUID | None
    generation: int

    @property
    def aad(self) -> bytes:
        return self.owner_id.bytes + _team_and_generation(self.team_id, self.generation)


@dataclass(frozen=True, slots=True)
class RootKeys:
    """The folder of root keys: files `<team id>.<generation>.key`, and `platform.<generation>.key`."""

    folder: Path

    def path(self, team_id: UUID | None, generation: int) -> Path:
        return self.folder / f"{team_id or 'platform'}.{generation}.key"

    def generations(self, team_id: UUID | None) -> list[int]:
        """List the generations that have a file, oldest first; files with other names do not matter."""
        team = str(team_id or "platform")
        names = (_NAME.fullmatch(name) for name in entries(self.folder))
        found = (int(name["generation"]) for name in names if name and name["team"] == team)
        return sorted(generation for generation in found if generation <= LAST_GENERATION)

    def teams(self) -> list[UUID]:
        """List the teams that have a root key here; raises RootKeyUnusable when the folder cannot be read."""
        names = (_NAME.fullmatch(name) for name in entries(self.folder))
        found = {name["team"] for name in names if name and name["team"] != "platform"}
        return sorted(UUID(team) for team in found if _UUID.fullmatch(team))

    def newest(self, team_id: UUID | None) -> int:
        """Give the generation that wraps new data keys; raises RootKeyUnusable when there is none."""
        generations = self.generations(team_id)
        if not generations:
            raise RootKeyUnusable(f"There is no root key {self.path(team_id, 1).name}.")
        return generations[-1]

    def kek(self, team_id: UUID | None, generation: int) -> bytes:
        """Derive the 32 byte key-encryption key of a team and root generation; raises RootKeyUnusable."""
        info = _INFO + _team_and_generation(team_id, generation)
        return derive(read_key(self.path(team_id, generation)), salt=b"", info=info, size=KEY)

    def derived(self, team_id: UUID | None, generation: int, *, label: bytes) -> bytes:
        """Derive 32 bytes for something that is no data key and says so by its label; raises RootKeyUnusable."""
        info = label + _team_and_generation(team_id, generation)
        return derive(read_key(self.path(team_id, generation)), salt=b"", info=info, size=KEY)

    def create(self, team_id: UUID | None, *, generation: int = 1) -> bool:
        """Write a fresh root key, durably and never over another; True when this call made it."""
        if not 1 <= generation <= LAST_GENERATION:
            raise ValueError("A generation is 1 to 65535.")
        return write_key_once(self.path(team_id, generation), secrets.token_bytes(KEY))

    def put_aside(self, team_id: UUID | None, generation: int) -> None:
        """Rename a file so that nothing finds it any more: `<name>.retired`. Raises RootKeyUnusable."""
        path = self.path(team_id, generation)
        try:
            path.rename(path.with_name(f"{path.name}.retired"))
        except OSError as error:
            raise RootKeyUnusable(f"The root key {path.name} cannot be put aside.") from error


def root_keys() -> RootKeys:
    """Give the root keys of this installation, from the folder that SPONA_KEYS_DIR names."""
    return RootKeys(Path(settings.SPONA_KEYS_DIR))


def create_root(team_id: UUID | None) -> bool:
    """Create the first root key of a new team, or of the platform (None); an existing one stays untouched."""
    return root_keys().create(team_id)


def wrap(kek: bytes, *, dek: bytes, slot: Slot) -> bytes:
    """Encrypt a data key for its slot: nonce 12 | ciphertext 32 | tag 16, 60 bytes."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + encrypt(kek, nonce=nonce, plain=dek, aad=slot.aad)


def unwrap(kek: bytes, *, wrapped: bytes, slot: Slot) -> bytes:
    """Give back the data key; raises IntegrityFailure when the key, the bytes or the slot are others."""
    dek = decrypt(kek, nonce=wrapped[:NONCE], sealed=wrapped[NONCE:], aad=slot.aad)
    if dek is None or len(dek) != KEY:
        del kek, dek
        raise IntegrityFailure from None
    return dek


def _team_and_generation(team_id: UUID | None, generation: int) -> bytes:
    return (team_id or PLATFORM).bytes + generation.to_bytes(2, "big")
