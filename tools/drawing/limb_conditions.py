"""Conditions of the arms and legs: the sore place glows."""

from .bodies import FOOT, foot
from .canvas import Canvas
from .figures import RUNNING, Pose, figure
from .geometry import Frame, circle_points, mirrored
from .hands import gripping_hand, open_hand
from .palette import Colour, Palette, mix
from .scenery import ground_shadow
from .staging import backdrop, look_of, sore, sore_path

LEGS = mirrored(
    [
        (60, -420),
        (146, -400),
        (166, -300),
        (196, -180),
        (206, -60),
        (196, 80),
        (168, 300),
        (158, 420),
        (166, 520),
        (146, 680),
        (120, 860),
        (40, 860),
        (46, 640),
        (34, 440),
        (22, 120),
        (0, 40),
    ]
)


def sciatica(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.sky(0.89))
    frame, look = Frame(800, 330, 0.94), look_of(palette, 0)
    canvas.blob(frame(LEGS), look.skin)
    _shorts_and_shirt(canvas, palette, frame, look.shade)
    route = frame([(40, -250), (84, -110), (112, 60), (106, 260), (104, 420), (100, 600)])
    sore_path(canvas, palette, route, 42, lambda mask: mask.blob(frame(LEGS), palette.ink))
    sore(canvas, palette, frame.point(58, -190), 84, lambda mask: mask.blob(frame(LEGS), palette.ink))


def _shorts_and_shirt(canvas: Canvas, palette: Palette, frame: Frame, shade: Colour) -> None:
    shirt, shorts = palette.sand(0.92, 1.2), palette.main(0.5)
    with canvas.clip(lambda mask: mask.blob(frame(LEGS), palette.ink)):
        for side in (-1, 1):
            canvas.line(frame([(side * 60, 436), (side * 100, 446), (side * 136, 436)]), 7, shade, 0.8)
            canvas.tint(
                lambda mask, side=side: mask.line(
                    frame([(side * 215, 180), (side * 172, 400), (side * 185, 540), (side * 140, 880)]),
                    46,
                    palette.ink,
                ),
                shade,
                0.7,
                blur=16,
            )
        canvas.fill(
            frame([(-300, -240), (300, -240), (300, 190), (110, 206), (0, 196), (-110, 206), (-300, 190)]),
            shorts,
        )
        canvas.fill(frame([(-300, -500), (300, -500), (300, -206), (0, -190), (-300, -206)]), shirt)
        canvas.line(frame([(0, -190), (0, 60)]), 6, mix(shorts, palette.ink, 0.5), 0.7)
        for side in (-1, 1):
            canvas.line(
                frame([(side * 6, 50), (side * 60, 30), (side * 120, 20)]),
                6,
                mix(shorts, palette.ink, 0.5),
                0.5,
            )


def muscle_spasm(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.leaf(0.9, 0.7))
    ground_shadow(canvas, palette, (800, 905), 470, 26)
    canvas.box((420, 640), (330, 60), palette.sand(0.72, 1.5), 18)
    for x in (460, 680):
        canvas.box((x, 690), (34, 210), palette.sand(0.58, 1.5), 8)
    look = look_of(palette, 4, palette.main(0.6))
    pose = Pose(44, 10, (34, 16), (42, 26), (74, -8, 0), (84, 24, -16))
    joints = figure(canvas, (610, 560), 172, look, pose, has_trousers=False)
    calf = (
        joints.far_knee[0] * 0.5 + joints.far_ankle[0] * 0.5 - 12,
        joints.far_knee[1] * 0.5 + joints.far_ankle[1] * 0.5,
    )
    sore(canvas, palette, calf, 84)


def tennis_elbow(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.leaf(0.9, 0.7))
    look = look_of(palette, 2, palette.main(0.56))
    arm = [(360, 330), (560, 560), (690, 690), (790, 716), (880, 640), (1050, 380)]
    _racket(canvas, palette)

    def shape(mask: Canvas) -> None:
        mask.tube(arm, [230, 200, 172, 160, 142, 86], look.skin)

    shape(canvas)
    with canvas.clip(shape):
        canvas.tint(
            lambda mask: mask.line([(330, 460), (540, 690), (780, 810), (990, 640)], 60, palette.ink),
            look.shade,
            0.7,
            blur=20,
        )
    canvas.tube([(230, 190), (400, 370), (478, 462)], [330, 270, 262], look.top)
    canvas.line([(400, 560), (510, 510), (580, 390)], 16, mix(look.top, palette.ink, 0.2))
    sore(canvas, palette, (772, 712), 130, shape)
    gripping_hand(canvas, Frame(1090, 318, 1.32, 34), look.skin)


