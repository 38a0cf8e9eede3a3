"""Second factors without a person: a security key inside Chromium, and the codes of an authenticator app."""

import time
from typing import Final

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page

STEP: Final = 30
KEY: Final = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_key(page: Page) -> CDPSession:
    """Give the window a security key that answers by itself; its keys die with the returned session."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session


def code_of(secret: str) -> str:
    """Return the six digits that an app shows now."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // STEP))
    return code
