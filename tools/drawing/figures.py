"""A small whole person, seen from the side, whose limbs can be put in any pose."""

from dataclasses import dataclass

from .bodies import profile_head
from .canvas import Canvas
from .faces import DARK, Look
from .geometry import Frame, Point, between, polar
from .palette import mix

# Lengths in heads, from the shoulder and from the hip downwards.
UPPER_ARM, FOREARM, THIGH, SHIN, TORSO = 1.25, 1.12, 1.72, 1.66, 2.05


@dataclass(frozen=True)
class Pose:
    """
    Angles in degrees: 0 hangs straight down, positive swings forward.

    Arms are (upper, fore), legs (thigh, shin, foot).
    """

    lean: float = 0
    nod: float = 0
    near_arm: tuple[float, float] = (0, 8)
    far_arm: tuple[float, float] = (0, 8)
    near_leg: tuple[float, float, float] = (2, 0, 0)
    far_leg: tuple[float, float, float] = (-2, 0, 0)


STANDING = Pose()
WALKING = Pose(4, 0, (-26, -6), (24, 44), (26, 10, -14), (-18, -40, 22))
RUNNING = Pose(14, -2, (-52, 40), (44, 128), (58, -22, -6), (-26, -96, 60))
SEATED = Pose(-4, 4, (22, 74), (18, 70), (84, 4, 0), (80, -4, 0))


@dataclass(frozen=True)
class Joints:
    """Where a figure's joints came to lie on the canvas."""

    hip: Point
    neck: Point
    head: Point
    elbow: Point
    wrist: Point
    knee: Point
    ankle: Point
    far_knee: Point
    far_ankle: Point


def figure(
    canvas: Canvas,
    hip: Point,
    head_height: float,
    look: Look,
    pose: Pose,
    flip: bool = False,
    has_trousers: bool = True,
) -> Joints:
    """Draw a person whose hip is at `hip`, facing right unless flipped; returns the joints."""
    turn = -1 if flip else 1
    neck = polar(hip, turn * (180 - pose.lean), TORSO * head_height)
    shoulder = between(neck, hip, 0.1)
    far = mix(look.top, DARK, 0.16)
    _arm(canvas, shoulder, head_height, pose.far_arm, turn, far, mix(look.skin, DARK, 0.12))
    far_knee, far_ankle = _leg(canvas, hip, head_height, pose.far_leg, turn, _dimmed(look), has_trousers)
    knee, ankle = _leg(canvas, hip, head_height, pose.near_leg, turn, look, has_trousers)
    head = polar(neck, turn * (180 - pose.lean * 0.6 - pose.nod * 0.5), 0.72 * head_height)
    canvas.tube(
        [between(neck, head, -0.2), between(neck, head, 0.7)],
        [0.44 * head_height, 0.36 * head_height],
        look.shade,
    )
    _torso(canvas, hip, neck, head_height, look)
    turned = turn * (pose.lean * 0.35 + pose.nod)
    profile_head(canvas, Frame(*head, head_height / 420, turned, flip), look)
    elbow, wrist = _arm(
        canvas, shoulder, head_height, pose.near_arm, turn, mix(look.top, (255, 253, 249), 0.1), look.skin
    )
    return Joints(hip, neck, head, elbow, wrist, knee, ankle, far_knee, far_ankle)


def _dimmed(look: Look) -> Look:
    return Look(
        mix(look.skin, DARK, 0.12), look.hair, look.top, look.hair_style, bottom=mix(look.bottom, DARK, 0.25)
    )


def _torso(canvas: Canvas, hip: Point, neck: Point, size: float, look: Look) -> None:
    widths = (0.86 * size, 0.8 * size, 0.98 * size, 0.74 * size)
    spine = [hip, between(hip, neck, 0.36), between(hip, neck, 0.72), between(hip, neck, 0.95)]
    canvas.tube(spine, widths, look.top)


def _arm(
    canvas: Canvas, shoulder: Point, size: float, angles: tuple[float, float], turn: int, sleeve, skin
) -> tuple[Point, Point]:
    elbow = polar(shoulder, turn * angles[0], UPPER_ARM * size)
    wrist = polar(elbow, turn * angles[1], FOREARM * size)
    hand = polar(wrist, turn * (angles[1] + 6), 0.28 * size)
    canvas.tube([between(elbow, wrist, 0.2), wrist, hand], [0.3 * size, 0.24 * size, 0.27 * size], skin)
    canvas.tube([wrist, polar(wrist, turn * (angles[1] + 44), 0.24 * size)], [0.15 * size, 0.1 * size], skin)
    path = [
        shoulder,
        between(shoulder, elbow, 0.5),
        elbow,
        between(elbow, wrist, 0.45),
        between(elbow, wrist, 0.72),
    ]
    canvas.tube(path, [0.46 * size, 0.42 * size, 0.37 * size, 0.35 * size, 0.33 * size], sleeve)
    return elbow, wrist


def _leg(
    canvas: Canvas,
    hip: Point,
    size: float,
    angles: tuple[float, float, float],
    turn: int,
    look: Look,
    has_trousers: bool,
) -> tuple[Point, Point]:
    knee = polar(hip, turn * angles[0], THIGH * size)
    ankle = polar(knee, turn * angles[1], SHIN * size)
    _shoe(canvas, Frame(*ankle, size, turn * -angles[2], turn < 0), look)
    calf = between(knee, ankle, 0.35)
    path = [hip, between(hip, knee, 0.5), knee, calf, ankle]
    widths = [size * width for width in (0.84, 0.68, 0.48, 0.46, 0.29)]
    canvas.tube(path, widths, look.skin if not has_trousers else look.bottom)
    if not has_trousers:
        canvas.tube(
            [hip, between(hip, knee, 0.35), between(hip, knee, 0.6)],
            [0.88 * size, 0.78 * size, 0.72 * size],
            look.bottom,
        )
    return knee, ankle


def _shoe(canvas: Canvas, frame: Frame, look: Look) -> None:
    upper = mix(look.top, DARK, 0.45)
    canvas.tube(frame([(-0.08, 0), (-0.06, 0.1)]), frame.sizes(0.3, 0.34), upper)
    canvas.tube(frame([(-0.06, 0.1), (0.2, 0.15), (0.5, 0.19)]), frame.sizes(0.33, 0.27, 0.18), upper)
    canvas.tube(frame([(-0.18, 0.27), (0.54, 0.27)]), frame.sizes(0.09, 0.09), (250, 246, 238))

    canvas.tube(frame([(-0.2, 0.26), (0.6, 0.27)]), frame.sizes(0.11, 0.1), (250, 246, 238))
