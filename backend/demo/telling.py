"""What the demo says when it is ready: the accounts of one town, the password, and how to get a code."""

from backend.demo.accounts import Account, accounts, shown
from backend.demo.sign_in import PASSWORD
from backend.reference.lists import entry


def accounts_text() -> str:
    """Return the table of accounts that is worth a screen."""
    lines = [_line(account) for account in shown()]
    return "\n".join(
        [
            f"The demo: seven towns, {len(accounts())} accounts. Everybody and everything in it is invented.",
            "",
            *lines,
            "",
            "The other towns are alike: sabac.koordinator, sremska-mitrovica.zamenik, bor.most ...",
            f"Password of every account: {PASSWORD}",
            "Second factor: spona demo code USERNAME   prints the current code.",
            "Municipal leads, the Office and the platform need a passkey: with the code they add one first.",
            "",
        ]
    )


def _line(account: Account) -> str:
    role = entry("roles", account.role).labels["en"]
    steward = ", steward" if account.steward else ""
    return f"  {account.username:<22} {role}{steward}"
