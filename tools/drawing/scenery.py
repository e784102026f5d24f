"""Pieces of a landscape: sky, sun, clouds, hills, trees, houses and water."""

from .canvas import Canvas
from .geometry import Frame, Point, circle_points, spline
from .palette import Colour, Palette, mix


def sky(canvas: Canvas, palette: Palette, horizon: float) -> None:
    canvas.gradient(palette.sky(0.86), palette.sand(0.95), 0, horizon)


def sun(canvas: Canvas, palette: Palette, centre: Point, radius: float) -> None:
    light = mix(palette.white, palette.gold(0.9), 0.75)
    canvas.glow(centre, radius * 5, palette.white, 0.75)
    canvas.ellipse(centre, radius, radius, light)


def cloud(canvas: Canvas, palette: Palette, left: Point, width: float, alpha: float = 0.75) -> None:
    """A flat cloud of rounded bars, its lower edge at `left`."""
    x, y = left
    bar = width * 0.13

    def shape(mask: Canvas) -> None:
        mask.box((x, y - bar), (width, bar), palette.white, bar / 2)
        mask.box((x + width * 0.16, y - bar * 1.8), (width * 0.56, bar * 1.6), palette.white, bar * 0.8)
        mask.ellipse((x + width * 0.4, y - bar * 1.7), width * 0.15, width * 0.13, palette.white)
        mask.ellipse((x + width * 0.58, y - bar * 1.35), width * 0.11, width * 0.09, palette.white)

    canvas.tint(shape, palette.white, alpha)


def hill(canvas: Canvas, ridge: list[Point], top: Colour, bottom: Colour | None = None) -> None:
    """Everything below a smooth ridge, fading to `bottom` at the foot of the picture."""
    foot = [(canvas.width + 40, canvas.height + 40), (-40, canvas.height + 40)]
    outline = [*spline(ridge), *foot]
    if bottom is None:
        canvas.fill(outline, top)
        return
    start = max(0, min(y for _, y in outline))
    with canvas.clip(lambda mask: mask.fill(outline, top)):
        canvas.gradient(top, bottom, start)


def mist(canvas: Canvas, palette: Palette, height: float, depth: float, alpha: float = 0.5) -> None:
    def band(mask: Canvas) -> None:
        mask.box((-200, height - depth / 2), (canvas.width + 400, depth), palette.white)

    canvas.tint(band, palette.sand(0.97), alpha, blur=depth / 2.4)


def pine(canvas: Canvas, foot: Point, height: float, colour: Colour, shade: Colour | None = None) -> None:
    """A conifer of drooping tiers, darker on the right where a shade is given."""
    x, y = foot
    width = height * 0.36
    canvas.box((x - height * 0.02, y - height * 0.12), (height * 0.04, height * 0.14), shade or colour)
    for tier in range(5):
        low = y - height * (0.08 + 0.16 * tier)
        high = low - height * (0.34 if tier < 4 else 0.28)
        half = width * (0.5 - 0.085 * tier)
        boughs = [
            (x, high),
            (x + half * 0.45, low - height * 0.08),
            (x + half, low),
            (x, low + height * 0.025),
        ]
        canvas.fill([*boughs, (x - half, low), (x - half * 0.45, low - height * 0.08)], colour)
        if shade:
            canvas.fill(boughs, shade)


def round_tree(
    canvas: Canvas, foot: Point, height: float, crown: Colour, light: Colour, trunk: Colour
) -> None:
    """A broad-leaved tree: a trunk with two boughs and a crown with its lit side to the left."""
    x, y = foot
    canvas.tube([(x, y), (x, y - height * 0.55)], [height * 0.07, height * 0.04], trunk)
    lobes = [
        (-0.2, -0.5, 0.17),
        (0.2, -0.5, 0.18),
        (-0.11, -0.7, 0.2),
        (0.12, -0.72, 0.19),
        (0, -0.82, 0.17),
        (0, -0.55, 0.22),
    ]

    for dx, dy, radius in lobes:
        canvas.ellipse((x + dx * height, y + dy * height), radius * height, radius * height, crown)
    for dx, dy, radius in ((-0.21, -0.53, 0.12), (-0.12, -0.73, 0.15), (0.05, -0.84, 0.11)):
        canvas.ellipse((x + dx * height, y + dy * height), radius * height, radius * height, light)
    canvas.tube(
        [(x, y - height * 0.3), (x + height * 0.1, y - height * 0.48)], [height * 0.03, height * 0.014], trunk
    )
    canvas.tube(
        [(x, y - height * 0.36), (x - height * 0.1, y - height * 0.52)],
        [height * 0.03, height * 0.014],
        trunk,
    )


