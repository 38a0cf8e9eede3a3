"""A release as JSON: the document itself beside its number and hashes, in the canonical form of RFC 8785."""

from typing import Final

import rfc8785

from backend.statistics.exports.edition import Edition

MEDIA_TYPE: Final = "application/json"


def written(edition: Edition) -> bytes:
    """Return the file. SHA-256 over the canonical form of `document` is `sha256`: whoever has the file can check."""
    said: dict[str, object] = {
        "release": edition.number,
        "sha256": edition.sha256,
        "manifest_sha256": edition.manifest_sha256,
        "document": dict(edition.document),
    }
    return rfc8785.dumps(said)  # type: ignore[arg-type]  # its type names no union of what JSON holds
