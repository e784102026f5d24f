"""Two places among trees: a mill by a stream, and a cedar forest."""

from .canvas import Canvas
from .geometry import Frame, Point, circle_points, spline
from .palette import Palette, mix
from .scenery import cloud, fern, grass, hill, mist, pine, ripples, round_tree, sky, sun


def mill_stream(canvas: Canvas, palette: Palette) -> None:
    """An old stone mill with its wheel beside a bending stream."""
    sky(canvas, palette, 560)
    sun(canvas, palette, (430, 220), 60)
    cloud(canvas, palette, (680, 190), 300)
    cloud(canvas, palette, (60, 300), 220, 0.5)
    hill(
        canvas,
        [(-40, 420), (300, 350), (700, 430), (1100, 340), (1640, 420)],
        palette.main(0.83, 0.5),
        palette.main(0.9, 0.4),
    )
    hill(
        canvas,
        [(-40, 500), (260, 450), (620, 520), (980, 470), (1640, 500)],
        palette.leaf(0.75),
        palette.leaf(0.8),
    )
    for x, height in ((70, 230), (210, 260), (340, 200), (560, 190), (680, 230), (800, 200)):
        round_tree(canvas, (x, 580), height, palette.leaf(0.62), palette.leaf(0.7), palette.sand(0.45, 1.4))
    hill(canvas, [(-40, 580), (400, 556), (900, 580), (1640, 560)], palette.leaf(0.78), palette.leaf(0.62))
    _stream(canvas, palette)
    _mill(canvas, palette)
    for x, y, size in (
        (70, 930, 70),
        (160, 968, 90),
        (1490, 930, 80),
        (1400, 975, 64),
        (250, 850, 44),
        (330, 690, 34),
    ):
        grass(canvas, (x, y), size, palette.leaf(0.47))
    for x, y, rx in ((452, 862, 52), (700, 775, 36), (560, 950, 70), (1130, 870, 48)):
        canvas.ellipse((x, y), rx, rx * 0.42, palette.sand(0.7, 0.8))
        canvas.ellipse((x - rx * 0.15, y - rx * 0.1), rx * 0.7, rx * 0.24, palette.sand(0.8, 0.8))


def _stream(canvas: Canvas, palette: Palette) -> None:
    left = spline([(330, 566), (420, 600), (700, 650), (720, 720), (480, 800), (330, 900), (300, 1040)])
    right = spline(
        [(940, 1040), (960, 940), (1080, 850), (1220, 790), (1250, 720), (1080, 650), (700, 606), (400, 566)]
    )
    outline = [*left, *right]
    with canvas.clip(lambda mask: mask.fill(outline, palette.white)):
        canvas.gradient(palette.sky(0.84), palette.sky(0.62, 1.2), 560)
    canvas.line(left, 10, palette.leaf(0.55), 0.5, smooth=False)
    ripples(
        canvas,
        [
            (830, 690, 120),
            (900, 735, 160),
            (760, 800, 130),
            (880, 850, 150),
            (640, 880, 140),
            (740, 955, 150),
            (1060, 780, 80),
        ],
        palette.white,
        0.65,
    )


def _mill(canvas: Canvas, palette: Palette) -> None:
    stone, roof = palette.sand(0.8, 1.2), palette.warm(0.5)
    canvas.fill([(1120, 700), (1120, 400), (1430, 400), (1430, 700)], stone)
    canvas.fill(
        [(1430, 700), (1430, 400), (1510, 300), (1590, 400), (1590, 700)], mix(stone, palette.ink, 0.13)
    )
    canvas.fill([(1085, 412), (1180, 285), (1520, 285), (1440, 412)], roof)
    canvas.fill(
        [(1520, 285), (1612, 408), (1590, 416), (1508, 304), (1440, 412)], mix(roof, palette.ink, 0.3)
    )
    for x, y in (
        (1160, 440),
        (1250, 560),
        (1370, 460),
        (1160, 600),
        (1400, 620),
        (1300, 660),
        (1480, 640),
        (1540, 560),
    ):
        canvas.box((x, y), (46, 18), palette.sand(0.72, 1.2), 6, 0.8)
    for x, y in ((1210, 450), (1330, 450), (1330, 570), (1486, 460)):
        canvas.box((x - 7, y - 7), (62, 84), palette.white, 8)
        canvas.box((x, y), (48, 70), palette.main(0.5), 4)
        canvas.box((x + 21, y), (6, 70), palette.white)
    bank = spline(
        [(1100, 712), (1180, 690), (1400, 684), (1640, 680), (1660, 760), (1400, 780), (1190, 752)],
        closed=True,
    )
    canvas.fill(bank, palette.leaf(0.67))
    _wheel(canvas, palette, (1120, 590), 150)


def _wheel(canvas: Canvas, palette: Palette, hub: Point, radius: float) -> None:
    wood, dark = palette.sand(0.5, 1.8), palette.sand(0.38, 1.5)
    rim = circle_points(hub, radius, radius, steps=16)
    for share in (1.0, 0.78):
        ring = [
            (hub[0] + (x - hub[0]) * share, hub[1] + (y - hub[1]) * share)
            for x, y in circle_points(hub, radius, radius)
        ]
        canvas.line([*ring, ring[0]], 13, dark, smooth=False)
    for x, y in rim:
        inner = (hub[0] + (x - hub[0]) * 0.74, hub[1] + (y - hub[1]) * 0.74)
        outer = (hub[0] + (x - hub[0]) * 1.1, hub[1] + (y - hub[1]) * 1.1)
        canvas.line([inner, outer], 14, wood)
    for x, y in rim[::2]:
        canvas.line([hub, (hub[0] + (x - hub[0]) * 0.8, hub[1] + (y - hub[1]) * 0.8)], 10, wood)
    canvas.ellipse(hub, 24, 24, dark)
    ripples(canvas, [(1110, 742, 220), (1080, 762, 160), (1120, 724, 150)], palette.white, 0.85)


