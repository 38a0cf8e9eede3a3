"""The same TOTP code in twenty sign-ins at the same moment, over two processes: one of them is let in."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from backend.teams.models import User
from tests.api.audit import Audit
from tests.api.served import Visitor, served
from tests.api.signing_in import AUTH, PASSWORD, SECRET, person

TOGETHER = 20
PERIOD = 30
# All twenty are to reach the check of the code, not a limit before it.
HIGH = {"SPONA_RATE_LOGIN": "1000/m/ip", "SPONA_RATE_LOGIN_FAILED": "1000/m/ip,1000/5m/key"}


def waiting(port: int, user: User) -> Visitor:
    """Return a visitor who has shown the password."""
    visitor = Visitor(port)
    visitor.send("GET", f"{AUTH}/config")
    said = {"username": user.username, "password": PASSWORD}
    assert visitor.send("POST", f"{AUTH}/auth/login", said) == 401
    return visitor


def code_of_a_period_that_lasts() -> str:
    """Return the code of now, at a moment when it is good for fifteen seconds more."""
    left = PERIOD - time.time() % PERIOD
    if left < PERIOD / 2:
        time.sleep(left)
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // PERIOD))


def test_of_twenty_at_once_one_is_let_in(audit: Audit) -> None:
    user, gate = person(), Barrier(TOGETHER)
    with served(**HIGH) as port, ThreadPoolExecutor(TOGETHER) as pool:
        visitors = [waiting(port, user) for _ in range(TOGETHER)]
        code = code_of_a_period_that_lasts()

        def show(visitor: Visitor) -> int:
            gate.wait()
            return visitor.send("POST", f"{AUTH}/auth/2fa/authenticate", {"code": code})

        answers = Counter(pool.map(show, visitors))
        inside = Counter(visitor.send("GET", "/api/v1/me") for visitor in visitors)
    assert answers == {200: 1, 400: TOGETHER - 1}
    assert inside == {200: 1, 401: TOGETHER - 1}
    mine = [entry for entry in audit.entries() if entry["object_id"] == str(user.id)]
    told = Counter((entry["verb"], entry["code"]) for entry in mine)
    assert told["account.signed_in", ""] == 1
    assert told["account.factor_used", ""] == 1
    assert told["account.signed_in", "wrong_code"] > TOGETHER / 2, "most got as far as the check of the code"
