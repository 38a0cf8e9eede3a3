"""The engine that `DATABASES` names. Django loads it by this file's name.

Django turns each moment into its time zone in Python, a tenth of the time of a page of fifty referrals. Our
connections speak UTC, which is what the driver returns by itself.

And a connection knows what it told the database about who asks (`backend.asker`): a transaction begins with the job
under way, and forgets at its end. Nothing is ever set outside a transaction, so nothing is left for the next one.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, pq
from psycopg.types.datetime import TimestamptzLoader

from backend import asker
from backend.asker import NOTHING, Said

_ENTER = "SELECT spona.enter(%s, %s, %s)"
_JOB = "SELECT set_config('spona.job', %s, true)"


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection; moments come back as aware datetimes in UTC."""

    said: Said = NOTHING

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", TimestamptzLoader)
        if self.alias == asker.ALIAS:
            connection.cursor_factory = Telling
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)

    def chunked_cursor(self) -> Any:
        # What a job reads in pieces, outside a transaction, would be read without its name.
        return self.cursor() if asker.job() and self.alias == asker.ALIAS else super().chunked_cursor()

    def say(self, wanted: Said) -> None:
        """Tell the database who asks from here to the end of the transaction; an aborted one hears nothing."""
        if self.connection.info.transaction_status == pq.TransactionStatus.INERROR:
            self.said = NOTHING
            return
        if wanted[:2] == self.said[:2]:
            self.connection.execute(_JOB, [wanted.job])
        else:
            self.connection.execute(_ENTER, wanted)
        self.said = wanted

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 - Django's
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        self.said = NOTHING
        if not autocommit and self.alias == asker.ALIAS and asker.job():
            self.say(Said(job=asker.job()))

    def _savepoint_rollback(self, sid: str) -> None:
        """Roll back; settings go back with it, to what they were at the savepoint: say it anew."""
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs leave it out
        if self.said != NOTHING:
            self.connection.execute(_ENTER, self.said)


class Telling(base.ServerBindingCursor):
    """A cursor by which a job that runs a statement outside a transaction says its name with it."""

    connection: Connection[Any]

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        with _named(self.connection):
            return super().execute(query, params, **more)  # type: ignore[misc]  # the stubs leave it out

    def executemany(self, query: Any, params_seq: Iterable[Any], **more: Any) -> None:
        with _named(self.connection):
            super().executemany(query, params_seq, **more)  # type: ignore[misc]


@contextmanager
def _named(connection: Connection[Any]) -> Iterator[None]:
    idle = connection.info.transaction_status == pq.TransactionStatus.IDLE
    if not (idle and connection.autocommit and asker.job()):
        yield
        return
    with connection.transaction():
        connection.execute(_JOB, [asker.job()])
        yield
