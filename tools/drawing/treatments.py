"""One picture for each treatment."""

from .bodies import HANGING_ARMS, back, back_shape
from .canvas import Canvas
from .faces import Look
from .geometry import Frame, Point, circle_points, spline
from .hands import open_hand, pinching_hand
from .palette import Palette, mix
from .staging import arrow, backdrop, look_of, needle, sprig

SHOULDER = [
    (-80, 1080),
    (-60, 760),
    (80, 660),
    (300, 600),
    (520, 570),
    (700, 590),
    (850, 660),
    (990, 770),
    (1130, 900),
    (1290, 1080),
]


def dry_needling(canvas: Canvas, palette: Palette) -> None:
    """A fine needle held over the muscle between neck and shoulder."""
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    look = look_of(palette, 0)
    _shoulder(canvas, palette, look)
    point = (664, 622)
    for radius, alpha in ((40, 0.85), (84, 0.5), (132, 0.28)):
        ring = circle_points(point, radius, radius * 0.4, angle=14)
        canvas.line([*ring, ring[0]], 5, palette.white, alpha, smooth=False)
    needle(canvas, palette, point, (786, 356))
    pinching_hand(
        canvas, Frame(752, 430, 1.08, 2), look_of(palette, 1).skin, palette.main(0.5), palette.main(0.62)
    )


def _shoulder(canvas: Canvas, palette: Palette, look: Look) -> None:
    def shape(mask: Canvas) -> None:
        mask.fill(spline(SHOULDER), look.skin)

    shape(canvas)
    with canvas.clip(shape):
        canvas.tint(lambda mask: mask.line(spline(SHOULDER[4:]), 90, look.skin), look.shade, 0.55, blur=34)
        canvas.tint(
            lambda mask: mask.line([(330, 760), (470, 830), (560, 960), (580, 1080)], 12, look.skin),
            look.shade,
            0.8,
            blur=4,
        )
        towel = spline([(-100, 800), (160, 850), (420, 930), (640, 1100)])
        canvas.fill([*towel, (-100, 1100)], palette.white)
        canvas.line(towel, 10, palette.main(0.8), smooth=False)


def clinical_acupuncture(canvas: Canvas, palette: Palette) -> None:
    """A relaxed forearm on a towel with four fine needles."""
    canvas.gradient(palette.sand(0.955, 0.7), palette.sand(0.9, 1.0))
    canvas.blob(
        [(120, 420), (420, 140), (900, 170), (1400, 110), (1530, 520), (1300, 880), (700, 900), (220, 820)],
        palette.leaf(0.9, 0.7),
    )
    canvas.box((190, 370), (1240, 400), palette.main(0.8, 0.5), 40)
    canvas.box((190, 356), (1240, 400), palette.white, 40)
    for x in (250, 280, 1340, 1370):
        canvas.box((x, 356), (10, 400), palette.main(0.8, 0.6))
    look = look_of(palette, 3)
    canvas.tint(
        lambda mask: mask.tube([(300, 610), (900, 606), (1180, 610)], [150, 110, 130], palette.ink),
        palette.ink,
        0.2,
        blur=24,
    )
    open_hand(canvas, Frame(1000, 560, 1.5, 90, True), look.skin, palette.main(0.54), spread=1.3, arm=760)
    for tip, handle in (
        ((1120, 500), (1170, 340)),
        ((900, 560), (920, 380)),
        ((780, 534), (760, 356)),
        ((680, 586), (620, 410)),
    ):
        canvas.ellipse(tip, 22, 9, look.shade, 0.7)
        needle(canvas, palette, tip, handle)
    _bowl(canvas, palette)
    sprig(canvas, Frame(1480, 1010, 3.0, -16), palette.leaf(0.66))
    sprig(canvas, Frame(1390, 1020, 2.1, -40), palette.leaf(0.58))


def _bowl(canvas: Canvas, palette: Palette) -> None:
    canvas.ellipse((340, 190), 130, 130, palette.ink, 0.1)
    canvas.ellipse((330, 180), 126, 126, palette.warm(0.66))
    canvas.ellipse((330, 180), 104, 104, palette.warm(0.56))
    for x, y, radius in ((300, 160, 40), (356, 172, 44), (318, 214, 42)):
        canvas.ellipse((x, y), radius, radius, palette.white)
        canvas.ellipse((x + 8, y + 8), radius * 0.7, radius * 0.7, palette.sand(0.93))


