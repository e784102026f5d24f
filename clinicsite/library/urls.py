"""The library's screens in the admin, under `/admin/library/`."""

from clinicsite.library.views import adding, compare, inbox, matrix, previews, releases, sections

app_name = "library_admin"
urlpatterns = [
    *sections.urlpatterns,
    *compare.urlpatterns,
    *inbox.urlpatterns,
    *adding.urlpatterns,
    *previews.urlpatterns,
    *releases.urlpatterns,
    *matrix.urlpatterns,
]
