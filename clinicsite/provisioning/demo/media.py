"""The demo's pictures: drawn, never photographs of people."""

from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.models import Collection

from clinicsite.core.models import CustomImage
from clinicsite.provisioning.demo import drawing
from clinicsite.provisioning.demo.records import make_once

CREDIT = "Drawn for Clinicsite"


def collection(key: str, name: str) -> Collection:
    """A collection for one clinic or the library, under the root."""
    root = Collection.get_first_root_node()
    return make_once(f"{key}/collection", lambda: root.add_child(name=name))


def picture(key: str, title: str, alt: str, where: Collection, draw) -> CustomImage:
    """A picture in a collection; `draw` makes it if it is not there yet."""
    return make_once(key, lambda: _save(key, title, alt, where, draw()))


def _save(key, title, alt, where, drawn):
    name = key.replace("/", "-") + drawing.file_suffix(drawn)
    file = ImageFile(BytesIO(drawing.to_bytes(drawn)), name=name)
    image = CustomImage(title=title, alt_text=alt, credit=CREDIT, collection=where, file=file)
    image.save()
    return image
