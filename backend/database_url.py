"""Addresses of databases and mail as one line each, as twelve-factor services read them."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def parse_database_url(url: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into Django's settings.

    `host` may be a socket folder given as `?host=/folder`. Raises ImproperlyConfigured for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("A database address reads postgresql://user:password@host/name.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "backend.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or str(parts.port or ""),
        "CONN_MAX_AGE": 3600,
        "OPTIONS": {
            "options": "-c statement_timeout=5000 -c timezone=UTC",
            "server_side_binding": True,
            "prepare_threshold": 2,
            **query,
        },
    }


def parse_email_url(url: str) -> tuple[str, dict[str, Any]]:
    """Turn `file:///folder` or `smtp[s]://user:password@host:port` into a backend and its settings."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return "backend.teams.mail.PrivateFiles", {"EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "SPONA_EMAIL_URL reads file:///folder, smtp://host:port or smtps://host:port."
        )
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in {"localhost", "127.0.0.1"},
    }
