"""A person's head and shoulders seen from the front: face, hair, glasses, beard and clothes."""

from dataclasses import dataclass

from .canvas import Canvas
from .geometry import Frame, Point, bow, circle_points, mirrored, spline
from .palette import Colour, mix

HAIR_STYLES = ("short", "long", "bun", "curly", "bald", "bob")
DARK = (52, 38, 36)

HEAD = mirrored([(0, -142), (58, -131), (97, -78), (103, -4), (94, 62), (64, 120), (28, 147), (0, 151)])
BODY = mirrored([(40, 170), (58, 205), (120, 238), (205, 268), (262, 330), (292, 440), (310, 720)])


@dataclass(frozen=True)
class Look:
    """What a drawn person looks like; every colour is red, green and blue."""

    skin: Colour
    hair: Colour
    top: Colour
    hair_style: str = "short"
    glasses: bool = False
    beard: bool = False
    bottom: Colour = (70, 78, 92)

    @property
    def shade(self) -> Colour:
        """The skin in shadow."""
        return mix(self.skin, (120, 44, 36), 0.2)


def bust(canvas: Canvas, frame: Frame, look: Look, tilt: float = 0, is_resting: bool = False) -> None:
    """Head and shoulders; the head tilts by `tilt` degrees about the base of the neck."""
    head = _turned(frame, tilt)
    _hair_behind(canvas, head, look)
    canvas.blob(frame(BODY), look.top)
    _neck(canvas, frame, head, look)
    _clothes(canvas, frame, look)
    for side in (-1, 1):
        canvas.ellipse(
            head.point(side * 103, 12), *frame.sizes(18, 29), look.shade, angle=head.angle + side * 8
        )
    canvas.blob(head(HEAD), look.skin)
    _features(canvas, head, look, is_resting)
    if look.beard:
        _beard(canvas, head, look)
    _hair_front(canvas, head, look)
    if look.glasses:
        _glasses(canvas, head)


def _turned(frame: Frame, tilt: float) -> Frame:
    """The head's own frame, turned about the base of the neck."""
    pivot = frame.point(0, 165)
    turned = Frame(0, 0, frame.scale, frame.angle + tilt, frame.flip)
    dx, dy = turned.point(0, -165)
    return Frame(pivot[0] + dx, pivot[1] + dy, frame.scale, frame.angle + tilt, frame.flip)


def _neck(canvas: Canvas, frame: Frame, head: Frame, look: Look) -> None:
    path = [head.point(0, 70), head.point(0, 130), frame.point(0, 196)]
    canvas.tube(path, frame.sizes(104, 96, 108), look.skin)
    canvas.blob(frame([(-52, 180), (0, 192), (52, 180), (88, 214), (0, 262), (-88, 214)]), look.skin)
    with canvas.clip(lambda mask: mask.tube(path, frame.sizes(104, 96, 108), look.skin)):
        canvas.ellipse(head.point(0, 108), *frame.sizes(92, 74), look.shade, 0.75)


def _clothes(canvas: Canvas, frame: Frame, look: Look) -> None:
    edge = mix(look.top, DARK, 0.16)
    collar = spline([(-92, 206), (-62, 246), (0, 276), (62, 246), (92, 206)])
    canvas.line(frame(collar), 13 * frame.scale, edge)
    for side in (-1, 1):
        canvas.line(
            frame([(side * 188, 372), (side * 178, 430), (side * 184, 720)]), 5 * frame.scale, edge, 0.8
        )


def _features(canvas: Canvas, head: Frame, look: Look, is_resting: bool) -> None:
    size = head.scale
    brow = mix(look.hair, DARK, 0.35) if look.hair_style != "bald" else mix(look.skin, DARK, 0.6)
    for side in (-1, 1):
        canvas.ellipse(head.point(side * 58, 50), 24 * size, 17 * size, (226, 96, 80), 0.14)
        canvas.line(head(bow((side * 22, -24), (side * 64, -23), -9)), 7 * size, brow)
        if is_resting:
            canvas.line(head(bow((side * 26, 6), (side * 60, 6), 10)), 5.5 * size, DARK)
        else:
            canvas.ellipse(
                head.point(side * 42, 9), 14 * size, 10 * size, mix(look.skin, (255, 250, 244), 0.72)
            )
            canvas.ellipse(head.point(side * 42, 8), 7.5 * size, 9.5 * size, DARK)
            canvas.ellipse(head.point(side * 42 + 2.5, 4), 2.4 * size, 2.4 * size, (255, 255, 255))
    canvas.line(head([(-2, 8), (9, 40), (-6, 47)]), 5 * size, look.shade)
    mouth = bow((-20, 85), (20, 85), 2) if is_resting else bow((-31, 78), (31, 78), 14)
    canvas.line(head(mouth), 5.5 * size, mix(look.skin, (128, 30, 36), 0.6))


