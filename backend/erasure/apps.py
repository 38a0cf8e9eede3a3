"""The app of this room; its label is permanent."""

from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "backend.erasure"
    label = "erasure"
