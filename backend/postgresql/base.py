"""The engine that `DATABASES` names. Django loads it by this file's name.

Django turns each moment into its time zone in Python, a tenth of the time of a page of fifty referrals. Our
connections speak UTC, which is what the driver returns by itself.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.types.datetime import TimestamptzLoader


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's connection; moments come back as aware datetimes in UTC."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.adapters.register_loader("timestamptz", TimestamptzLoader)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)
