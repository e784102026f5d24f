"""Pictures that were handed in before uploads were tidied: their files, and cuts that still tell of them."""

from collections.abc import Iterator

from wagtail.images import get_image_model

from clinicsite.core.pictures.operations import PLAIN
from clinicsite.core.pictures.shapes import SHAPES, SHARED, filters_of
from clinicsite.core.pictures.uploads import is_ours, tidy

FOCUS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def tidied_pictures() -> Iterator:
    """The pictures of clinics whose file is made smaller or silent; each is stored when it is given."""
    for picture in get_image_model().objects.iterator():
        if is_ours(picture) and _is_tidied(picture):
            yield picture


def remove_telling_cuts() -> int:
    """Delete the cuts that our pages asked for before, with all that they tell; how many there were."""
    filters = [SHARED, *(one for shape in SHAPES for one in filters_of(shape))]
    specs = {one.spec.removesuffix(f"|{PLAIN}") for one in filters}
    cuts = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    ours = [cut for cut in cuts.select_related("image") if is_ours(cut.image)]
    for cut in ours:
        cut.delete()
    return len(ours)


def _is_tidied(picture):
    before, size = picture.file.name, (picture.width, picture.height)
    tidy(picture)
    if picture.file.name == before:
        return False
    _move_focus(picture, size)
    picture.save()
    picture.renditions.all().delete()
    picture.file.storage.delete(before)
    return True


def _move_focus(picture, size):
    """Keep the focal point on what it marked; one of a picture that is turned as well is forgotten."""
    is_turned = (size[0] > size[1]) != (picture.width > picture.height)
    scale = picture.width / size[0]
    for name in FOCUS:
        value = getattr(picture, name)
        setattr(picture, name, None if is_turned or value is None else round(value * scale))
