"""The app of this room; its label is permanent."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TeamsConfig(AppConfig):
    name = "backend.teams"
    label = "teams"

    def ready(self) -> None:
        autodiscover_modules("sign_in_audit")
