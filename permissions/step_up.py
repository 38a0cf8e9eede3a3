"""Which lines of the policy ask for the second factor again before anything is changed under them. Pure.

Exports, break-glass, who belongs to the house and with which role, tokens, keys. A machine has no second
factor, so it may never change anything under these lines, whatever its token says. Reading under them is free:
the list of members is as open as before.
"""

from typing import Final

STEP_UP: Final = frozenset(
    {
        "case.export_list",
        "case.merge",
        "breakglass.request",
        "membership.manage",
        "membership.appoint_coordinator",
        "membership.invite_own",
        "role.appoint",
        "account.create",
        "account.disable",
        "token.issue",
        "quarter.lock",
        "key.rotate",
        "key.destroy_team",
        "erasure.execute",
        "release.approve",
        "system.configure",
    }
)
