"""Uploaded files in development and in the demo, given out as a web server does in production.

None that is private: documents are given out by a view that asks whose they are. A picture's original and an
upload under way are nobody's to fetch: pages and the admin show cuts.
"""

import posixpath

from django.conf import settings
from django.conf.urls.static import static
from django.http import Http404
from django.views.static import serve

#: Folders below MEDIA_ROOT that nothing gives out by their address.
PRIVATE_FOLDERS = frozenset({"documents", "original_images", "wagtail_uploads"})


def public_file(request, path: str, document_root):
    """A file below MEDIA_ROOT; `Http404` for one in a private folder, however its path is written."""
    folder = posixpath.normpath(path.replace("\\", "/")).lstrip("/").split("/")[0]
    if folder.casefold() in PRIVATE_FOLDERS:
        raise Http404
    return serve(request, path, document_root=document_root)


def media_urls() -> list:
    """Addresses for uploaded files; none outside of development, where a web server has them."""
    return static(settings.MEDIA_URL, view=public_file, document_root=settings.MEDIA_ROOT)
