"""What is handed out so that others need not trust us: the keys of the logs as a policy file, checkpoints for paper."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import F

from audit.models import Checkpoint, Log
from audit.verify import Policy, read_note, read_policy

_HEAD: Final = """\
# Whom to believe about the audit of {name}: for `verify.py BUNDLE --policy THIS_FILE`.
# Compare the keys with what you were given on paper, or by somebody else than the one who gave you the bundle.
"""
_NOBODY: Final = """\
# No witness is named: a bundle is then only consistent with itself.
quorum none
"""


class PolicyUnreadable(Exception):
    """The file of SPONA_WITNESS_POLICY cannot be read, or is no policy. The text says why."""


def witness_policy() -> tuple[str, Policy] | None:
    """Return the policy by which witnesses are asked, as text and as what it says; None where none is named."""
    if not settings.SPONA_WITNESS_POLICY:
        return None
    try:
        text = Path(settings.SPONA_WITNESS_POLICY).read_text(encoding="utf-8")
        return text, read_policy(text)
    except (OSError, ValueError) as problem:
        raise PolicyUnreadable(str(problem)) from problem


def policy() -> str:
    """Return a policy file with the key of every log, and the witnesses and quorum that we ask for ourselves."""
    logs = "".join(f"log {log.vkey}\n" for log in Log.objects.order_by("origin"))
    asked = witness_policy()
    return _HEAD.format(name=settings.SPONA_LOG_NAME) + logs + (_without_logs(asked[0]) if asked else _NOBODY)


def _without_logs(text: str) -> str:
    return "".join(f"{line}\n" for line in text.removesuffix("\n").split("\n") if line.split()[:1] != ["log"])


def papers() -> list[str]:
    """Return the three lines of each log's last checkpoint: enough to find any later change of what it covers."""
    last = Checkpoint.objects.filter(size=F("log__checkpoint_size")).order_by("log__origin")
    return [read_note(point.note).text for point in last]
