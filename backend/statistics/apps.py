"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "backend.statistics"
    label = "statistics"
