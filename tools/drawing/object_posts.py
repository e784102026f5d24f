"""Pictures for posts that show a thing or a place."""

from .canvas import Canvas
from .geometry import Frame, Point, circle_points, spline
from .hands import open_hand
from .palette import Colour, Palette, mix
from .place_posts import clinic_room, winter_road
from .staging import backdrop, look_of, needle, potted_plant, room, window

CARAFE = [
    *spline([(906, 300), (918, 400), (880, 500), (846, 620), (846, 790), (884, 862)]),
    *spline([(1136, 862), (1174, 790), (1174, 620), (1140, 500), (1102, 400), (1114, 300)]),
]
TUMBLER = [
    (550, 450),
    *spline([(572, 800), (576, 840), (604, 862)]),
    *spline([(736, 862), (764, 840), (768, 800)]),
    (790, 450),
]


def water_glass(canvas: Canvas, palette: Palette) -> None:
    room(canvas, palette, palette.leaf(0.9, 0.6), 720)
    window(canvas, palette, (140, 90), (330, 380), palette.sky(0.92))
    canvas.gradient(palette.sand(0.8, 1.8), palette.sand(0.74, 1.8), 720, 1000)
    canvas.box((-10, 716), (1620, 12), palette.sand(0.87, 1.8))
    for x, width in ((640, 200), (1010, 250)):
        canvas.tint(
            lambda mask, x=x, width=width: mask.ellipse((x + 60, 860), width * 0.9, 24, palette.ink),
            palette.ink,
            0.2,
            blur=12,
        )
    _vessel(canvas, palette, CARAFE, 600)
    _vessel(canvas, palette, TUMBLER, 560)
    _lemon(canvas, palette, (744, 500), 70)
    potted_plant(canvas, palette, (1370, 850), 120)


def _vessel(canvas: Canvas, palette: Palette, outline: list[Point], surface: float) -> None:
    """A clear glass, filled with water up to the height `surface`."""
    with canvas.clip(lambda mask: mask.fill(outline, palette.white)):
        canvas.tint(lambda mask: mask.fill(outline, palette.white), palette.white, 0.5)
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)
        canvas.tint(
            lambda mask: mask.box((left, surface), (right - left, 290), palette.white),
            palette.sky(0.76, 1.5),
            0.75,
        )
        canvas.ellipse(((left + right) / 2, surface), (right - left) / 2, 18, palette.sky(0.86, 1.3), 0.9)
        canvas.tint(
            lambda mask: mask.line([(left + 60, outline[0][1] + 160), (left + 66, 800)], 20, palette.white),
            palette.white,
            0.6,
        )
    canvas.line([*outline, outline[0]], 7, palette.white, 0.9, smooth=False)


def _lemon(canvas: Canvas, palette: Palette, centre: Point, radius: float) -> None:
    canvas.ellipse(centre, radius, radius, (240, 200, 84))
    canvas.ellipse(centre, radius * 0.86, radius * 0.86, (253, 243, 205))
    for turn in range(8):
        frame = Frame(*centre, radius, turn * 45)
        canvas.blob(
            frame([(0, -0.12), (0.2, -0.6), (0.12, -0.74), (-0.12, -0.74), (-0.2, -0.6)]), (247, 217, 120)
        )


SHOE = [
    (-330, 70),
    (-340, -40),
    (-318, -150),
    (-262, -176),
    (-220, -130),
    (-150, -120),
    (-104, -160),
    (-40, -130),
    (60, -50),
    (190, -10),
    (290, 24),
    (318, 84),
    (200, 100),
    (-200, 100),
]


def running_shoes(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.warm(0.9, 0.6))
    canvas.tint(lambda mask: mask.ellipse((800, 800), 560, 30, palette.ink), palette.ink, 0.22, blur=16)
    _shoe(canvas, palette, Frame(880, 560, 1.15, -3), palette.main(0.42))
    _shoe(canvas, palette, Frame(730, 660, 1.3), palette.main(0.54))


def _shoe(canvas: Canvas, palette: Palette, frame: Frame, upper: Colour) -> None:
    size, dark = frame.scale, mix(upper, palette.ink, 0.4)
    sole = [
        (-345, 76),
        (-200, 92),
        (0, 86),
        (200, 92),
        (326, 66),
        (340, 96),
        (312, 128),
        (180, 130),
        (0, 122),
        (-180, 132),
        (-330, 130),
        (-352, 106),
    ]
    canvas.blob(
        frame([(-318, -140), (-262, -168), (-170, -126), (-104, -150), (-150, -80), (-280, -90)]), dark
    )
    canvas.blob(frame(SHOE), upper)
    with canvas.clip(lambda mask: mask.blob(frame(SHOE), upper)):
        canvas.blob(
            frame([(150, 110), (190, 10), (280, 0), (350, 60), (330, 130)]), mix(upper, palette.white, 0.2)
        )
        canvas.blob(
            frame([(-370, 120), (-360, -60), (-300, -70), (-262, 20), (-240, 120)]),
            mix(upper, palette.white, 0.2),
        )
        canvas.line(frame([(-190, 110), (-120, 40), (0, 0), (90, 10)]), 26 * size, palette.warm(0.7))
        canvas.line(frame([(-120, 110), (-50, 60), (60, 40)]), 18 * size, palette.warm(0.8))
    canvas.blob(frame(sole), palette.white)
    canvas.line(
        frame([(-320, 122), (-180, 124), (0, 114), (180, 122), (306, 120)]), 12 * size, palette.warm(0.62)
    )
    for x, y in ((-76, -128), (-34, -104), (6, -76), (46, -50)):
        canvas.line(frame([(x - 46, y + 30), (x - 10, y + 14), (x + 14, y - 6)]), 11 * size, palette.white)