def cedar_forest(canvas: Canvas, palette: Palette) -> None:
    """A quiet path between old cedars, with light falling through the mist."""
    canvas.gradient(palette.sky(0.9, 0.7), palette.sand(0.95), 0, 700)
    canvas.glow((820, 380), 600, palette.white, 0.95)
    for base, tone, height, shift in ((590, 0.86, 400, 0), (640, 0.77, 470, 55), (690, 0.66, 500, 20)):
        _treeline(canvas, palette, base, tone, height, shift)
    hill(
        canvas,
        [(-40, 664), (420, 692), (820, 704), (1200, 690), (1640, 658)],
        palette.leaf(0.63),
        palette.leaf(0.5),
    )
    left = spline([(808, 702), (788, 756), (836, 830), (700, 920), (560, 1040)])
    right = spline([(1120, 1040), (1060, 920), (980, 836), (862, 762), (840, 702)])
    canvas.fill([*left, *right], palette.sand(0.86, 1.4))
    for x, width, tone, foot in (
        (262, 84, 0.5, 850),
        (1372, 92, 0.5, 860),
        (70, 150, 0.38, 990),
        (1540, 160, 0.38, 1000),
    ):
        _cedar(canvas, palette, x, width, tone, foot)
    for x, y, size in (
        (262, 872, 100),
        (1372, 882, 100),
        (90, 1010, 190),
        (1510, 1015, 190),
        (420, 960, 90),
        (1230, 975, 90),
    ):
        for angle in (-78, -44, -14, 16, 46):
            fern(canvas, (x, y), size, angle - 6, palette.leaf(0.46 if size > 150 else 0.54))


def _treeline(canvas: Canvas, palette: Palette, base: float, tone: float, height: float, shift: int) -> None:
    """A row of conifers that is lower where the path opens, standing in mist."""
    hill(
        canvas,
        [(-40, base), (500, base + 24), (820, base + 34), (1150, base + 22), (1640, base)],
        palette.leaf(tone),
    )
    for index, x in enumerate(range(-60 + shift, 1700, 108)):
        gap = min(1, abs(x - 820) / 620)
        size = height * (0.5 + 0.6 * gap) * (0.86 + 0.08 * (index * 5 % 4))
        pine(canvas, (x, base + 40), size, palette.leaf(tone), palette.leaf(tone - 0.02))
    mist(canvas, palette, base + 40, 110, 0.6)


def _cedar(canvas: Canvas, palette: Palette, x: float, width: float, tone: float, foot: float) -> None:
    """One old tree: a flared trunk with grooves, and hanging sprays of green."""
    bark = palette.sand(tone, 1.8)
    left = spline(
        [
            (x - width * 0.4, -20),
            (x - width * 0.46, foot - 300),
            (x - width * 0.56, foot - 90),
            (x - width * 1.0, foot),
        ]
    )
    right = spline(
        [
            (x + width * 1.0, foot),
            (x + width * 0.56, foot - 90),
            (x + width * 0.46, foot - 300),
            (x + width * 0.4, -20),
        ]
    )
    trunk = [*left, (x, foot + width * 0.16), *right]
    canvas.fill(trunk, bark)
    with canvas.clip(lambda mask: mask.fill(trunk, bark)):
        canvas.fill(
            [(x + width * 0.12, -20), (x + width, -20), (x + width, foot + 40), (x + width * 0.2, foot + 40)],
            palette.ink,
            0.14,
        )
        canvas.tint(lambda mask: _grooves(mask, x, width, foot), palette.sand(tone - 0.09, 1.6), 0.7)
    for y, side, reach in ((70, -1, 1.9), (40, 1, 2.1), (190, 1, 1.7), (260, -1, 1.5), (360, 1, 1.1)):
        _bough(canvas, palette, (x + side * width * 0.3, y), side, reach * width, tone)


def _grooves(canvas: Canvas, x: float, width: float, foot: float) -> None:
    for share in (-0.26, -0.05, 0.16, 0.34):
        canvas.line(
            [
                (x + width * share, -20),
                (x + width * share * 1.2, foot * 0.5),
                (x + width * share * 1.8, foot),
            ],
            width * 0.035,
            (0, 0, 0),
        )


def _bough(canvas: Canvas, palette: Palette, start: Point, side: int, reach: float, tone: float) -> None:
    x, y = start
    curve = spline(
        [start, (x + side * reach * 0.5, y + reach * 0.05), (x + side * reach, y + reach * 0.32)], steps=6
    )
    canvas.tube(curve, [reach * 0.07, 4], palette.sand(tone - 0.04, 1.6), smooth=False)
    for index, (px, py) in enumerate(curve[1:]):
        length = reach * (0.4 - 0.02 * index)
        lean = side * (8 + 3 * (index % 3))
        spray = Frame(px, py - 4, length, -lean)
        leaf = palette.leaf(tone + (0.07 if index % 2 else 0.02))
        canvas.blob(
            spray([(-0.12, 0), (0.14, 0), (0.2, 0.4), (0.1, 0.75), (0, 1), (-0.1, 0.7), (-0.19, 0.4)]), leaf
        )