def shockwave_therapy(canvas: Canvas, palette: Palette) -> None:
    """A handpiece on the calf, with waves that spread from its tip."""
    backdrop(canvas, palette, palette.sky(0.89))
    look = look_of(palette, 2)
    leg = [(-60, 700), (240, 690), (560, 700), (900, 760), (1250, 800), (1660, 800)]
    canvas.box((-20, 806), (1640, 200), palette.white)
    canvas.box((-20, 806), (1640, 14), palette.main(0.82))

    def shape(mask: Canvas) -> None:
        mask.tube(leg, [260, 270, 300, 230, 150, 120], look.skin)

    shape(canvas)
    with canvas.clip(shape):
        canvas.tint(
            lambda mask: mask.line([(-60, 840), (500, 860), (900, 880), (1660, 880)], 90, palette.ink),
            look.shade,
            0.8,
            blur=30,
        )
        for radius in (270, 205, 140, 78):
            ring = circle_points((716, 586), radius, radius * 0.86)
            canvas.line([*ring, ring[0]], 11, palette.warm(0.86), 0.75 - radius / 500, smooth=False)
        canvas.glow((716, 590), 110, palette.white, 0.7)
    canvas.tube([(-60, 700), (150, 690)], [276, 282], palette.main(0.5))
    _handpiece(canvas, palette, Frame(718, 580, 1, 24))
    _holding(canvas, palette, Frame(718, 580, 1, 24), look_of(palette, 0))


def _handpiece(canvas: Canvas, palette: Palette, frame: Frame) -> None:
    canvas.tube(frame([(0, -500), (30, -620), (260, -760), (640, -640)]), [34, 34], palette.main(0.34, 0.5))
    canvas.tube(frame([(0, -12), (0, -70)]), [54, 70], palette.steel, smooth=False)
    canvas.tube(frame([(0, -96), (0, -150)]), [96, 112], palette.main(0.36, 0.6), smooth=False)
    canvas.tube(frame([(0, -170), (0, -480)]), [128, 104], palette.white, smooth=False)
    canvas.line(frame([(30, -190), (26, -460)]), 22, palette.sand(0.88), smooth=False)
    canvas.line(frame([(-62, -196), (62, -196)]), 12, palette.warm(0.66))


def _holding(canvas: Canvas, palette: Palette, frame: Frame, look: Look) -> None:
    """Fingers that wrap a handpiece, the arm coming in from the right."""
    edge = mix(look.skin, (112, 44, 34), 0.26)
    canvas.tube(frame([(96, -320), (280, -390), (560, -430), (900, -420)]), [120, 106, 124, 160], look.skin)
    canvas.tube(frame([(380, -412), (900, -430)]), [164, 210], palette.main(0.55))
    canvas.blob(frame([(30, -400), (110, -404), (150, -330), (120, -246), (50, -230), (20, -300)]), look.skin)
    for y in (-244, -292, -340, -388):
        bones = frame([(84, y - 6), (0, y + 4), (-62, y + 14)])
        canvas.tube(bones, [58, 54, 44], edge)
        canvas.tube(bones, [50, 46, 36], look.skin)
    thumb = frame([(96, -390), (40, -452), (-14, -470)])
    canvas.tube(thumb, [62, 50, 40], edge)
    canvas.tube(thumb, [55, 43, 33], look.skin)


def massage_therapy(canvas: Canvas, palette: Palette) -> None:
    """Two hands resting on a bare back, seen from above."""
    canvas.gradient(palette.sand(0.95, 0.8), palette.sand(0.9, 1.1))
    canvas.box((370, -40), (860, 1100), palette.main(0.86, 0.5), 60)
    canvas.box((410, -40), (780, 1100), palette.white, 50)
    frame, look = Frame(800, 560, 1.22), look_of(palette, 1, hair_style="bun")
    canvas.tint(lambda mask: back_shape(mask, Frame(812, 580, 1.26)), palette.ink, 0.16, blur=26)
    back(canvas, frame, look, HANGING_ARMS, is_clothed=False)
    towel = [(500, 800), (660, 822), (800, 812), (940, 822), (1100, 800), (1130, 1040), (470, 1040)]
    canvas.fill([*spline(towel[:5]), *towel[5:]], palette.main(0.74, 0.8))
    canvas.line(towel[:5], 16, palette.main(0.66, 0.8))
    helper = look_of(palette, 0)
    for x, angle, flip in ((690, 26, False), (910, -26, True)):
        canvas.tint(
            lambda mask, x=x, angle=angle, flip=flip: _palm(mask, Frame(x + 8, 586, 1.05, angle, flip)),
            palette.ink,
            0.25,
            blur=14,
        )
        open_hand(
            canvas, Frame(x, 570, 1.02, angle, flip), helper.skin, palette.main(0.5), spread=1.6, arm=460
        )
    sprig(canvas, Frame(170, 1010, 3.4, 10), palette.leaf(0.7))
    sprig(canvas, Frame(1440, 1010, 3.2, -10), palette.leaf(0.7))


