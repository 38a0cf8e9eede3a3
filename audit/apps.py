"""The app of the audit: its label is permanent, its checks run at every start."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from audit.checks import histories_are_kept, key_is_usable, outside_is_the_same_database


class AuditConfig(AppConfig):
    name = "audit"
    label = "audit"

    def ready(self) -> None:
        for check in (key_is_usable, outside_is_the_same_database, histories_are_kept):
            register(check, Tags.security)
