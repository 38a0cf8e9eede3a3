"""The settings as mypy's Django plugin reads them: the real ones, with the secrets of a test run."""

import tests.settings_environment  # noqa: F401 -- fills the environment before the settings are read
from backend.settings import *  # noqa: F403 -- the plugin wants one module with all of them
