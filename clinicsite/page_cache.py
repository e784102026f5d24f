"""Keeping clinics' pages, for a project's `wsgi.py`:

from clinicsite import page_cache

application = page_cache.serve(get_wsgi_application())
"""

from clinicsite.core.page_cache.setup import serve

__all__ = ["serve"]
