"""One round of the sealer: entries into their logs, checkpoints where they are due, then the witnesses."""

from django.conf import settings
from django.db import connections

from audit import checkpoints, sealer, witnesses


def is_configured() -> bool:
    """Say whether this process was given the sealer's address and the key of the logs."""
    return sealer.ALIAS in connections and settings.SPONA_LOG_KEY is not None


def work() -> int:
    """Do one round and return how many entries were sealed. Witnesses are asked beside it: none is waited for."""
    sealed = sealer.seal()
    checkpoints.sign_due()
    witnesses.BESIDE.ask()
    return sealed


def work_once() -> tuple[int, int, int]:
    """Seal, sign what grew, ask and wait for each witness; return how many entries, checkpoints, cosignatures."""
    return sealer.seal(), checkpoints.sign_due(now=True), witnesses.ask_all()
