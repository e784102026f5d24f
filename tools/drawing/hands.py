"""Hands seen closely: an open one from above, one that holds something fine, and one that grips."""

from .canvas import Canvas
from .geometry import Frame, Point, spline
from .palette import Colour, mix

SHADOW = (112, 44, 34)

# Each finger of an open hand: where it starts, how long and wide it is, and its angle, from little to index.
FINGERS = ((-37, -96, 78, 25, -9), (-13, -108, 102, 28, -3), (13, -108, 108, 29, 2), (38, -98, 92, 28, 8))


def open_hand(
    canvas: Canvas,
    frame: Frame,
    skin: Colour,
    sleeve: Colour | None = None,
    spread: float = 1,
    arm: float = 420,
) -> None:
    """A hand from above: wrist at the frame's origin, fingers upwards, thumb to the right."""
    edge = mix(skin, SHADOW, 0.26)
    canvas.tube(frame([(0, -10), (0, arm * 0.4), (4, arm)]), frame.sizes(72, 86, 104), skin)
    if sleeve:
        canvas.tube(frame([(2, arm * 0.5), (5, arm + 60)]), frame.sizes(112, 140), sleeve)
        canvas.line(
            frame([(-54, arm * 0.5 - 30), (2, arm * 0.5 - 40), (58, arm * 0.5 - 30)]),
            13 * frame.scale,
            mix(sleeve, SHADOW, 0.2),
        )
    thumb = [(34, -22), (72, -62), (92, -108)]
    canvas.tube(frame(thumb), frame.sizes(54, 36, 25), skin)
    for x, y, length, width, angle in FINGERS:
        finger = Frame(
            *frame.point(x, y),
            frame.scale,
            frame.angle + (-1 if frame.flip else 1) * angle * spread,
            frame.flip,
        )
        bones = finger([(0, 14), (0, -length * 0.5), (0, -length)])
        canvas.tube(bones, finger.sizes(width + 6, width + 5, width + 1), edge)
        canvas.tube(bones, finger.sizes(width, width - 1, width - 5), skin)
        _nail(canvas, finger, (0, -length), width * 0.3, skin)
    canvas.blob(
        frame([(-38, 14), (-54, -44), (-52, -98), (-20, -124), (26, -122), (54, -96), (56, -44), (38, 14)]),
        skin,
    )
    for x in (-25, 0, 26):
        canvas.line(frame([(x, -116), (x * 0.94, -98)]), 3.4 * frame.scale, edge, 0.7)
    canvas.line(frame([(44, -60), (58, -82)]), 3.4 * frame.scale, edge, 0.6)


def _nail(canvas: Canvas, frame: Frame, tip: Point, size: float, skin: Colour) -> None:
    canvas.ellipse(
        frame.point(tip[0], tip[1] - size * 0.2),
        size * frame.scale,
        size * 1.25 * frame.scale,
        mix(skin, (255, 232, 224), 0.45),
        angle=frame.angle,
    )


def pinching_hand(
    canvas: Canvas, frame: Frame, skin: Colour, sleeve: Colour, cuff: Colour | None = None
) -> None:
    """A hand whose thumb and index finger meet at the frame's origin, its arm from the upper right."""
    edge, dark = mix(skin, SHADOW, 0.3), mix(skin, SHADOW, 0.14)
    arm = frame([(190, -96), (330, -190), (560, -338)])
    canvas.tube(arm, frame.sizes(96, 108, 150), skin)
    canvas.tube(frame([(345, -200), (820, -500)]), frame.sizes(150, 220), sleeve)
    if cuff:
        canvas.tube(frame([(232, -128), (262, -148)]), frame.sizes(112, 116), cuff)
    for points, widths in (
        ([(176, -38), (124, 12), (84, 34), (78, 22)], (46, 38, 32, 28)),
        ([(166, -62), (104, -16), (60, 16), (52, 6)], (48, 40, 34, 30)),
    ):
        canvas.tube(frame(points), frame.sizes(*(width + 7 for width in widths)), edge)
        canvas.tube(frame(points), frame.sizes(*widths), dark)
    canvas.blob(
        frame([(118, -122), (190, -152), (246, -116), (228, -50), (170, -14), (120, -40), (104, -84)]), skin
    )
    _digit(canvas, frame, [(150, -122), (84, -128), (30, -74), (4, -14)], (52, 44, 34, 24), skin, edge)
    _digit(canvas, frame, [(188, -52), (116, -34), (62, -26), (10, 0)], (62, 46, 38, 26), skin, edge)
    canvas.blob(frame([(150, -130), (210, -134), (226, -90), (190, -44), (150, -60)]), skin)


def _digit(
    canvas: Canvas, frame: Frame, points: list[Point], widths: tuple[float, ...], skin: Colour, edge: Colour
) -> None:
    canvas.tube(frame(points), frame.sizes(*(width + 7 for width in widths)), edge)
    canvas.tube(frame(points), frame.sizes(*widths), skin)


def gripping_hand(canvas: Canvas, frame: Frame, skin: Colour) -> None:
    """A fist around a bar that runs along the frame's x axis; the wrist leaves downwards."""
    edge = mix(skin, SHADOW, 0.28)
    canvas.tube(frame([(-4, 40), (-4, 110)]), frame.sizes(84, 74), skin)
    canvas.blob(frame([(-62, -22), (-56, 44), (-20, 76), (30, 74), (58, 40), (60, -22), (0, -34)]), skin)
    for index, x in enumerate((-46, -16, 15, 45)):
        bones = frame([(x, -26), (x + 1, 6), (x + 2, 24 - index * 2)])
        canvas.tube(bones, frame.sizes(34, 33, 30), edge)
        canvas.tube(bones, frame.sizes(29, 28, 25), skin)
    thumb = frame(spline([(66, 40), (46, 46), (8, 38)]))
    canvas.tube(thumb, frame.sizes(38, 34, 30), edge)
    canvas.tube(thumb, frame.sizes(33, 29, 25), skin)


def fingertips(canvas: Canvas, frame: Frame, skin: Colour) -> None:
    """Four fingers that reach over an edge towards the viewer, their tips pointing down."""
    edge = mix(skin, SHADOW, 0.28)
    for x, length in ((-45, 62), (-15, 80), (15, 84), (45, 70)):
        bones = frame([(x, -20), (x * 1.04, length * 0.5), (x * 1.06, length)])
        canvas.tube(bones, frame.sizes(36, 34, 30), edge)
        canvas.tube(bones, frame.sizes(30, 28, 24), skin)
        _nail(canvas, frame, (x * 1.06, length + 2), 8, skin)