def hands(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    lower, upper = look_of(palette, 2), look_of(palette, 0)
    open_hand(canvas, Frame(680, 600, 1.75, 62), lower.skin, palette.main(0.5), spread=1.1, arm=420)
    canvas.tint(
        lambda mask: mask.ellipse((850, 520), 190, 110, palette.ink, angle=-20), palette.ink, 0.22, blur=26
    )
    open_hand(canvas, Frame(1010, 560, 1.75, -66, True), upper.skin, palette.warm(0.66), spread=1.1, arm=420)


def needle_tray(canvas: Canvas, palette: Palette) -> None:
    canvas.gradient(palette.sand(0.955, 0.6), palette.sand(0.91, 0.9))
    canvas.blob(
        [(120, 520), (300, 160), (800, 90), (1340, 120), (1520, 520), (1300, 880), (780, 930), (300, 860)],
        palette.main(0.9, 0.6),
    )
    canvas.tint(lambda mask: mask.box((290, 250), (1040, 580), palette.ink, 70), palette.ink, 0.22, blur=24)
    canvas.box((280, 220), (1040, 580), mix(palette.steel, palette.main(0.7), 0.2), 70)
    canvas.box((306, 246), (988, 528), mix(palette.steel, palette.white, 0.55), 54)
    canvas.fill([(420, 246), (640, 246), (470, 774), (306, 774), (306, 640)], palette.white, 0.3)
    for index in range(6):
        x = 380 + index * 92
        canvas.box((x, 310), (66, 400), palette.white, 14, 0.95)
        canvas.box((x, 310), (66, 84), (palette.main(0.66), palette.warm(0.74))[index % 2], 14)
        needle(canvas, palette, (x + 33, 680), (x + 33, 420))
    for x, y, radius in ((1010, 360, 58), (1100, 330, 54), (1080, 416, 60), (1180, 390, 52)):
        canvas.ellipse((x + 6, y + 9), radius, radius, palette.ink, 0.12)
        canvas.ellipse((x, y), radius, radius, palette.white)
    for x, y, angle in ((1030, 600, -8), (1120, 640, 10)):
        packet = Frame(x, y, 1, angle)
        canvas.fill(packet([(-80, -66), (84, -66), (84, 70), (-80, 70)]), palette.ink, 0.12)
        canvas.fill(packet([(-84, -72), (80, -72), (80, 64), (-84, 64)]), palette.sky(0.86, 1.2))
        canvas.fill(packet([(-60, -48), (56, -48), (56, 40), (-60, 40)]), palette.white)
        canvas.ellipse(packet.point(-2, -4), 24, 24, palette.main(0.62))


def calendar(canvas: Canvas, palette: Palette) -> None:
    room(canvas, palette, palette.warm(0.93, 0.5), 860)
    canvas.tint(lambda mask: mask.box((490, 130), (640, 650), palette.ink, 30), palette.ink, 0.18, blur=24)
    canvas.box((480, 110), (640, 650), palette.white, 30)
    canvas.box((480, 110), (640, 150), palette.main(0.5), 30)
    canvas.box((480, 200), (640, 60), palette.main(0.5))
    canvas.box((640, 168), (320, 30), palette.main(0.86, 0.6), 15)
    for x in (580, 720, 880, 1020):
        canvas.box((x - 9, 78), (18, 74), palette.steel, 9)
    for index in range(31):
        x, y = 532 + (index + 2) % 7 * 80, 306 + (index + 2) // 7 * 88
        marked = {8: palette.warm(0.66), 15: palette.warm(0.66), 22: palette.leaf(0.66)}.get(index)
        canvas.box((x, y), (58, 58), marked or palette.sand(0.95, 0.8), 16)
        if marked:
            canvas.line(
                [(x + 15, y + 30), (x + 25, y + 41), (x + 44, y + 18)], 7, palette.white, smooth=False
            )
    _clock(canvas, palette, (1330, 290), 110)
    canvas.box((150, 640), (240, 18), palette.sand(0.68, 1.6), 6)
    potted_plant(canvas, palette, (270, 640), 92)


def _clock(canvas: Canvas, palette: Palette, centre: Point, radius: float) -> None:
    canvas.ellipse((centre[0] + 5, centre[1] + 9), radius, radius, palette.ink, 0.14)
    canvas.ellipse(centre, radius, radius, palette.main(0.42))
    canvas.ellipse(centre, radius * 0.86, radius * 0.86, palette.white)
    for x, y in circle_points(centre, radius * 0.7, radius * 0.7, steps=12):
        canvas.ellipse((x, y), 4.5, 4.5, palette.main(0.6))
    canvas.line([centre, (centre[0] - radius * 0.32, centre[1] - radius * 0.3)], 10, palette.ink)
    canvas.line([centre, (centre[0] + radius * 0.34, centre[1] - radius * 0.48)], 7, palette.ink)
    canvas.ellipse(centre, 9, 9, palette.warm(0.62))


OBJECT_POSTS = {
    "water-glass": water_glass,
    "clinic-room": clinic_room,
    "running-shoes": running_shoes,
    "winter-road": winter_road,
    "hands": hands,
    "needle-tray": needle_tray,
    "calendar": calendar,
}
