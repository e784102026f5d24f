"""The places that stand for the demo clinics: a street, a harbour, the prairie, a mill and a forest."""

from .canvas import Canvas
from .countryside import cedar_forest, mill_stream
from .geometry import Point, spline
from .palette import Colour, Palette, mix
from .scenery import (
    bush,
    cloud,
    ground_shadow,
    hill,
    house,
    pine,
    ripples,
    round_tree,
    sky,
    sun,
)


def maple_street(canvas: Canvas, palette: Palette) -> None:
    """A residential street in the soft light of early autumn."""
    sky(canvas, palette, 640)
    sun(canvas, palette, (1240, 210), 62)
    cloud(canvas, palette, (150, 240), 330)
    cloud(canvas, palette, (760, 165), 230, 0.55)
    hill(
        canvas,
        [(-40, 520), (250, 450), (600, 505), (980, 440), (1350, 500), (1640, 455)],
        palette.leaf(0.84),
        palette.leaf(0.9),
    )
    for x, height in ((60, 170), (420, 150), (850, 190), (1190, 160), (1540, 180)):
        crown = palette.leaf(0.74)
        round_tree(canvas, (x, 640), height * 1.25, crown, palette.leaf(0.79), palette.sand(0.6))
    walls = (palette.warm(0.83, 0.6), palette.white, palette.main(0.78, 0.55), palette.sand(0.88, 1.3))
    roofs = (palette.main(0.42), palette.warm(0.55), palette.sand(0.5, 1.6), palette.main(0.5))
    for index, x in enumerate((110, 480, 890, 1255)):
        house(canvas, palette, (x, 700), (262, 330 + 24 * (index % 2)), walls[index], roofs[index])
    hill(canvas, [(-40, 692), (400, 700), (900, 694), (1640, 700)], palette.leaf(0.76), palette.leaf(0.66))
    _street(canvas, palette)
    for x, height, crown in (
        (60, 420, palette.warm(0.66)),
        (812, 390, palette.warm(0.72)),
        (1558, 440, palette.warm(0.62)),
    ):
        ground_shadow(canvas, palette, (x + 30, 742), height * 0.26, 13)
        round_tree(canvas, (x, 745), height, crown, mix(crown, palette.white, 0.25), palette.sand(0.42, 1.4))
    for x in (330, 420, 1150, 1220):
        bush(canvas, (x, 716), 76, palette.leaf(0.58), palette.leaf(0.66))


def _street(canvas: Canvas, palette: Palette) -> None:
    canvas.box((-10, 790), (1620, 30), palette.sand(0.93))
    canvas.box((-10, 820), (1620, 12), palette.sand(0.82))
    canvas.gradient(palette.main(0.64, 0.3), palette.main(0.56, 0.3), 832, 1000)
    for x in range(40, 1600, 240):
        canvas.box((x, 908), (120, 10), palette.sand(0.93), 5)
    canvas.fill([(594, 700), (628, 700), (640, 790), (572, 790)], palette.sand(0.93))
    canvas.fill([(1370, 700), (1404, 700), (1420, 790), (1352, 790)], palette.sand(0.93))
    for x, y in (
        (180, 772),
        (260, 760),
        (705, 770),
        (910, 764),
        (1000, 776),
        (1480, 768),
        (330, 872),
        (760, 858),
        (1130, 952),
        (560, 962),
    ):
        canvas.ellipse((x, y), 9, 5, palette.warm(0.68), angle=x % 60 - 30)