def _beard(canvas: Canvas, head: Frame, look: Look) -> None:
    outer = [(-100, 8), (-97, 66), (-68, 128), (-28, 160), (0, 165), (28, 160), (68, 128), (97, 66), (100, 8)]
    inner = [(86, 36), (66, 66), (34, 64), (0, 60), (-34, 64), (-66, 66), (-86, 36)]
    canvas.fill(head([*spline(outer), *spline(inner)]), look.hair)
    canvas.fill(
        head(spline([(-28, 77), (0, 82), (28, 77), (0, 100)], closed=True)),
        mix(look.skin, (150, 50, 50), 0.45),
    )


def _hair_behind(canvas: Canvas, head: Frame, look: Look) -> None:
    dark = mix(look.hair, DARK, 0.3)
    if look.hair_style == "long":
        canvas.blob(
            head(
                mirrored(
                    [
                        (0, -165),
                        (80, -150),
                        (122, -70),
                        (126, 60),
                        (138, 180),
                        (132, 285),
                        (70, 300),
                        (0, 290),
                    ]
                )
            ),
            dark,
        )
    elif look.hair_style == "bob":
        canvas.blob(
            head(mirrored([(0, -165), (82, -150), (124, -70), (136, 40), (136, 130), (84, 150), (0, 140)])),
            dark,
        )
    elif look.hair_style == "bun":
        canvas.ellipse(head.point(0, -178), *head.sizes(58, 52), dark)
        canvas.line(head([(-28, -186), (0, -200), (30, -190)]), 6 * head.scale, look.hair, 0.8)
    elif look.hair_style == "curly":
        for x, y, radius in _curls():
            canvas.ellipse(head.point(x * 1.08, y * 1.08 - 4), *head.sizes(radius, radius), dark)


def _hair_front(canvas: Canvas, head: Frame, look: Look) -> None:
    if look.hair_style == "bald":
        canvas.tint(
            lambda mask: mask.ellipse(head.point(-34, -104), *head.sizes(30, 13), DARK, angle=-24),
            (255, 255, 255),
            0.22,
            blur=6,
        )
        return
    if look.hair_style == "curly":
        for x, y, radius in _curls():
            canvas.ellipse(head.point(x, y), *head.sizes(radius * 0.86, radius * 0.86), look.hair)
        return
    outline = _caps()[look.hair_style]
    canvas.fill(head(outline), look.hair)
    shine = mix(look.hair, (255, 236, 214), 0.22)
    with canvas.clip(lambda mask: mask.fill(head(outline), look.hair)):
        canvas.line(head([(-78, -112), (-30, -140), (34, -146)]), 9 * head.scale, shine, 0.7)


def _curls() -> list[tuple[float, float, float]]:
    ring = [
        (-112, -8, 27),
        (-118, -52, 30),
        (-104, -94, 33),
        (-74, -130, 36),
        (-34, -150, 37),
        (10, -154, 38),
        (52, -142, 37),
        (88, -112, 34),
        (112, -70, 31),
        (114, -22, 28),
    ]
    return [*ring, (-70, -92, 26), (-34, -104, 27), (6, -108, 27), (44, -100, 27), (76, -82, 24)]


def _caps() -> dict[str, list[Point]]:
    """The outline of each style from the left temple over the crown, and back along the hairline."""
    short = spline(
        [(-108, 14), (-115, -60), (-92, -132), (-30, -168), (40, -170), (98, -128), (116, -58), (108, 14)]
    )
    short += spline(
        [(96, -6), (92, -54), (70, -88), (18, -84), (-34, -104), (-74, -70), (-94, -40), (-96, -6)]
    )
    drawn_back = spline([(-106, 6), (-112, -66), (-84, -136), (0, -164), (84, -136), (112, -66), (106, 6)])
    drawn_back += spline([(97, -18), (84, -70), (46, -104), (0, -112), (-46, -104), (-84, -70), (-97, -18)])
    parted = spline(
        [(-116, 70), (-126, -40), (-96, -140), (-20, -172), (50, -168), (108, -120), (126, -30), (116, 70)]
    )
    parted += spline([(98, 40), (94, -34), (62, -84), (-10, -118), (-52, -84), (-88, -34), (-98, 40)])
    bob = spline(
        [(-126, 128), (-130, 0), (-104, -134), (-30, -172), (44, -170), (108, -126), (130, 0), (126, 128)]
    )
    bob += spline(
        [(96, 120), (101, 20), (88, -52), (30, -66), (-40, -66), (-88, -52), (-101, 20), (-96, 120)]
    )
    return {"short": short, "bun": drawn_back, "long": parted, "bob": bob}


def _glasses(canvas: Canvas, head: Frame) -> None:
    for side in (-1, 1):
        ring = circle_points((side * 43, 8), 31, 27)
        canvas.fill(head(ring), (255, 255, 255), 0.16)
        canvas.line(head([*ring, ring[0]]), 5.5 * head.scale, DARK, smooth=False)
        canvas.line(head([(side * 74, 4), (side * 102, -2)]), 5 * head.scale, DARK)
    canvas.line(head(bow((-13, 4), (13, 4), -6)), 5.5 * head.scale, DARK)
