"""One picture for each condition: a calm figure whose sore place glows."""

from .bodies import HANGING_ARM, HANGING_ARMS, back, back_shape, profile
from .canvas import Canvas
from .faces import bust
from .geometry import Frame, circle_points, spline
from .hands import fingertips, open_hand
from .limb_conditions import (
    carpal_tunnel_syndrome,
    muscle_spasm,
    plantar_heel_pain,
    sciatica,
    sports_injuries,
    tennis_elbow,
)
from .palette import Palette, mix
from .staging import arrow, backdrop, look_of, sore


def low_back_pain(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    frame, look = Frame(800, 570, 0.98), look_of(palette, 3, palette.sand(0.9, 1.4))
    bent = [(-178, -108), (-316, 100), (-196, 196)]
    back(canvas, frame, look, (HANGING_ARM, bent))
    sore(canvas, palette, frame.point(0, 226), 128, lambda mask: back_shape(mask, frame))
    canvas.tube(frame([bent[1], (-264, 154), bent[2]]), frame.sizes(70, 66, 58), look.skin)
    open_hand(canvas, Frame(*frame.point(*bent[2]), 0.8, 104), look.skin, arm=24)


def neck_and_shoulder_pain(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.warm(0.9, 0.6))
    frame, look = Frame(800, 850, 1.45), look_of(palette, 1, palette.main(0.58), "bun")
    canvas.ellipse(frame.point(152, -196), *frame.sizes(66, 36), look.shade, angle=16)
    back(canvas, frame, look, HANGING_ARMS)
    sore(canvas, palette, frame.point(52, -204), 150, lambda mask: back_shape(mask, frame))
    fingertips(canvas, Frame(*frame.point(152, -190), 1.15, 16), look.skin)


def tension_headache(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    frame, look = Frame(800, 440, 1.42), look_of(palette, 0, palette.main(0.6), "bun")
    bust(canvas, frame, look, is_resting=True)
    for x in (640, 960):
        canvas.glow((x, 380), 150, palette.glow, 0.6)
    canvas.tint(
        lambda mask: mask.line(
            frame([(-98, -42), (-50, -62), (0, -68), (50, -62), (98, -42)]), 44, palette.glow
        ),
        palette.glow,
        0.7,
        blur=15,
    )
    for side in (-1, 1):
        elbow, wrist = frame.point(side * 262, 330), frame.point(side * 192, 96)
        canvas.tube([frame.point(side * 232, 420), elbow, wrist], [120, 112, 76], look.skin)
        canvas.tube(
            [frame.point(side * 190, 470), frame.point(side * 262, 350), frame.point(side * 240, 262)],
            [150, 138, 124],
            mix(look.top, palette.ink, 0.12),
        )
        open_hand(canvas, Frame(*frame.point(side * 188, 84), 0.95, side * -34, side > 0), look.skin, arm=60)


def migraine(canvas: Canvas, palette: Palette) -> None:
    canvas.gradient(palette.main(0.5, 0.7), palette.main(0.38, 0.7))
    canvas.blob(HALO_DIM, palette.main(0.56, 0.7))
    for y in range(70, 460, 44):
        canvas.box((1130, y), (330, 30), palette.main(0.64, 0.6), 6)
    canvas.box((1284, 60), (8, 420), palette.main(0.5, 0.7))
    frame, look = Frame(700, 430, 1.24), look_of(palette, 5, palette.sky(0.74), "bun")
    profile(canvas, frame, look, lean=15)
    temple = frame.point(104, -62)
    sore(canvas, palette, temple, 118)
    for radius in (210, 262):
        arc = [
            point
            for point in circle_points(temple, radius, radius)
            if point[0] > temple[0] and point[1] < temple[1] + 40
        ]
        canvas.line(sorted(arc), 7, palette.glow_core, 0.55 if radius < 240 else 0.3, smooth=False)
    canvas.tube([(1020, 1010), (1040, 800), (960, 560)], [140, 116, 74], look.skin)
    canvas.tube([(1010, 1060), (1046, 850), (1030, 780)], [180, 156, 140], mix(look.top, palette.ink, 0.1))
    open_hand(canvas, Frame(956, 552, 1.02, -28, True), look.skin, arm=60)


HALO_DIM = [(250, 560), (300, 220), (620, 90), (930, 150), (1080, 420), (1040, 760), (820, 960), (420, 900)]


def whiplash(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.sky(0.89))
    seat, dark = palette.main(0.44, 0.6), palette.main(0.36, 0.6)
    for x in (472, 520):
        canvas.box((x, 470), (16, 140), palette.steel)
    canvas.tube([(500, 350), (492, 480)], [128, 136], seat)
    canvas.tube([(500, 700), (430, 1060)], [250, 330], seat)
    canvas.line([(590, 680), (560, 840), (540, 1010)], 10, dark)
    frame, look = Frame(776, 420, 1.12), look_of(palette, 1, palette.sand(0.92, 1.3))
    profile(canvas, frame, look, lean=9)
    canvas.tube([(610, 690), (740, 820), (880, 1040)], [54, 54], mix(dark, palette.ink, 0.3), smooth=True)
    sore(canvas, palette, frame.point(-98, 190), 120)
    arc = [(560, 190), (660, 100), (800, 72), (940, 104), (1040, 196)]
    arrow(canvas, arc, 12, palette.warm(0.6))
    arrow(canvas, arc[::-1], 12, palette.warm(0.6))


def myofascial_pain(canvas: Canvas, palette: Palette) -> None:
    backdrop(canvas, palette, palette.main(0.88, 0.6))
    frame, look = Frame(800, 690, 1.22), look_of(palette, 2, hair_style="bun")
    back(canvas, frame, look, HANGING_ARMS, is_clothed=False)
    routes = (
        [(96, -170), (70, -214), (46, -260)],
        [(-74, -30), (-130, -60), (-176, -110)],
        [(64, 190), (96, 250), (120, 320)],
    )
    for route in routes:
        curve = spline(frame(route), steps=5)
        for x, y in curve[::2]:
            canvas.ellipse((x, y), 7, 7, palette.glow_core, 0.9)
        sore(canvas, palette, curve[0], 66, lambda mask: back_shape(mask, frame))
    sore(canvas, palette, frame.point(-106, -164), 54, lambda mask: back_shape(mask, frame))


CONDITIONS = {
    "low-back-pain": low_back_pain,
    "neck-and-shoulder-pain": neck_and_shoulder_pain,
    "sciatica": sciatica,
    "muscle-spasm": muscle_spasm,
    "tension-headache": tension_headache,
    "migraine": migraine,
    "tennis-elbow": tennis_elbow,
    "plantar-heel-pain": plantar_heel_pain,
    "carpal-tunnel-syndrome": carpal_tunnel_syndrome,
    "whiplash": whiplash,
    "myofascial-pain": myofascial_pain,
    "sports-injuries": sports_injuries,
}