def harbour_view(canvas: Canvas, palette: Palette) -> None:
    """A calm lake harbour with sailing boats, a lighthouse and a wooden pier."""
    sky(canvas, palette, 560)
    sun(canvas, palette, (1130, 330), 70)
    cloud(canvas, palette, (180, 200), 360)
    cloud(canvas, palette, (1260, 150), 260, 0.6)
    hill(
        canvas,
        [(-40, 500), (240, 430), (520, 490), (900, 455), (1250, 505), (1640, 440)],
        palette.main(0.8, 0.5),
        palette.main(0.9, 0.4),
    )
    hill(
        canvas,
        [(-40, 470), (160, 455), (380, 515), (640, 552), (760, 570), (1640, 570)],
        palette.leaf(0.66),
        palette.leaf(0.7),
    )
    for x, height in ((40, 150), (110, 190), (180, 160), (250, 130), (320, 105)):
        pine(canvas, (x, 505 + x * 0.06), height, palette.leaf(0.5), palette.leaf(0.46))
    canvas.gradient(palette.sky(0.85), palette.sky(0.6, 1.2), 556, 1000)
    canvas.tint(
        lambda mask: mask.fill([(1085, 556), (1175, 556), (1290, 1000), (970, 1000)], palette.white),
        palette.white,
        0.35,
        blur=40,
    )
    ripples(
        canvas,
        [
            (1130, 590, 130),
            (1110, 625, 90),
            (1160, 668, 150),
            (1090, 720, 110),
            (1150, 780, 170),
            (420, 640, 120),
            (250, 720, 90),
            (760, 690, 100),
            (1440, 650, 110),
            (860, 820, 130),
        ],
        palette.white,
        0.6,
    )
    _lighthouse(canvas, palette)
    _sail(canvas, palette, (760, 650), 1.0, palette.warm(0.68))
    _sail(canvas, palette, (1400, 600), 0.55, palette.white)
    _sail(canvas, palette, (960, 585), 0.36, palette.white)
    _pier(canvas, palette)


def _lighthouse(canvas: Canvas, palette: Palette) -> None:
    canvas.blob([(300, 590), (350, 556), (430, 540), (520, 556), (570, 592), (440, 604)], palette.sand(0.62))
    body = [(398, 560), (414, 300), (466, 300), (482, 560)]
    canvas.fill(body, palette.white)
    with canvas.clip(lambda mask: mask.fill(body, palette.white)):
        for y in (345, 455):
            canvas.box((380, y), (120, 56), palette.warm(0.62))
        canvas.fill([(446, 300), (500, 300), (500, 570), (452, 570)], palette.ink, 0.1)
    canvas.box((402, 286), (76, 16), palette.main(0.36), 4)
    canvas.box((420, 246), (40, 42), palette.warm(0.9))
    canvas.fill([(412, 250), (440, 212), (468, 250)], palette.main(0.36))
    canvas.glow((440, 266), 130, palette.white, 0.6)


def _sail(canvas: Canvas, palette: Palette, hull: Point, size: float, sail: Colour) -> None:
    x, y = hull

    def at(*points: Point) -> list[Point]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    canvas.fill(spline(at((6, -306), (70, -180), (112, -50))) + at((6, -50)), sail)
    canvas.fill(spline(at((-8, -270), (-52, -150), (-92, -46))) + at((-8, -46)), mix(sail, palette.ink, 0.1))
    canvas.line(at((0, -318), (0, -10)), 7 * size, palette.sand(0.45, 1.4))
    canvas.fill(
        at((-122, -30), (136, -30)) + spline(at((136, -30), (90, 14), (-70, 14), (-122, -30))),
        palette.main(0.4),
    )
    canvas.fill(at((-122, -30), (136, -30), (128, -18), (-114, -18)), palette.white)
    canvas.tint(
        lambda mask: mask.fill(at((-80, 18), (90, 18), (60, 150), (-40, 150)), sail),
        sail,
        0.3,
        blur=18 * size,
    )


def _pier(canvas: Canvas, palette: Palette) -> None:
    wood, side = palette.sand(0.66, 1.8), palette.sand(0.5, 1.6)
    for x, y in ((150, 880), (370, 845), (560, 815)):
        canvas.box((x, y), (26, 160), palette.sand(0.42, 1.4))
    canvas.fill([(-20, 872), (640, 786), (700, 806), (-20, 950)], wood)
    canvas.fill([(-20, 950), (700, 806), (700, 824), (-20, 974)], side)
    for step in range(13):
        share = step / 12.5
        top = (40 + 600 * share, 866 - 80 * share + 2)
        canvas.line([top, (top[0] + 40 + 12 * share, 938 - 130 * share)], 3, side, 0.6)
    for x, y, size in ((230, 840, 1.15), (600, 792, 0.9)):
        canvas.box((x, y - 60 * size), (24 * size, 76 * size), side, 6)
        canvas.box((x - 3, y - 64 * size), (24 * size + 6, 12), palette.white, 5)


