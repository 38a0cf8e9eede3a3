"""The app of sealed fields: its label is permanent, its checks run at every start."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from backend.encryption.checks import (
    keys_database_is_apart,
    keys_folder_is_private,
    platform_root_is_usable,
    sealed_columns_are_declared,
    team_roots_are_usable,
)


class EncryptionConfig(AppConfig):
    name = "backend.encryption"
    label = "encryption"
    verbose_name = "Sealed fields"

    def ready(self) -> None:
        for check in (
            keys_folder_is_private,
            platform_root_is_usable,
            keys_database_is_apart,
            sealed_columns_are_declared,
            team_roots_are_usable,
        ):
            register(check, Tags.security)
