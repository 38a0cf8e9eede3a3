"""What a WSGI server loads."""

import gc
import os
from typing import Final

from django.core.wsgi import get_wsgi_application

# Looking for garbage among the program's own objects, which stay, took a twentieth of each request.
MADE_BEFORE_A_LOOK: Final = 10_000

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
application = get_wsgi_application()
gc.freeze()
gc.set_threshold(MADE_BEFORE_A_LOOK)
