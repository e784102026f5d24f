"""The project as a WSGI application, for gunicorn: `gunicorn clinicsite.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinicsite.settings.production")

# It sets Django up, so what needs settings is imported after it.
application = get_wsgi_application()

from clinicsite import page_cache  # noqa: E402

application = page_cache.serve(application)
