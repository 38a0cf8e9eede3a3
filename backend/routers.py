"""Which database holds what: wrapped keys live in a cluster of their own, everything else in the main one."""

from typing import Any

from django.db.models import Model

KEYS_APP = "encryption"


class Keys:
    """Send the models of `encryption` to the alias `keys` and keep everything else out of it."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        return "keys" if model._meta.app_label == KEYS_APP else None

    def db_for_write(self, model: type[Model], **_hints: Any) -> str | None:
        return "keys" if model._meta.app_label == KEYS_APP else None

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        return (one._meta.app_label == KEYS_APP) == (other._meta.app_label == KEYS_APP)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        if db in {"outside", "sealer"}:
            return False
        return (app_label == KEYS_APP) == (db == "keys")
