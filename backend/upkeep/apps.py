"""The app of `spona backup` and `spona doctor`; it has no tables."""

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "backend.upkeep"
    label = "upkeep"
    verbose_name = "Upkeep"
