"""The application as web servers start it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corfu.site.settings")
application = get_wsgi_application()
