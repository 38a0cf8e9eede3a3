"""The app of `spona keys`; it has no tables."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "backend.keys"
    label = "keys"
    verbose_name = "Keys"
