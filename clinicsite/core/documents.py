"""Documents that are what their name says: patients open them, and nobody at the clinic may have."""

from pathlib import PurePath
from zipfile import is_zipfile

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

#: As much of a file is read to know it.
BEGINNING = 1024
IS_NONE = (
    "This file is called .{ending}, and is none inside. Open it in the program it was made with, save it as"
    " {ending} there, and choose that file."
)


def _is_zip(file, _beginning):
    return is_zipfile(file)


#: Ending -> whether a file, of which this is the beginning, is one of these.
_KINDS = {
    # A few bytes may stand before it (ISO 32000-1, annex H.3.4.1).
    "pdf": lambda _file, beginning: b"%PDF-" in beginning,
    "rtf": lambda _file, beginning: beginning.lstrip().startswith(b"{\\rtf"),
    "txt": lambda _file, beginning: b"\0" not in beginning,
    "csv": lambda _file, beginning: b"\0" not in beginning,
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), _is_zip),
}


def refuse_what_it_is_not(file) -> None:
    """Raise a ValidationError where a file that has been sent is not of the kind that its name says."""
    ending = PurePath(file.name).suffix.lower().removeprefix(".")
    if ending not in _KINDS:
        return
    file.seek(0)
    is_one = _KINDS[ending](file, file.read(BEGINNING))
    file.seek(0)
    if not is_one:
        raise ValidationError(IS_NONE.format(ending=ending))


class DocumentForm(BaseDocumentForm):
    """Wagtail's form for a document, which looks into the file."""

    class Meta(BaseDocumentForm.Meta):
        pass

    def clean_file(self):
        """The file, if it is what it is called."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            refuse_what_it_is_not(file)
        return file
