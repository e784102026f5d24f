"""A canvas that draws large and finishes small, so that every edge comes out smooth."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .geometry import Point, circle_points, spline, spread
from .palette import Colour

SUPERSAMPLE = 2
# Soft edges hold no detail, so they are made this many times smaller and stretched.
SOFT_SHRINK = 8

Shape = Callable[["Canvas"], object]


class Canvas:
    """Flat shapes in picture units (pixels of the finished picture), opaque unless an alpha is given."""

    def __init__(self, width: int, height: int, background: Colour | None = None, mode: str = "RGB"):
        self.width, self.height, self.mode = width, height, mode
        ground = background if mode == "RGB" else 0
        self.image = Image.new(mode, (width * SUPERSAMPLE, height * SUPERSAMPLE), ground)
        self._pen = ImageDraw.Draw(self.image, "RGBA" if mode == "RGB" else None)

    def finish(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def fill(self, points: Sequence[Point], colour: Colour, alpha: float = 1) -> None:
        self._pen.polygon(
            [(x * SUPERSAMPLE, y * SUPERSAMPLE) for x, y in points], fill=self._ink(colour, alpha)
        )

    def blob(self, points: Sequence[Point], colour: Colour, alpha: float = 1) -> None:
        self.fill(spline(points, closed=True), colour, alpha)

    def ellipse(
        self, centre: Point, rx: float, ry: float, colour: Colour, alpha: float = 1, angle: float = 0
    ) -> None:
        self.fill(circle_points(centre, rx, ry, angle), colour, alpha)

    def box(self, corner: Point, size: Point, colour: Colour, radius: float = 0, alpha: float = 1) -> None:
        x, y, width, height = (value * SUPERSAMPLE for value in (*corner, *size))
        self._pen.rounded_rectangle(
            (x, y, x + width, y + height), radius * SUPERSAMPLE, fill=self._ink(colour, alpha)
        )

    def tube(
        self, points: Sequence[Point], widths: Sequence[float], colour: Colour, smooth: bool = True
    ) -> None:
        """A rounded limb along a curve, whose width runs through `widths`."""
        curve = spline(points) if smooth else list(points)
        radii = [width / 2 for width in spread(widths, len(curve))]
        for centre, radius in zip(curve, radii, strict=True):
            self._disc(centre, radius, colour)
        for index in range(len(curve) - 1):
            self._bridge(curve[index], curve[index + 1], radii[index], radii[index + 1], colour)

    def line(
        self, points: Sequence[Point], width: float, colour: Colour, alpha: float = 1, smooth: bool = True
    ) -> None:
        if alpha < 1:
            self.tint(lambda mask: mask.tube(points, [width], colour, smooth), colour, alpha)
        else:
            self.tube(points, [width], colour, smooth)

    def gradient(self, top: Colour, bottom: Colour, start: float = 0, end: float | None = None) -> None:
        """Fill the whole width between two heights, fading from one colour to the other."""
        end = self.height if end is None else end
        box = (0, round(start * SUPERSAMPLE), self.image.width, round(end * SUPERSAMPLE))
        size = (box[2] - box[0], box[3] - box[1])
        ramp = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR)
        column = Image.composite(Image.new("RGB", ramp.size, bottom), Image.new("RGB", ramp.size, top), ramp)
        self.image.paste(column.resize(size, Image.Resampling.NEAREST), box)

    def glow(
        self, centre: Point, radius: float, colour: Colour, strength: float = 1, stretch: float = 1
    ) -> None:
        """A light that is strongest in the middle and fades to nothing; `stretch` makes it taller."""
        across, tall = round(radius * SUPERSAMPLE), round(radius * stretch * SUPERSAMPLE)
        fade = Image.radial_gradient("L").point([round(strength * _falloff(level)) for level in range(256)])
        mask = fade.resize((2 * across, 2 * tall), Image.Resampling.BICUBIC)
        corner = (round(centre[0] * SUPERSAMPLE) - across, round(centre[1] * SUPERSAMPLE) - tall)
        self.image.paste(self._solid(colour, mask.size), corner, mask)

    def tint(self, shape: Shape, colour: Colour, alpha: float = 1, blur: float = 0) -> None:
        """Lay one even veil of colour over a shape, however much its parts overlap."""
        mask = self._mask(shape)
        box = mask.getbbox()
        if box is None:
            return
        if blur:
            box = _widened(box, 3 * blur * SUPERSAMPLE)
        veil = _softened(mask.crop(box), blur * SUPERSAMPLE) if blur else mask.crop(box)
        veil = veil.point([round(alpha * level) for level in range(256)])
        self.image.paste(self._solid(colour, veil.size), box[:2], veil)

    @contextmanager
    def clip(self, shape: Shape) -> Iterator[None]:
        """Keep what is drawn inside the block within a shape."""
        outside = ImageChops.invert(self._mask(shape))
        before = self.image.copy()
        yield
        self.image.paste(before, (0, 0), outside)

    def _mask(self, shape: Shape) -> Image.Image:
        canvas = Canvas(self.width, self.height, mode="L")
        shape(canvas)
        return canvas.image

    def _ink(self, colour: Colour, alpha: float = 1) -> Colour | tuple[int, int, int, int] | int:
        if self.mode == "L":
            return 255
        return colour if alpha >= 1 else (*colour, round(255 * alpha))

    def _solid(self, colour: Colour, size: tuple[int, int]) -> Image.Image:
        return Image.new(self.mode, size, self._ink(colour))

    def _disc(self, centre: Point, radius: float, colour: Colour) -> None:
        x, y, r = centre[0] * SUPERSAMPLE, centre[1] * SUPERSAMPLE, radius * SUPERSAMPLE
        self._pen.ellipse((x - r, y - r, x + r, y + r), fill=self._ink(colour))

    def _bridge(self, start: Point, end: Point, first: float, second: float, colour: Colour) -> None:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = (dx * dx + dy * dy) ** 0.5
        if not length:
            return
        nx, ny = -dy / length, dx / length
        corners = [
            (start[0] + nx * first, start[1] + ny * first),
            (end[0] + nx * second, end[1] + ny * second),
            (end[0] - nx * second, end[1] - ny * second),
            (start[0] - nx * first, start[1] - ny * first),
        ]
        self.fill(corners, colour)


def _falloff(level: int) -> float:
    # Pillow's radial gradient is 0 in the middle, 181 at the middle of each side and 255 in the corners.
    near = max(0.0, 1 - level / 181)
    return 255 * near * near * (3 - 2 * near)


def _widened(box: tuple[int, int, int, int], margin: float) -> tuple[int, int, int, int]:
    """The box with room for a blur on every side, in whole steps of the shrinking."""
    room = (int(margin) // SOFT_SHRINK + 1) * SOFT_SHRINK
    left, top = box[0] - room, box[1] - room
    across, down = (
        -(-(end - start) // SOFT_SHRINK) * SOFT_SHRINK + 2 * room
        for start, end in ((box[0], box[2]), (box[1], box[3]))
    )
    return left, top, left + across, top + down


def _softened(mask: Image.Image, blur: float) -> Image.Image:
    small = mask.reduce(SOFT_SHRINK)
    return small.filter(ImageFilter.GaussianBlur(blur / SOFT_SHRINK)).resize(
        mask.size, Image.Resampling.BICUBIC
    )
