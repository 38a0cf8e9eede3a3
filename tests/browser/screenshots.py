"""`make screenshots`, or `python -m tests.browser.screenshots [ROUTE ...]`: a picture of every page, or of some."""

import os
import sys

import django

from tests import settings_environment

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    settings_environment.pytest_configure(None)
    try:
        django.setup()
        from tests.browser.pictures import main

        main(sys.argv[1:])
    finally:
        settings_environment.pytest_unconfigure(None)
