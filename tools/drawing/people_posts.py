"""Pictures for posts in which somebody does something."""

from .bodies import profile_head
from .canvas import Canvas
from .faces import DARK, bust
from .figures import WALKING, Pose, figure
from .geometry import Frame, spline
from .hands import open_hand
from .palette import Palette, mix
from .scenery import cloud, grass, ground_shadow, hill, round_tree, sky, sun
from .staging import arrow, backdrop, look_of, potted_plant, room, window


def reading_chair(canvas: Canvas, palette: Palette) -> None:
    room(canvas, palette, palette.main(0.88, 0.5), 830)
    window(canvas, palette, (190, 150), (330, 400), palette.sky(0.9))
    canvas.ellipse((800, 905), 620, 62, palette.warm(0.8, 0.6))
    _lamp(canvas, palette)
    chair, dark = palette.warm(0.62), palette.warm(0.54)
    for x in (620, 900):
        canvas.tube([(x, 840), (x + (14 if x > 700 else -14), 912)], [24, 16], palette.sand(0.4, 1.4))
    canvas.tube([(632, 740), (590, 560), (556, 400)], [150, 150, 130], dark)
    canvas.box((600, 700), (350, 150), chair, 40)
    look = look_of(palette, 1, palette.main(0.56), "bun")
    joints = figure(
        canvas, (716, 668), 128, look, Pose(-8, 16, (34, 104), (42, 108), (86, 6, 0), (78, 22, -10))
    )
    _book(canvas, palette, Frame(joints.wrist[0] + 34, joints.wrist[1] - 30, 1, 14))
    canvas.tube([(610, 690), (760, 700), (900, 708)], [76, 80, 92], mix(chair, palette.white, 0.12))
    potted_plant(canvas, palette, (240, 910), 110)


def _book(canvas: Canvas, palette: Palette, frame: Frame) -> None:
    canvas.fill(frame([(-60, 36), (0, 54), (66, 12), (70, -74), (6, -34), (-56, -50)]), palette.main(0.42))
    canvas.fill(frame([(-54, 26), (0, 44), (0, -36), (-50, -52)]), palette.white)
    canvas.fill(frame([(0, 44), (60, 4), (64, -78), (0, -36)]), palette.sand(0.92))


def _lamp(canvas: Canvas, palette: Palette) -> None:
    canvas.glow((1180, 330), 420, palette.glow_core, 0.5)
    canvas.box((1172, 340), (14, 520), palette.main(0.36, 0.5))
    canvas.box((1110, 850), (140, 22), palette.main(0.36, 0.5), 10)
    canvas.fill([(1112, 226), (1246, 226), (1292, 384), (1066, 384)], palette.sand(0.93, 1.6))
    canvas.box((1066, 376), (226, 12), palette.warm(0.72), 5)


def desk_worker(canvas: Canvas, palette: Palette) -> None:
    room(canvas, palette, palette.sky(0.9), 850)
    window(canvas, palette, (1080, 130), (320, 330), palette.sky(0.94))
    for y, width in ((240, 300), (370, 220)):
        canvas.box((180, y), (width, 16), palette.sand(0.7, 1.6), 6)
        for index in range(int(width / 44)):
            tone = (palette.main(0.6), palette.warm(0.7), palette.sand(0.86), palette.leaf(0.66))[
                (index + width) % 4
            ]
            canvas.box((196 + index * 40, y - 82 + index % 3 * 10), (28, 82 - index % 3 * 10), tone, 4)
    ground_shadow(canvas, palette, (800, 940), 460, 20)
    seat = palette.main(0.38, 0.6)
    canvas.tube([(560, 720), (560, 880)], [24, 24], palette.steel)
    canvas.tube([(460, 910), (560, 880), (660, 910)], [24, 26, 24], seat)
    canvas.tube([(470, 650), (448, 540), (464, 440)], [54, 60, 56], seat)
    canvas.tube([(490, 712), (650, 716)], [62, 58], seat)
    look = look_of(palette, 0, palette.warm(0.6))
    figure(canvas, (570, 656), 128, look, Pose(10, 10, (30, 92), (38, 94), (86, 2, 0), (80, -8, 0)))
    _desk(canvas, palette)


def _desk(canvas: Canvas, palette: Palette) -> None:
    wood = palette.sand(0.74, 1.8)
    for x in (780, 1360):
        canvas.box((x, 640), (24, 300), palette.sand(0.6, 1.6), 6)
    canvas.box((730, 608), (710, 34), wood, 10)
    canvas.box((790, 592), (150, 16), palette.main(0.4, 0.4), 6)
    canvas.box((1054, 560), (30, 50), palette.steel)
    canvas.box((1010, 594), (120, 14), palette.steel, 6)
    canvas.tube([(1066, 356), (1062, 548)], [40, 40], palette.main(0.34, 0.5))
    canvas.box((1036, 346), (18, 214), palette.sky(0.93), 8)
    canvas.box((1190, 556), (62, 54), palette.warm(0.66), 10)
    potted_plant(canvas, palette, (1330, 608), 62)