def _palm(canvas: Canvas, frame: Frame) -> None:
    canvas.blob(frame([(-60, 20), (-64, -120), (0, -220), (60, -200), (100, -90), (50, 20)]), (0, 0, 0))


def active_release(canvas: Canvas, palette: Palette) -> None:
    """A hand holds a point on the shoulder blade while the arm moves through its range."""
    backdrop(canvas, palette, palette.warm(0.91, 0.6))
    frame, look = Frame(700, 700, 1.24), look_of(palette, 5, palette.main(0.56), "bun")
    raised = [(176, -112), (370, -160), (520, -330)]
    back(canvas, frame, look, (raised, HANGING_ARMS[1]))
    open_hand(canvas, Frame(*frame.point(518, -328), 1.0, 24), look.skin, arm=30)
    dots = spline([(1120, 760), (1270, 690), (1370, 560), (1400, 420)], steps=10)
    for x, y in dots[:-4:2]:
        canvas.ellipse((x, y), 8, 8, palette.warm(0.6))
    arrow(canvas, [(1392, 470), (1402, 420), (1400, 372), (1388, 330)], 12, palette.warm(0.6))
    canvas.glow(frame.point(96, -50), 190, palette.glow_core, 0.55)
    helper = look_of(palette, 3)
    hand = Frame(*frame.point(150, 150), 1.08, -18)
    canvas.tint(
        lambda mask: _palm(mask, Frame(hand.x + 10, hand.y + 14, 1.08, -18)), palette.ink, 0.22, blur=14
    )
    open_hand(canvas, hand, helper.skin, palette.sand(0.9, 1.4), arm=400)


def chiropractic_care(canvas: Canvas, palette: Palette) -> None:
    """A back with its spine drawn softly from neck to hips."""
    backdrop(canvas, palette, palette.leaf(0.9, 0.7))
    frame, look = Frame(800, 610, 1.08), look_of(palette, 3)
    back(canvas, frame, look, HANGING_ARMS, is_clothed=False)
    shorts = [(-300, 372), (-90, 392), (0, 400), (90, 392), (300, 372), (300, 700), (-300, 700)]
    with canvas.clip(lambda mask: back_shape(mask, frame)):
        canvas.fill(frame(shorts), palette.main(0.5))
    canvas.glow(frame.point(0, 60), 300, palette.white, 0.35, stretch=1.3)
    for index in range(17):
        _vertebra(canvas, palette, frame, index)


def _vertebra(canvas: Canvas, palette: Palette, frame: Frame, index: int) -> None:
    y, size = -262 + index * 34 + index * index * 0.24, 0.62 + index * 0.028
    bone, edge = mix(palette.white, palette.sand(0.93), 0.3), palette.main(0.55, 0.7)
    wings = [
        (-46, -2),
        (-22, -9),
        (0, -12),
        (22, -9),
        (46, -2),
        (44, 7),
        (18, 9),
        (0, 13),
        (-18, 9),
        (-44, 7),
    ]

    def placed(points: list[Point], grow: float) -> list[Point]:
        return frame(
            [
                (
                    x * size + (grow if x > 0 else -grow if x < 0 else 0),
                    y + b * size + (grow if b > 0 else -grow),
                )
                for x, b in points
            ]
        )

    canvas.blob(placed(wings, 3.5), edge)
    canvas.blob(placed(wings, 0), bone)
    canvas.ellipse(frame.point(0, y), *frame.sizes(7 * size, 9 * size), palette.main(0.78, 0.7))


TREATMENTS = {
    "dry-needling": dry_needling,
    "clinical-acupuncture": clinical_acupuncture,
    "shockwave-therapy": shockwave_therapy,
    "massage-therapy": massage_therapy,
    "active-release": active_release,
    "chiropractic-care": chiropractic_care,
}
