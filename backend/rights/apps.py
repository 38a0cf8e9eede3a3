"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "backend.rights"
    label = "rights"
