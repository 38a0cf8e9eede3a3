"""The app of the API: its label is permanent. Its start-up checks look at every route: they load after all models."""

from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    label = "api"

    def ready(self) -> None:
        import_module("api.checks")
        import_module("api.checks_of_reach")
        import_module("api.production")
        import_module("backend.erasure.checks")
