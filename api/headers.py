"""The headers that every answer carries, and which kind of answer gets which Content-Security-Policy. Pure.

Scripts are ours, by file or by hash. The app's components add <style> elements while they run; those carry the nonce
of their page.
"""

from collections.abc import Iterator, Sequence
from typing import Final

_CLOSED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Swagger UI sets `innerHTML`; every other page is held to trusted types.
_TRUSTED: Final = f"{_PAGE}; require-trusted-types-for 'script'"
POLICY: Final = "Content-Security-Policy"
DOCS: Final = "/api/docs/"
_API: Final = ("/api/", "/health/")

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-create=(self), publickey-credentials-get=(self)"
    ),
}
_YEAR: Final = "max-age=31536000; includeSubDomains"


def headers_for(path: str, *, secure: bool, own_policy: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield the security headers for an answer at `path`; the page of the app brings a policy of its own."""
    yield from _ALWAYS.items()
    yield POLICY, own_policy or policy(path)
    if path.startswith(_API):
        yield "Cache-Control", "no-store"
    if secure:
        yield "Strict-Transport-Security", _YEAR


def policy(path: str) -> str:
    """Return the Content-Security-Policy: nothing at all for data, self only for pages."""
    if path == DOCS:
        return _PAGE
    return _CLOSED if path.startswith(_API) else _TRUSTED


def app_policy(nonce: str, scripts: Sequence[str]) -> str:
    """Return the policy of the app's page: besides files of ours, its inline scripts by hash and styles by nonce."""
    return _TRUSTED.replace("script-src 'self'", " ".join(["script-src 'self'", *scripts])).replace(
        "style-src 'self'", f"style-src 'self' 'nonce-{nonce}'"
    )