def bush(canvas: Canvas, foot: Point, width: float, colour: Colour, light: Colour) -> None:
    x, y = foot
    for dx, rise, radius in ((-0.3, 0.13, 0.2), (0.3, 0.13, 0.2), (0, 0.22, 0.26)):
        canvas.ellipse((x + dx * width, y - rise * width), radius * width, radius * width, colour)
    canvas.ellipse((x - width * 0.06, y - width * 0.29), width * 0.15, width * 0.13, light)


def grass(canvas: Canvas, foot: Point, height: float, colour: Colour) -> None:
    x, y = foot
    for lean, size in ((-0.5, 0.7), (-0.2, 0.95), (0.1, 1), (0.42, 0.78)):
        tip = (x + lean * height, y - size * height)
        canvas.tube(
            [(x + lean * height * 0.2, y), (x + lean * height * 0.5, y - size * height * 0.55), tip],
            [height * 0.11, height * 0.03],
            colour,
        )


def fern(canvas: Canvas, foot: Point, size: float, angle: float, colour: Colour) -> None:
    """One arching frond of paired leaflets."""
    frame = Frame(*foot, scale=size, angle=angle)
    stem = spline([(0, 0), (0.06, -0.4), (0.2, -0.75), (0.42, -1)])
    canvas.tube(frame(stem), frame.sizes(0.035, 0.012), colour, smooth=False)
    for index in range(4, len(stem), 3):
        share = index / len(stem)
        x, y = stem[index]
        reach = 0.26 * (1.08 - share)
        for side in (-1, 1):
            canvas.fill(
                frame(
                    [
                        (x, y),
                        (x + side * reach * 0.55, y - 0.07),
                        (x + side * reach, y + 0.06),
                        (x + side * reach * 0.4, y + 0.05),
                    ]
                ),
                colour,
            )


def house(canvas: Canvas, palette: Palette, corner: Point, size: Point, wall: Colour, roof: Colour) -> None:
    """A gabled house seen from the street; `corner` is its lower left."""
    (x, y), (width, height) = corner, size
    eaves, shade = y - height * 0.62, mix(wall, palette.ink, 0.14)
    gable = [(x, eaves), (x + width / 2, y - height), (x + width, eaves)]
    canvas.fill([(x, y), *gable, (x + width, y)], wall)
    canvas.fill([(x + width * 0.5, y), (x + width * 0.5, y - height), gable[2], (x + width, y)], shade, 0.45)
    canvas.box(
        (x + width * 0.72, y - height * 1.02), (width * 0.1, height * 0.3), mix(roof, palette.ink, 0.2)
    )
    overhang = [
        (x - width * 0.07, eaves + height * 0.05),
        gable[1],
        (x + width * 1.07, eaves + height * 0.05),
    ]
    canvas.line(overhang, height * 0.06, roof, smooth=False)
    glass, trim = palette.sky(0.82), palette.white
    for place in (0.14, 0.62):
        _window(canvas, (x + width * place, y - height * 0.5), width * 0.24, height * 0.2, glass, trim)
    canvas.ellipse((x + width / 2, y - height * 0.74), width * 0.075, width * 0.075, trim)
    canvas.ellipse((x + width / 2, y - height * 0.74), width * 0.055, width * 0.055, glass)
    _door(canvas, palette, (x + width / 2, y), width * 0.17, height * 0.25)


def _window(canvas: Canvas, corner: Point, width: float, height: float, glass: Colour, trim: Colour) -> None:
    x, y = corner
    edge = width * 0.08
    canvas.box((x - edge, y - edge), (width + 2 * edge, height + 2 * edge), trim, edge / 2)
    canvas.box((x, y), (width, height), glass)
    canvas.box((x + width / 2 - edge / 3, y), (edge * 0.7, height), trim)
    canvas.box((x, y + height / 2 - edge / 3), (width, edge * 0.7), trim)


def _door(canvas: Canvas, palette: Palette, foot: Point, width: float, height: float) -> None:
    x, y = foot
    canvas.box((x - width * 0.62, y - height * 1.08), (width * 1.24, height * 1.08), palette.white)
    canvas.box((x - width / 2, y - height), (width, height), palette.main(0.42))
    canvas.ellipse((x + width * 0.32, y - height * 0.48), width * 0.07, width * 0.07, palette.warm(0.8))


def ripples(
    canvas: Canvas, marks: list[tuple[float, float, float]], colour: Colour, alpha: float = 0.5
) -> None:
    """Short level lines on water, each as x, y and length."""

    def shape(mask: Canvas) -> None:
        for x, y, length in marks:
            mask.box((x - length / 2, y), (length, 5), colour, 2.5)

    canvas.tint(shape, colour, alpha)


def ground_shadow(
    canvas: Canvas, palette: Palette, centre: Point, rx: float, ry: float, alpha: float = 0.16
) -> None:
    canvas.tint(
        lambda mask: mask.fill(circle_points(centre, rx, ry), palette.ink), palette.ink, alpha, blur=ry * 0.5
    )
