"""What surrounds a figure: backdrops, plants, furniture, and the soft glow of a sore place."""

from .canvas import Canvas, Shape
from .faces import Look
from .geometry import Frame, Point, circle_points, spline
from .palette import Colour, Palette, mix

HALO = [
    (310, 520),
    (340, 250),
    (560, 110),
    (850, 130),
    (1110, 90),
    (1290, 290),
    (1310, 560),
    (1200, 830),
    (900, 920),
    (560, 890),
]


def look_of(palette: Palette, person: int, top: Colour | None = None, hair_style: str = "short") -> Look:
    """One of six people whose skin and hair stay the same from picture to picture."""
    skin, hair = palette.skins[person % 6], palette.hairs[person % 6]
    return Look(skin, hair, top or palette.main(0.55), hair_style, bottom=palette.main(0.36, 0.5))


def backdrop(canvas: Canvas, palette: Palette, tone: Colour) -> None:
    """Warm paper with one large soft shape behind the subject and a leafy sprig on either side."""
    canvas.gradient(palette.sand(0.975, 0.5), palette.sand(0.94, 0.7))
    canvas.blob(HALO, tone)
    canvas.ellipse((1420, 180), 54, 54, mix(tone, palette.white, 0.3))
    canvas.ellipse((180, 330), 26, 26, mix(tone, palette.white, 0.2))
    sprig(canvas, Frame(150, 1010, 3.4, 8), palette.leaf(0.72))
    sprig(canvas, Frame(240, 1020, 2.3, 30), palette.leaf(0.62))
    sprig(canvas, Frame(1460, 1010, 3.2, -8), palette.leaf(0.72))
    sprig(canvas, Frame(1370, 1020, 2.2, -32), palette.leaf(0.62))


def sprig(canvas: Canvas, frame: Frame, colour: Colour) -> None:
    """A stem with paired leaves, growing upwards about 120 units."""
    canvas.tube(frame([(0, 0), (2, -50), (0, -112)]), frame.sizes(2.6, 1.4), colour)
    for index, y in enumerate((-22, -42, -62, -82, -100)):
        reach = 31 - index * 3.6
        for side in (-1, 1):
            leaf = [
                (0, y),
                (side * reach * 0.45, y - reach * 0.62),
                (side * reach, y - reach * 0.62),
                (side * reach * 0.7, y - reach * 0.12),
            ]
            canvas.blob(frame(leaf), colour)
    canvas.blob(frame([(0, -106), (6, -120), (0, -134), (-6, -120)]), colour)


def potted_plant(canvas: Canvas, palette: Palette, foot: Point, size: float) -> None:
    x, y = foot
    for angle, length, tone in (
        (-38, 1.5, 0.62),
        (34, 1.55, 0.6),
        (-16, 2.0, 0.54),
        (14, 1.9, 0.56),
        (0, 2.2, 0.5),
    ):
        frame = Frame(x, y - size * 0.8, size * length, angle)
        canvas.blob(
            frame([(0, 0), (0.15, -0.38), (0.1, -0.78), (0, -1), (-0.1, -0.78), (-0.15, -0.38)]),
            palette.leaf(tone),
        )
        canvas.line(frame([(0, 0), (0, -0.86)]), size * 0.03, palette.leaf(tone - 0.08))
    pot = palette.warm(0.66)
    canvas.fill(
        [
            (x - size * 0.46, y - size * 0.9),
            (x + size * 0.46, y - size * 0.9),
            (x + size * 0.34, y),
            (x - size * 0.34, y),
        ],
        pot,
    )
    canvas.box(
        (x - size * 0.52, y - size * 1.0),
        (size * 1.04, size * 0.22),
        mix(pot, palette.white, 0.18),
        size * 0.06,
    )


def sore(canvas: Canvas, palette: Palette, centre: Point, radius: float, within: Shape | None = None) -> None:
    """A sore place: a warm glow that is full inside the body and faint around it, with two fine rings."""
    canvas.glow(centre, radius * 1.5, palette.glow, 0.24)
    if within is None:
        _ember(canvas, palette, centre, radius)
    else:
        with canvas.clip(within):
            _ember(canvas, palette, centre, radius)
    for share, alpha in ((0.62, 0.75), (1.0, 0.4)):
        ring = circle_points(centre, radius * share, radius * share)
        canvas.line([*ring, ring[0]], 4, palette.white, alpha, smooth=False)