def _racket(canvas: Canvas, palette: Palette) -> None:
    frame = Frame(1090, 318, 1, 34)
    rim, string = palette.main(0.48), palette.white
    ring = frame(circle_points((392, 0), 170, 128))
    with canvas.clip(lambda mask: mask.fill(ring, rim)):
        for offset in range(-170, 180, 30):
            canvas.line(frame([(392 + offset, -140), (392 + offset, 140)]), 3, string)
            canvas.line(frame([(210, offset), (580, offset)]), 3, string)
    canvas.line([*ring, ring[0]], 20, rim, smooth=False)
    canvas.line(frame([(226, 40), (130, 0), (226, -40)]), 16, rim, smooth=False)
    canvas.line(frame([(140, 0), (-110, 0)]), 36, palette.warm(0.5))


def plantar_heel_pain(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.warm(0.9, 0.6))
    canvas.box((330, 806), (960, 46), palette.sand(0.78, 1.4), 20)
    canvas.box((330, 806), (960, 16), palette.sand(0.86, 1.4), 8)
    frame, look = Frame(690, 640, 1.42, 10), look_of(palette, 3)
    canvas.tint(lambda mask: mask.ellipse((860, 812), 380, 16, palette.ink), palette.ink, 0.2, blur=10)
    foot(canvas, frame, look.skin)
    canvas.fill(frame([(-92, -470), (86, -470), (90, -262), (-98, -262)]), palette.main(0.5))
    canvas.line(frame([(-92, -262), (-4, -252), (84, -262)]), 26, palette.main(0.42))
    sore(canvas, palette, frame.point(-46, 44), 126, lambda mask: mask.blob(frame(FOOT), palette.ink))


def carpal_tunnel_syndrome(canvas: Canvas, palette: Palette) -> None:
    canvas.gradient(palette.sand(0.95, 0.7), palette.sand(0.9, 1.0))
    canvas.blob(
        [(80, 640), (260, 200), (760, 60), (1300, 120), (1540, 480), (1400, 900), (700, 1040), (200, 960)],
        palette.main(0.9, 0.6),
    )
    _keyboard(canvas, palette)
    look = look_of(palette, 0, palette.main(0.5))
    for x, angle, flip in ((540, 16, False), (1060, -16, True)):
        frame = Frame(x, 640, 1.36, angle, flip)
        canvas.tint(
            lambda mask, frame=frame: mask.blob(
                frame([(-60, 30), (-60, -120), (0, -220), (70, -120), (60, 30), (20, 300)]), palette.ink
            ),
            palette.ink,
            0.18,
            blur=24,
        )
        open_hand(canvas, frame, look.skin, look.top, spread=1.25)
    sore(canvas, palette, Frame(1060, 640, 1.36, -16, True).point(0, 34), 112)


def _keyboard(canvas: Canvas, palette: Palette) -> None:
    canvas.box((330, 210), (940, 330), palette.main(0.66, 0.4), 34)
    canvas.box((330, 204), (940, 322), palette.white, 34)
    for row in range(4):
        for column in range(12):
            canvas.box((362 + column * 74 + row * 3, 234 + row * 68), (60, 54), palette.main(0.88, 0.5), 12)


def sports_injuries(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.leaf(0.9, 0.7))
    canvas.fill([(0, 830), (1600, 830), (1600, 1000), (0, 1000)], palette.warm(0.68, 0.9))
    for y, width in ((868, 5), (930, 8)):
        canvas.box((0, y), (1600, width), palette.white, alpha=0.85)
    ground_shadow(canvas, palette, (850, 880), 260, 18, 0.25)
    look = look_of(palette, 4, palette.main(0.58))
    joints = figure(canvas, (760, 520), 138, look, RUNNING, has_trousers=False)
    sore(canvas, palette, joints.knee, 96)
    for x, y, width in ((300, 340, 170), (250, 430, 230), (330, 520, 150)):
        canvas.box((x, y), (width, 9), palette.white, 4, 0.9)
