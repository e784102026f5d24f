"""Close views of the body: the back, the head in profile, and the leg and foot from the side."""

from .canvas import Canvas
from .faces import DARK, Look
from .geometry import Frame, Point, bow, mirrored, spline
from .palette import Colour, mix

BACK = mirrored(
    [
        (46, -300),
        (50, -252),
        (68, -216),
        (130, -190),
        (186, -168),
        (214, -116),
        (192, -20),
        (166, 70),
        (142, 160),
        (136, 210),
        (158, 300),
        (184, 390),
        (190, 480),
        (180, 700),
    ]
)
PROFILE_FACE = [
    (104, -158),
    (134, -112),
    (146, -66),
    (144, -30),
    (160, 6),
    (182, 42),
    (184, 56),
    (160, 66),
    (156, 74),
    (164, 88),
    (158, 98),
    (150, 104),
    (160, 116),
    (154, 130),
    (142, 138),
    (148, 160),
    (142, 184),
    (112, 200),
    (60, 186),
    (24, 168),
]
PROFILE_SKULL = [
    (-30, 150),
    (-96, 96),
    (-150, 30),
    (-168, -50),
    (-146, -136),
    (-84, -192),
    (0, -212),
    (66, -196),
]
PROFILE_HAIR = [
    (112, -150),
    (88, -200),
    (10, -226),
    (-84, -206),
    (-156, -144),
    (-182, -52),
    (-162, 34),
    (-118, 92),
    (-84, 112),
]

HANGING_ARM = [(178, -108), (236, 130), (246, 500)]
HANGING_ARMS = (HANGING_ARM, [(-x, y) for x, y in HANGING_ARM])


def back_shape(canvas: Canvas, frame: Frame) -> None:
    """The torso from behind, from the nape to below the hips, without arms."""
    canvas.blob(frame(BACK), DARK)


def back(
    canvas: Canvas, frame: Frame, look: Look, arms: tuple[list[Point], ...] = (), is_clothed: bool = True
) -> None:
    """A person from behind. Each arm is shoulder, elbow and wrist, and lies behind the torso."""
    for arm in arms:
        limb(canvas, frame, arm, look, is_clothed)
    canvas.blob(frame(BACK), look.skin)
    _back_modelling(canvas, frame, look)
    if is_clothed:
        _vest(canvas, frame, look)
    back_head(canvas, frame, look)


def limb(canvas: Canvas, frame: Frame, points: list[Point], look: Look, has_sleeve: bool = False) -> None:
    shoulder, elbow, wrist = points
    path = [shoulder, _middle(shoulder, elbow), elbow, _middle(elbow, wrist), wrist]
    canvas.tube(frame(path), frame.sizes(104, 84, 70, 64, 48), look.skin)
    if has_sleeve:
        canvas.tube(frame([shoulder, _middle(shoulder, elbow)]), frame.sizes(110, 98), look.top)


def _middle(first: Point, second: Point) -> Point:
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2


def _both_sides(canvas: Canvas, frame: Frame, points: list[Point], width: float) -> None:
    for side in (-1, 1):
        canvas.line(frame([(side * x, y) for x, y in points]), width * frame.scale, DARK)


def _back_modelling(canvas: Canvas, frame: Frame, look: Look) -> None:
    """Spine, shoulder blades and waist, hinted at in soft shade."""
    blade = [(58, -126), (42, -60), (70, 12), (122, -4)]
    flank = [(225, -60), (180, 60), (158, 200), (190, 330), (210, 480)]
    with canvas.clip(lambda mask: back_shape(mask, frame)):
        canvas.tint(
            lambda mask: mask.line(frame([(0, -240), (0, 60), (0, 330)]), 20 * frame.scale, DARK),
            look.shade,
            0.7,
            blur=9,
        )
        canvas.tint(lambda mask: _both_sides(mask, frame, blade, 8), look.shade, 0.75)
        canvas.tint(lambda mask: _both_sides(mask, frame, flank, 50), look.shade, 0.7, blur=14)


def _vest(canvas: Canvas, frame: Frame, look: Look) -> None:
    dark = mix(look.top, DARK, 0.14)
    neckline = [(-150, -230), (-112, -204), (-78, -140), (0, -108), (78, -140), (112, -204), (150, -230)]
    with canvas.clip(lambda mask: back_shape(mask, frame)):
        canvas.fill(frame([*spline(neckline), (260, -190), (260, 720), (-260, 720), (-260, -190)]), look.top)
        canvas.line(frame(spline(neckline)), 9 * frame.scale, dark, smooth=False)
        canvas.tint(
            lambda mask: mask.line(frame([(0, -80), (0, 120), (0, 300)]), 16 * frame.scale, DARK),
            dark,
            0.8,
            blur=10,
        )
        canvas.tint(
            lambda mask: _both_sides(mask, frame, [(190, -60), (152, 170), (196, 420)], 40),
            dark,
            0.9,
            blur=14,
        )
        canvas.tint(lambda mask: _folds(mask, frame), dark, 0.8)


def _folds(canvas: Canvas, frame: Frame) -> None:
    _both_sides(canvas, frame, bow((132, 192), (58, 208), 9), 6)
    _both_sides(canvas, frame, bow((138, 238), (94, 250), 6), 6)


