"""Pictures of a new clinic: their files are stored before anything else, their rows with all the rest.

A file cannot be rolled back. One that was stored for a clinic that was not made is deleted again; where the
process was killed in between it is nobody's, and `manage.py remove_lost_files` takes it away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Collection
from willow.image import Image

from clinicsite.core.pictures.preparing import queue_picture
from clinicsite.provisioning.spec.parts import PictureSpec

#: Fields of image models that hold the words for people who cannot see a picture; the first there is counts.
ALTERNATIVES = ("alt_text", "description")


@dataclass(frozen=True)
class _Stored:
    name: str
    width: int
    height: int


class Pictures:
    """The pictures of one clinic on their way from files to rows."""

    def __init__(self, specs: Iterable[PictureSpec]):
        self.specs = tuple(dict.fromkeys(specs))
        self._stored: dict[PictureSpec, _Stored] = {}
        self._rows: dict[PictureSpec, object] = {}

    def store(self) -> None:
        """Put every file where the install keeps its pictures."""
        for spec in self.specs:
            self._stored[spec] = _store(spec)

    def prepare(self) -> None:
        """Queue all sizes and formats, once for each picture and not for each page that shows it."""
        for image in self._rows.values():
            queue_picture(image)

    def discard(self) -> None:
        """Delete the files that no row came to name."""
        storage = _storage()
        for stored in self._stored.values():
            if not get_image_model().objects.filter(file=stored.name).exists():
                storage.delete(stored.name)

    def row(self, spec: PictureSpec | None, collection: Collection):
        """The image of a spec, made once; None for none, and where no file was stored."""
        if spec is None or spec not in self._stored:
            return None
        if spec not in self._rows:
            self._rows[spec] = self._make(spec, collection)
        return self._rows[spec]

    def _make(self, spec, collection):
        model, stored = get_image_model(), self._stored[spec]
        fields = {field.name for field in model._meta.get_fields()}
        title = spec.title or Path(spec.file).stem
        image = model(title=title, collection=collection, width=stored.width, height=stored.height)
        image.file.name = stored.name
        for name in ALTERNATIVES:
            if name in fields:
                setattr(image, name, spec.alt)
                break
        image.save()
        # It may have been written anew, smaller or more silent.
        self._stored[spec] = replace(stored, name=image.file.name)
        return image


def _storage():
    return get_image_model()._meta.get_field("file").storage


def _store(spec):
    field = get_image_model()._meta.get_field("file")
    sample = get_image_model()(title=spec.title or Path(spec.file).stem)
    content = Path(spec.file).read_bytes()
    wanted = field.generate_filename(sample, Path(spec.file).name)
    width, height = Image.open(BytesIO(content)).get_size()
    return _Stored(field.storage.save(wanted, ContentFile(content)), width, height)