def walking_path(canvas: Canvas, palette: Palette) -> None:
    sky(canvas, palette, 600)
    sun(canvas, palette, (330, 230), 66)
    cloud(canvas, palette, (620, 200), 300)
    cloud(canvas, palette, (1180, 270), 260, 0.6)
    hill(
        canvas,
        [(-40, 500), (320, 420), (760, 500), (1200, 400), (1640, 480)],
        palette.main(0.83, 0.5),
        palette.main(0.9, 0.4),
    )
    hill(canvas, [(-40, 590), (420, 520), (900, 590), (1640, 500)], palette.leaf(0.76), palette.leaf(0.82))
    for x, y, height in ((120, 640, 300), (1240, 610, 260), (1420, 620, 340), (1560, 640, 250)):
        round_tree(canvas, (x, y), height, palette.leaf(0.62), palette.leaf(0.69), palette.sand(0.46, 1.5))
    hill(canvas, [(-40, 660), (500, 620), (1100, 640), (1640, 610)], palette.leaf(0.7), palette.leaf(0.58))
    near = spline([(-40, 860), (400, 800), (820, 800), (1240, 870), (1660, 850)])
    canvas.fill(
        [*near, *spline([(1660, 960), (1240, 986), (820, 900), (400, 900), (-40, 980)])],
        palette.sand(0.87, 1.4),
    )
    ground_shadow(canvas, palette, (790, 890), 190, 13, 0.22)
    figure(canvas, (790, 480), 120, look_of(palette, 2, palette.warm(0.6), "bun"), WALKING)
    for x, y, size in (
        (150, 960, 66),
        (300, 780, 40),
        (1150, 800, 46),
        (1450, 960, 80),
        (1520, 940, 60),
        (560, 980, 56),
    ):
        grass(canvas, (x, y), size, palette.leaf(0.46))


def neck_stretch(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.leaf(0.9, 0.7))
    frame, look = Frame(790, 480, 1.34), look_of(palette, 2, palette.main(0.58), "bun")
    bust(canvas, frame, look, tilt=22, is_resting=True)
    canvas.tint(
        lambda mask: mask.line(frame([(-66, 120), (-80, 190), (-150, 246)]), 40, DARK),
        palette.glow_core,
        0.55,
        blur=16,
    )
    canvas.tube(frame([(250, 380), (330, 140), (270, -60)]), frame.sizes(108, 88, 76), look.skin)
    canvas.tube(frame([(270, -60), (210, -150), (120, -190)]), frame.sizes(76, 66, 54), look.skin)
    canvas.tube(
        frame([(222, 440), (300, 290), (322, 190)]), frame.sizes(126, 122, 112), mix(look.top, DARK, 0.12)
    )
    open_hand(canvas, Frame(*frame.point(128, -188), 1.04, -98), look.skin, arm=20)
    arrow(canvas, [(560, 190), (600, 120), (680, 66), (770, 44)], 12, palette.warm(0.6))


def sleep(canvas: Canvas, palette: Palette) -> None:
    canvas.gradient(palette.main(0.42, 0.7), palette.main(0.52, 0.6))
    window(canvas, palette, (950, 110), (380, 400), palette.main(0.3, 0.9), daylight=0.5)
    canvas.glow((1070, 230), 170, palette.glow_core, 0.4)
    moon = [(1084, 176), (1022, 204), (1020, 262), (1066, 292), (1118, 274), (1074, 262), (1056, 222)]
    canvas.blob(moon, palette.sand(0.93, 1.4))
    for x, y, radius in ((1230, 180, 5), (1270, 330, 4), (1000, 400, 4), (1200, 420, 5), (990, 160, 4)):
        canvas.ellipse((x, y), radius, radius, palette.white)
    canvas.box((150, 480), (70, 430), palette.sand(0.5, 1.6), 26)
    canvas.box((170, 790), (1290, 100), palette.sand(0.56, 1.6), 20)
    canvas.box((190, 730), (1250, 90), palette.white, 30)
    canvas.blob([(230, 720), (260, 640), (420, 620), (560, 650), (580, 730), (420, 756)], palette.sand(0.95))
    look = look_of(palette, 3, hair_style="bun")
    canvas.tube([(430, 660), (600, 690)], [84, 120], look.skin)
    profile_head(canvas, Frame(400, 618, 0.52, -78), look)
    quilt = [
        (530, 800),
        (520, 690),
        (620, 600),
        (800, 590),
        (1000, 640),
        (1180, 610),
        (1330, 560),
        (1420, 640),
        (1460, 800),
    ]
    canvas.fill(spline(quilt), palette.sky(0.76))
    with canvas.clip(lambda mask: mask.fill(spline(quilt), palette.white)):
        for shift in range(0, 1000, 120):
            canvas.line(
                [(560 + shift, 560), (530 + shift, 690), (560 + shift, 820)], 16, palette.sky(0.82), 0.8
            )
        canvas.line([(540, 800), (530, 692), (622, 612)], 60, palette.white)


def team(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    tops = (palette.main(0.52), palette.warm(0.64), palette.main(0.66), palette.main(0.42))
    people = (
        (1, 560, 430, "short", 1),
        (2, 1040, 430, "curly", 3),
        (0, 330, 560, "bob", 0),
        (5, 1270, 560, "bald", 2),
        (3, 800, 560, "bun", 1),
    )
    for person, x, y, style, top in people:
        look = look_of(palette, person, tops[top], style)
        if style == "bald":
            look = type(look)(look.skin, look.hair, look.top, style, glasses=True, beard=True)
        canvas.tint(
            lambda mask, x=x, y=y: mask.ellipse((x, y + 380), 250, 170, palette.ink),
            palette.ink,
            0.12,
            blur=40,
        )
        bust(canvas, Frame(x, y, 0.98), look)


PEOPLE_POSTS = {
    "reading-chair": reading_chair,
    "desk-worker": desk_worker,
    "walking-path": walking_path,
    "neck-stretch": neck_stretch,
    "sleep": sleep,
    "team": team,
}
