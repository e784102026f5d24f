"""The project as a WSGI application, for gunicorn: `gunicorn clinicsite.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicsite.settings.production")

application = get_wsgi_application()
