"""A document is what its name says, or is refused in words."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model

pytestmark = pytest.mark.django_db


def packed():
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return written.getvalue()


@pytest.fixture
def add(owner, admin_client_of):
    """Documents > Add: what is said of the file; nothing where it was stored."""
    browser = admin_client_of(owner)

    def add(name, content, address="wagtaildocs:add"):
        sent = {"title": "Form", "file": SimpleUploadedFile(name, content)}
        response = browser.post(reverse(address), sent)
        return "" if response.status_code == 302 else " ".join(response.context["form"].errors["file"])

    return add


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>not a form</html>"),
        ("a.PDF", b"MZ\x90"),
        ("a.docx", b"<html></html>"),
        ("a.xlsx", b"%PDF-1.7"),
        ("a.odt", b"\0\0\0"),
        ("a.rtf", b"plain"),
        ("a.txt", b"MZ\0\0"),
        ("a.csv", b"PK\x03\x04\0\0"),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(add, name, content):
    said = add(name, content)
    ending = name.split(".")[1].lower()
    assert f"This file is called .{ending}, and is none inside." in said
    assert not get_document_model().objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.4\n%%EOF"),
        ("a.pdf", b"\xef\xbb\xbf\n%PDF-1.4\n%%EOF"),
        ("a.docx", packed()),
        ("a.ods", packed()),
        ("a.rtf", b"{\\rtf1 hello}"),
        ("a.txt", "Größe".encode("latin-1")),
        ("a.csv", b"name,fee\nvisit,90\n"),
    ],
)
def test_a_file_that_is_what_it_is_called_is_stored_whole(add, name, content):
    assert add(name, content) == ""
    with get_document_model().objects.get().file.open() as stored:
        assert stored.read() == content


def test_several_at_once_are_looked_into_too(owner, admin_client_of):
    file = SimpleUploadedFile("a.pdf", b"<html></html>")
    answer = admin_client_of(owner).post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": file, "title": "Form"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert "is none inside" in answer.json()["error_message"]


def test_another_title_does_not_ask_for_the_file_again(clinic, owner, admin_client_of):
    document = get_document_model()(title="Old", collection=clinic.collection)
    document.file.save("old.pdf", SimpleUploadedFile("old.pdf", b"from before"))
    document.save()
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert admin_client_of(owner).post(address, {"title": "New", "file": ""}).status_code == 302
    document.refresh_from_db()
    assert document.title == "New"
