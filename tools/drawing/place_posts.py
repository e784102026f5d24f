"""Pictures for posts that show a place."""

from .canvas import Canvas
from .geometry import Frame, Point, spline
from .palette import Palette
from .scenery import ground_shadow, hill, house, pine, sun
from .staging import potted_plant, room, sprig, window


def clinic_room(canvas: Canvas, palette: Palette) -> None:
    room(canvas, palette, palette.main(0.9, 0.5), 790)
    window(canvas, palette, (150, 150), (360, 390), palette.sky(0.93))
    for x, tone in ((900, palette.warm(0.84, 0.7)), (1090, palette.leaf(0.84))):
        canvas.box((x, 170), (150, 190), palette.white, 6)
        canvas.box((x + 18, 188), (114, 154), tone)
        sprig(canvas, Frame(x + 75, 330, 0.95), palette.leaf(0.52))
    ground_shadow(canvas, palette, (720, 905), 430, 22)
    for x in (420, 1000):
        canvas.tube([(x, 690), (x - 20, 896)], [28, 24], palette.sand(0.56, 1.6))
        canvas.tube([(x + 40, 690), (x + 60, 896)], [28, 24], palette.sand(0.5, 1.6))
    canvas.box((330, 660), (800, 40), palette.sand(0.66, 1.7), 14)
    canvas.box((320, 590), (820, 84), palette.main(0.56), 38)
    canvas.box((560, 582), (470, 120), palette.white, 18)
    canvas.box((560, 670), (470, 10), palette.main(0.84))
    canvas.box((350, 540), (180, 66), palette.white, 32)
    _cabinet(canvas, palette)
    potted_plant(canvas, palette, (180, 900), 110)


def _cabinet(canvas: Canvas, palette: Palette) -> None:
    canvas.box((1250, 520), (270, 370), palette.sand(0.8, 1.6), 10)
    canvas.box((1236, 506), (298, 26), palette.sand(0.7, 1.7), 8)
    for y in (548, 660, 772):
        canvas.box((1268, y), (234, 98), palette.sand(0.86, 1.5), 8)
        canvas.box((1360, y + 42), (52, 12), palette.sand(0.54, 1.6), 6)
    for index in range(3):
        canvas.box(
            (1262, 478 - index * 26),
            (120, 28),
            (palette.white, palette.main(0.8), palette.warm(0.84, 0.7))[index],
            13,
        )
    canvas.box((1430, 440), (46, 66), palette.main(0.66), 12)
    canvas.box((1444, 418), (18, 26), palette.main(0.42))


def winter_road(canvas: Canvas, palette: Palette) -> None:
    canvas.gradient(palette.sky(0.84), palette.warm(0.95, 0.6), 0, 620)
    sun(canvas, palette, (1050, 400), 70)
    hill(
        canvas,
        [(-40, 480), (300, 380), (640, 480), (980, 420), (1320, 360), (1640, 470)],
        palette.sky(0.82, 0.8),
        palette.sky(0.92, 0.6),
    )
    hill(canvas, [(-40, 560), (420, 520), (860, 570), (1640, 520)], palette.sky(0.93, 0.6), palette.white)
    for x, y, height in (
        (70, 640, 330),
        (200, 620, 260),
        (320, 605, 190),
        (1300, 600, 200),
        (1420, 620, 290),
        (1550, 640, 360),
    ):
        pine(canvas, (x, y), height, palette.leaf(0.5), palette.leaf(0.45))
        _snow(canvas, palette, (x, y), height)
    house(canvas, palette, (520, 610), (150, 160), palette.warm(0.62), palette.white)
    hill(canvas, [(-40, 620), (500, 590), (1000, 612), (1640, 600)], palette.white, palette.sky(0.92, 0.6))
    left = spline([(790, 602), (760, 650), (880, 720), (720, 840), (430, 1040)])
    right = spline([(1150, 1040), (1120, 850), (1040, 720), (830, 650), (816, 602)])
    canvas.fill([*left, *right], palette.main(0.72, 0.3))
    for points, width in (
        ([(806, 650), (850, 680)], 6),
        ([(930, 715), (946, 760)], 9),
        ([(930, 810), (890, 870)], 13),
        ([(840, 930), (790, 1000)], 17),
    ):
        canvas.line(points, width, palette.white)
    for x, y in ((330, 860), (560, 740), (1240, 800), (1360, 930)):
        canvas.box((x, y - 90), (12, 110), palette.warm(0.56), 5)
        canvas.box((x - 2, y - 96), (16, 18), palette.white, 7)


def _snow(canvas: Canvas, palette: Palette, foot: Point, height: float) -> None:
    x, y = foot
    for tier in range(4):
        low = y - height * (0.2 + 0.16 * tier)
        half = height * (0.1 - 0.016 * tier)
        canvas.fill(
            [
                (x, low - height * 0.2),
                (x + half * 0.5, low - height * 0.07),
                (x - half * 0.2, low - height * 0.045),
                (x - half, low),
            ],
            palette.white,
        )
