"""The app of the permissions."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    name = "permissions"
    label = "permissions"
