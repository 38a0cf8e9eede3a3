"""The Django app that mirrors the packaged lists in the database."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "backend.reference"
    label = "reference"
    verbose_name = "Reference data"
