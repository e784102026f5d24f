"""A picture that is cut to many sizes, and each of them written in every format, cut once a size."""

from willow.plugins.pillow import PillowImage


class Decoded(PillowImage):
    """A picture that is plain already, and remembers its cuts: Wagtail asks for each again for every format.

    Cutting takes longer than writing most files. What is remembered is let go with the picture.
    """

    def __init__(self, image):
        super().__init__(image)
        self._cuts = {}

    def auto_orient(self):
        """It is upright."""
        return self

    def crop(self, rect):
        """The part of the picture in a rectangle, the same object each time."""
        key = tuple(rect)
        if key not in self._cuts:
            self._cuts[key] = _Part(super().crop(rect).image)
        return self._cuts[key]


class _Part(PillowImage):
    """A part of a picture, which remembers its sizes."""

    def __init__(self, image):
        super().__init__(image)
        self._sizes = {}

    def resize(self, size):
        if size not in self._sizes:
            self._sizes[size] = super().resize(size)
        return self._sizes[size]
