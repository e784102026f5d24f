"""What Wagtail is told to do with a picture for our pages, besides cutting it."""

from wagtail.images.image_operations import FilterOperation
from willow.plugins.pillow import PillowImage

from clinicsite.core.pictures.plain import plain

#: The part of a filter that makes a file plain. It stands in the specification, so that a file of the project
#: around us is never taken for one of ours, and Wagtail's own commands make ours anew as they were.
PLAIN = "clinicsite-plain"


class PlainOperation(FilterOperation):
    """Makes a picture plain; see `core.pictures.plain`."""

    def construct(self, kind):
        if kind != "plain":
            raise ValueError(f"clinicsite-{kind} is no operation.")

    def run(self, willow, image, env):
        return PillowImage(plain(willow.get_pillow_image()))
