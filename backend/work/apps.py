"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "backend.work"
    label = "work"
