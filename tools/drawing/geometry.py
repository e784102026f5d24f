"""Points and curves: plain functions on (x, y) pairs, with y growing downwards."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]


def spline(points: Sequence[Point], closed: bool = False, steps: int = 12) -> list[Point]:
    """A smooth Catmull-Rom curve through the points."""
    count = len(points)
    if count < 3:
        return list(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        corners = [_neighbour(points, index + offset, closed) for offset in (-1, 0, 1, 2)]
        curve += [_catmull_rom(*corners, step / steps) for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _neighbour(points: Sequence[Point], index: int, closed: bool) -> Point:
    if closed:
        return points[index % len(points)]
    return points[min(max(index, 0), len(points) - 1)]


def _catmull_rom(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (
            2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
        )

    return along(p0[0], p1[0], p2[0], p3[0]), along(p0[1], p1[1], p2[1], p3[1])


def spread(values: Sequence[float], count: int) -> list[float]:
    """Stretch a few values to `count` values, easing from each to the next."""
    if len(values) == 1 or count == 1:
        return [values[0]] * count
    result = []
    for index in range(count):
        place = index / (count - 1) * (len(values) - 1)
        left = min(int(place), len(values) - 2)
        share = place - left
        eased = share * share * (3 - 2 * share)
        result.append(values[left] + (values[left + 1] - values[left]) * eased)
    return result


def mirrored(half: Sequence[Point]) -> list[Point]:
    """Close an outline drawn on the right of the y axis with its reflection on the left."""
    return [*half, *((-x, y) for x, y in reversed(half) if x)]


def polar(origin: Point, angle: float, length: float) -> Point:
    """The point at `length` from the origin; 0 degrees points down, positive turns to the right."""
    radians = math.radians(angle)
    return origin[0] + length * math.sin(radians), origin[1] + length * math.cos(radians)


def between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def bow(first: Point, last: Point, sag: float, steps: int = 14) -> list[Point]:
    """A simple curve between two points whose middle hangs `sag` below the straight line."""
    shares = (step / steps for step in range(steps + 1))
    return [
        (first[0] + (last[0] - first[0]) * t, first[1] + (last[1] - first[1]) * t + 4 * sag * t * (1 - t))
        for t in shares
    ]


def circle_points(centre: Point, rx: float, ry: float, angle: float = 0, steps: int = 72) -> list[Point]:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turns = (2 * math.pi * step / steps for step in range(steps))
    ring = [(rx * math.cos(turn), ry * math.sin(turn)) for turn in turns]
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in ring]


@dataclass(frozen=True)
class Frame:
    """Where a part is put: moved, turned (degrees, clockwise), scaled and perhaps flipped left to right."""

    x: float = 0
    y: float = 0
    scale: float = 1
    angle: float = 0
    flip: bool = False

    def point(self, x: float, y: float) -> Point:
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        x = -x if self.flip else x
        return self.x + self.scale * (x * cos - y * sin), self.y + self.scale * (x * sin + y * cos)

    def __call__(self, points: Iterable[Point]) -> list[Point]:
        return [self.point(x, y) for x, y in points]

    def sizes(self, *values: float) -> list[float]:
        return [value * self.scale for value in values]