def back_head(canvas: Canvas, frame: Frame, look: Look) -> None:
    """The back of the head on its neck."""
    canvas.tube(frame([(0, -330), (0, -250)]), frame.sizes(96, 100), look.skin)
    with canvas.clip(lambda mask: mask.tube(frame([(0, -330), (0, -250)]), frame.sizes(96, 100), DARK)):
        canvas.ellipse(frame.point(0, -338), *frame.sizes(80, 62), look.shade)
    for side in (-1, 1):
        canvas.ellipse(frame.point(side * 92, -404), *frame.sizes(15, 26), look.shade, angle=side * -6)
    canvas.blob(
        frame(mirrored([(0, -536), (58, -522), (92, -466), (94, -400), (76, -346), (44, -314), (0, -308)])),
        look.hair,
    )
    if look.hair_style == "bun":
        canvas.ellipse(frame.point(0, -520), *frame.sizes(58, 54), mix(look.hair, DARK, 0.3))
        canvas.line(frame([(-32, -524), (0, -540), (34, -526)]), 6 * frame.scale, look.hair, 0.8)
    shine = mix(look.hair, (255, 236, 214), 0.2)
    canvas.line(frame([(-62, -446), (-48, -484), (-16, -508)]), 9 * frame.scale, shine, 0.6)


def profile(canvas: Canvas, frame: Frame, look: Look, lean: float = 0) -> None:
    """Head and shoulders facing right; the head leans forward by `lean` degrees."""
    head = Frame(
        *frame.point(lean * 2.2, lean * 0.5),
        frame.scale,
        frame.angle + (-lean if frame.flip else lean),
        frame.flip,
    )
    canvas.tube(
        [head.point(-30, 60), head.point(-34, 160), frame.point(-52, 320)],
        frame.sizes(176, 150, 190),
        look.skin,
    )
    with canvas.clip(
        lambda mask: mask.tube(
            [head.point(-30, 60), head.point(-34, 160), frame.point(-52, 320)],
            frame.sizes(176, 150, 190),
            DARK,
        )
    ):
        canvas.ellipse(
            head.point(84, 136),
            *frame.sizes(140, 62),
            look.shade,
            angle=head.angle + (-24 if not frame.flip else 24),
        )
    canvas.blob(
        frame(
            [
                (-150, 276),
                (-70, 262),
                (10, 290),
                (80, 330),
                (150, 400),
                (190, 560),
                (200, 800),
                (-290, 800),
                (-290, 560),
                (-250, 360),
            ]
        ),
        look.top,
    )
    canvas.line(frame([(-152, 276), (-60, 316), (54, 310)]), 16 * frame.scale, mix(look.top, DARK, 0.16))
    profile_head(canvas, head, look)


def profile_head(canvas: Canvas, head: Frame, look: Look) -> None:
    """A head facing right with its eyes at rest, about 420 units from crown to chin."""
    size = head.scale
    canvas.fill(head(spline([*PROFILE_FACE, *PROFILE_SKULL], closed=True)), look.skin)
    inner = [
        (-84, 112),
        (-66, 50),
        (-44, -6),
        (4, -20),
        (18, 26),
        (34, -36),
        (52, -92),
        (92, -130),
        (112, -150),
    ]
    if look.hair_style == "bun":
        canvas.ellipse(head.point(-158, -152), *head.sizes(66, 62), mix(look.hair, DARK, 0.25))
    canvas.fill(head([*spline(PROFILE_HAIR), *spline(inner)]), look.hair)
    canvas.ellipse(head.point(-18, 28), 25 * size, 36 * size, look.skin, angle=head.angle - 10)
    canvas.line(head([(-30, 14), (-16, 2), (-4, 18), (-16, 44)]), 5.5 * size, look.shade)
    canvas.line(head(bow((94, -48), (136, -50), -9)), 8 * size, mix(look.hair, DARK, 0.3))
    canvas.line(head(bow((98, -10), (131, -10), 9)), 6 * size, DARK)
    canvas.line(head(bow((158, 98), (128, 98), 4)), 5 * size, mix(look.skin, (128, 30, 36), 0.6))
    canvas.ellipse(head.point(88, 66), 30 * size, 21 * size, (226, 96, 80), 0.16)


FOOT = [
    (-66, -420),
    (-78, -260),
    (-62, -140),
    (-78, -60),
    (-104, 10),
    (-98, 62),
    (-60, 84),
    (20, 74),
    (120, 62),
    (220, 80),
    (310, 86),
    (372, 78),
    (392, 50),
    (366, 18),
    (290, -16),
    (190, -62),
    (104, -112),
    (66, -170),
    (58, -260),
    (74, -420),
]


def foot(canvas: Canvas, frame: Frame, skin: Colour) -> None:
    """A bare foot from the inner side, toes to the right, its ankle near the frame's origin."""
    shade = mix(skin, (120, 44, 36), 0.2)
    canvas.blob(frame(FOOT), skin)
    with canvas.clip(lambda mask: mask.blob(frame(FOOT), DARK)):
        canvas.tint(
            lambda mask: mask.line(
                frame([(-90, -420), (-90, -150), (-120, 20), (-60, 100), (120, 80), (300, 110)]),
                34 * frame.scale,
                DARK,
            ),
            shade,
            0.8,
            blur=12,
        )
    canvas.line(frame(bow((-22, -84), (26, -84), -22)), 7 * frame.scale, shade, 0.8)
    canvas.line(frame([(316, 22), (334, 38), (338, 56), (332, 76)]), 5 * frame.scale, shade, 0.9)
    canvas.blob(frame([(358, 22), (386, 36), (382, 52), (360, 42)]), mix(skin, (255, 236, 228), 0.5))
