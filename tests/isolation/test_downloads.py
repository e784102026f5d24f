"""No title of a clinic's runs as a formula in a download, in whatever format and of whatever list."""

import csv
import io

import openpyxl
import pytest
from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from tests.factories import UserFactory
from tests.factories.pages import StandardPageFactory

FORMULA = '=HYPERLINK("https://evil.example/","Read")'


@pytest.fixture
def everything(clinic, owner, admin_client_of):
    """The browser of somebody at the agency; a page and a redirect have a formula for a name."""
    user = UserFactory(username="root", is_superuser=True)
    page = StandardPageFactory(
        parent=clinic.home, title=FORMULA, slug="f", locked=True, locked_by=owner, locked_at=timezone.now()
    )
    page.save_revision(user=owner).publish()
    Redirect.objects.create(site=clinic.site, old_path="/=1", redirect_link=FORMULA)
    return admin_client_of(user)


def cells_of(response, export_format):
    content = b"".join(response.streaming_content)
    if export_format == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert not [cell for row in sheet.rows for cell in row if cell.data_type == "f"]
    return [str(cell.value) for row in sheet.rows for cell in row]


@pytest.mark.parametrize("export_format", ["csv", "xlsx"])
@pytest.mark.parametrize("address", ["reports/locked/", "reports/aging-pages/", "redirects/"])
def test_a_title_is_words(everything, address, export_format):
    answer = everything.get(f"/admin/{address}", {"export": export_format})
    cells = cells_of(answer, export_format)
    found = [cell for cell in cells if "HYPERLINK" in cell]
    assert found
    assert all(cell.startswith("'") for cell in found) or export_format == "xlsx"


def test_a_screen_of_a_project_around_is_left_as_it_was(settings, clinic, rf):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    view = SpreadsheetExportMixin()
    view.request = rf.get("/")
    view.request.user = UserFactory(username="projects")
    assert view.preprocess_field_value("title", FORMULA, "csv") == FORMULA
    view.request.user = UserFactory(username="agencys", is_superuser=True)
    assert view.preprocess_field_value("title", FORMULA, "csv") == f"'{FORMULA}"
    assert view.preprocess_field_value("title", 5, "csv") == 5