def prairie(canvas: Canvas, palette: Palette) -> None:
    """Wheat under a wide sky, with a grain elevator on the horizon."""
    canvas.gradient(palette.sky(0.83), palette.sand(0.965), 0, 600)
    sun(canvas, palette, (1110, 430), 84)
    for x, y, width, alpha in (
        (90, 180, 420, 0.8),
        (640, 120, 260, 0.6),
        (1230, 220, 330, 0.75),
        (480, 330, 240, 0.5),
        (1000, 300, 150, 0.4),
    ):
        cloud(canvas, palette, (x, y), width, alpha)
    hill(
        canvas,
        [(-40, 560), (400, 540), (900, 556), (1300, 536), (1640, 552)],
        palette.leaf(0.82),
        palette.leaf(0.86),
    )
    _elevator(canvas, palette)
    for x, height in ((250, 70), (310, 90), (365, 64), (880, 50), (930, 66), (1460, 80), (1520, 60)):
        round_tree(canvas, (x, 585), height, palette.leaf(0.6), palette.leaf(0.68), palette.sand(0.45))
    hill(
        canvas,
        [(-40, 580), (500, 572), (1100, 582), (1640, 570)],
        palette.gold(0.86, 0.8),
        palette.gold(0.8, 0.9),
    )
    _rows(canvas, palette)
    for tone, step, reach, start in ((0.72, 37, 150, -20), (0.62, 53, 96, 4)):
        for x in range(start, 1640, step):
            height = reach + 44 * (x * 7 % 5) / 4 + abs(x - 800) * 0.1
            _wheat(canvas, palette, (x, 1020), height, x * 13 % 17 - 8, tone)


def _elevator(canvas: Canvas, palette: Palette) -> None:
    wall, roof = palette.warm(0.58), palette.main(0.38)
    canvas.fill(
        [(520, 585), (520, 400), (560, 368), (560, 320), (640, 320), (640, 368), (680, 400), (680, 585)], wall
    )
    canvas.fill([(600, 585), (600, 320), (640, 320), (640, 368), (680, 400), (680, 585)], palette.ink, 0.14)
    canvas.fill([(550, 324), (600, 286), (650, 324)], roof)
    canvas.line([(514, 404), (560, 366), (560, 352)], 10, roof, smooth=False)
    canvas.line([(686, 404), (640, 366), (640, 352)], 10, roof, smooth=False)
    canvas.box((680, 500), (96, 85), mix(wall, palette.white, 0.2))
    canvas.fill([(674, 504), (728, 466), (784, 504)], roof)
    canvas.box((578, 430), (44, 60), palette.white, 4, 0.85)


def _rows(canvas: Canvas, palette: Palette) -> None:
    for index, foot in enumerate(range(-1500, 3200, 230)):
        apex = 800 + (foot - 800) * 0.1
        tone = palette.gold(0.78 if index % 2 else 0.83, 0.9)
        canvas.fill([(apex, 584), (apex + 18, 584), (foot + 130, 1010), (foot, 1010)], tone, 0.8)


def _wheat(canvas: Canvas, palette: Palette, foot: Point, height: float, lean: float, tone: float) -> None:
    x, y = foot
    tip = (x + lean * 3.2, y - height)
    canvas.tube([foot, (x + lean * 0.8, y - height * 0.5), tip], [6, 4], palette.gold(tone - 0.04))
    for index in range(6):
        share = index / 6
        cx, cy = tip[0] - lean * 0.7 * (1 - share), tip[1] + 40 - 62 * share
        size = 1 - 0.35 * share
        for side in (-1, 1):
            canvas.ellipse(
                (cx + side * 6.5 * size, cy),
                5 * size,
                12 * size,
                palette.gold(tone + (0.05 if side < 0 else -0.03)),
                angle=side * 22,
            )
    canvas.ellipse((tip[0] + lean * 0.2, tip[1] - 26), 4, 12, palette.gold(tone), angle=lean)


LANDSCAPES = {
    "maple-street": maple_street,
    "harbour-view": harbour_view,
    "mill-stream": mill_stream,
    "prairie": prairie,
    "cedar-forest": cedar_forest,
}
