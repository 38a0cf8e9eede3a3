"""The names and keys of our logs. All keys come from one secret, which only the process that seals is given."""

from uuid import UUID

from django.conf import settings

from audit import notes
from audit.models import Log


class NoLogKey(Exception):
    """This process was not given what logs are signed with."""


class LogKeyChanged(Exception):
    """A log was begun under another key than the one this process holds: it must not be signed with two."""


def begun(log_id: UUID) -> Log:
    """Return a log without an entry, unsaved, under the name by which it will be known outside. Raises NoLogKey."""
    signer = _signer(f"{settings.SPONA_LOG_NAME}/{log_id}")
    return Log(id=log_id, origin=signer.name, vkey=notes.vkey(signer.key))


def signer_of(log: Log) -> notes.Signer:
    """Return who signs for a log. Raises NoLogKey, and LogKeyChanged for a key that is not the one it began with."""
    signer = _signer(log.origin)
    if notes.vkey(signer.key) != log.vkey:
        raise LogKeyChanged
    return signer


def _signer(origin: str) -> notes.Signer:
    if settings.SPONA_LOG_KEY is None:
        raise NoLogKey
    return notes.log_signer(settings.SPONA_LOG_KEY, origin)
