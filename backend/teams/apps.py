"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "backend.teams"
    label = "teams"
