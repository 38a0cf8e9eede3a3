"""A security key in software, for accounts that are public anyway: the demo's acceptance accounts and tests.

The private key and the credential's id follow from the user name alone, so a second run prints the same ones.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_PRESENT_AND_VERIFIED: Final = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass(frozen=True)
class SoftwareKey:
    """The key of `name` at one relying party, as a browser at `origin` would use it."""

    name: str
    rp_id: str
    origin: str

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(
            int.from_bytes(self._seed("key"), "big") % (_ORDER - 1) + 1, ec.SECP256R1()
        )

    @property
    def credential_id(self) -> bytes:
        return self._seed("credential")

    @property
    def pem(self) -> str:
        """Return the private key as PEM (PKCS #8)."""
        raw = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return raw.decode("ascii")

    def register(self, challenge: bytes) -> dict[str, Any]:
        """Return the answer to a registration: a fresh key pair without attestation."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        data = AttestedCredentialData.create(Aaguid(bytes(16)), self.credential_id, public)
        flags = _PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        authenticator = AuthenticatorData.create(sha256(self.rp_id.encode()), flags, 0, data)
        attestation = AttestationObject.create("none", authenticator, {})
        client = self._client(CollectedClientData.TYPE.CREATE, challenge)
        answer = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)}
        return self._credential(answer)

    def answer(self, challenge: bytes) -> dict[str, Any]:
        """Return the answer to a challenge: signed, with the user present and verified."""
        authenticator = AuthenticatorData.create(sha256(self.rp_id.encode()), _PRESENT_AND_VERIFIED, 0)
        client = self._client(CollectedClientData.TYPE.GET, challenge)
        signature = self.private.sign(authenticator + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": websafe_encode(client),
                "authenticatorData": websafe_encode(authenticator),
                "signature": websafe_encode(signature),
            }
        )

    def _client(self, kind: str, challenge: bytes) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=challenge, origin=self.origin)

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        encoded = websafe_encode(self.credential_id)
        given = {"id": encoded, "rawId": encoded, "type": "public-key", "response": response}
        return {**given, "clientExtensionResults": {}}

    def _seed(self, part: str) -> bytes:
        return hashlib.sha256(f"spona demo, {part} of {self.name} at {self.rp_id}".encode()).digest()
