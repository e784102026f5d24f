"""The library's screens in the admin, under `/admin/clinicsite/library/`."""

from clinicsite.library.views import adding, compare, inbox, joining, matrix, previews, releases, sections

app_name = "clinicsite_library"
urlpatterns = [
    *sections.urlpatterns,
    *compare.urlpatterns,
    *inbox.urlpatterns,
    *adding.urlpatterns,
    *joining.urlpatterns,
    *previews.urlpatterns,
    *releases.urlpatterns,
    *matrix.urlpatterns,
]
