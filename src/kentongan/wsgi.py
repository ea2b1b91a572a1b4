"""The WSGI application that `kentongan serve` (waitress) and other servers load."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.settings")
application = get_wsgi_application()
