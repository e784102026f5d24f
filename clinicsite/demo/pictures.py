"""The demo's pictures: drawn, never photographs of people."""

from django.core.files.images import ImageFile
from wagtail.models import Collection

from clinicsite.demo import data
from clinicsite.demo.records import make_once
from clinicsite.media.models import CustomImage


def collection(key: str, name: str) -> Collection:
    """A collection for one clinic or the library, under the root."""
    root = Collection.get_first_root_node()
    return make_once(f"{key}/collection", lambda: root.add_child(name=name))


def picture(key: str, where: Collection) -> CustomImage:
    """A picture of the demo's data by its key, in a collection; stored now if it is not there yet."""
    return make_once(key, lambda: _store(data.pictures()[key], where))


def _store(entry, where):
    width, height = entry["size"]
    with (data.PICTURES / entry["file"]).open("rb") as file:
        image = CustomImage(
            title=entry["title"],
            alt_text=entry["alt"],
            collection=where,
            width=width,
            height=height,
            file=ImageFile(file, name=entry["file"]),
        )
        image.save()
    return image