def _ember(canvas: Canvas, palette: Palette, centre: Point, radius: float) -> None:
    canvas.glow(centre, radius * 1.35, palette.glow, 0.95)
    canvas.glow(centre, radius * 0.6, palette.glow_core, 0.9)


def sore_path(canvas: Canvas, palette: Palette, points: list[Point], width: float, within: Shape) -> None:
    """A sore line, such as a nerve that hurts along its way."""
    with canvas.clip(within):
        canvas.tint(
            lambda mask: mask.tube(points, [width * 2.6], palette.glow), palette.glow, 0.55, blur=width * 0.8
        )
        canvas.tint(
            lambda mask: mask.tube(points, [width, width * 0.7], palette.glow),
            palette.glow,
            0.9,
            blur=width * 0.22,
        )
        canvas.tint(
            lambda mask: mask.tube(points, [width * 0.3], palette.glow), palette.glow_core, 0.9, blur=8
        )


def arrow(canvas: Canvas, points: list[Point], width: float, colour: Colour) -> None:
    """A curved arrow that ends at the last point."""
    curve = spline(points)
    canvas.line(curve, width, colour, smooth=False)
    (x0, y0), (x1, y1) = curve[-4], curve[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = (x1 - x0) / length * width * 2.6, (y1 - y0) / length * width * 2.6
    for side in (-1, 1):
        canvas.line([(x1 - dx - side * dy * 0.8, y1 - dy + side * dx * 0.8), (x1, y1)], width, colour)


def window(
    canvas: Canvas, palette: Palette, corner: Point, size: Point, glass: Colour, daylight: float = 1
) -> None:
    """A window on distant hills; `daylight` below 1 darkens them."""
    (x, y), (width, height) = corner, size
    canvas.box((x - 16, y - 16), (width + 32, height + 32), palette.white, 10)
    canvas.box(corner, size, glass, 4)
    with canvas.clip(lambda mask: mask.box(corner, size, glass, 4)):
        canvas.fill(
            [
                (x + width * 0.1, y),
                (x + width * 0.42, y),
                (x - width * 0.1, y + height),
                (x - width * 0.42, y + height),
            ],
            palette.white,
            0.3 * daylight**3,
        )
        canvas.ellipse(
            (x + width * 0.2, y + height * 1.1), width * 0.6, height * 0.36, palette.leaf(0.8 * daylight), 0.9
        )
        canvas.ellipse(
            (x + width * 0.9, y + height * 1.12),
            width * 0.6,
            height * 0.46,
            palette.leaf(0.74 * daylight),
            0.9,
        )
    canvas.box((x + width / 2 - 6, y), (12, height), palette.white)
    canvas.box((x, y + height * 0.46), (width, 12), palette.white)
    canvas.box((x - 34, y + height + 14), (width + 68, 18), palette.sand(0.88), 6)


def room(canvas: Canvas, palette: Palette, wall: Colour, floor_line: float = 800) -> None:
    canvas.gradient(mix(wall, palette.white, 0.3), wall, 0, floor_line)
    canvas.gradient(palette.sand(0.83, 1.2), palette.sand(0.77, 1.2), floor_line, 1000)
    canvas.box((-10, floor_line - 14), (1620, 16), palette.white, alpha=0.8)


def needle(canvas: Canvas, palette: Palette, tip: Point, handle: Point) -> None:
    """A fine solid needle: a thin shaft, and a wound handle over its upper third."""
    grip = (tip[0] + (handle[0] - tip[0]) * 0.58, tip[1] + (handle[1] - tip[1]) * 0.58)
    canvas.line([tip, grip], 3.6, palette.main(0.42, 0.3))
    canvas.line([grip, handle], 9, palette.warm(0.62))
    canvas.line([grip, handle], 3, palette.warm(0.82), 0.9)
