"""Countries by their ISO 3166 code as shapes on a flat map, from a file that comes with the program.

The file has Natural Earth at 1:110 million, which is in the public domain; a country too small for that scale has a
point (docs/decisions/0027-charts-are-drawn-by-matplotlib.md).
"""

import json
from dataclasses import dataclass
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt
from pathlib import Path

MapPoint = tuple[float, float]
"""Coordinates on the map: right, up; the equator is about 5.4 long."""

_FILE = Path(__file__).resolve().parent / "outlines.json"
_A = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True)
class Outlines:
    """ISO code → rings of a country; ISO code → point of a country that has none."""

    rings: dict[str, list[list[MapPoint]]]
    points: dict[str, MapPoint]

    def find_extent(self, code: str) -> tuple[MapPoint, MapPoint]:
        """Return the lower left and upper right corners of the largest ring of a country, or its point twice."""
        ring = max(self.rings.get(code, [[self.points.get(code, (0.0, 0.0))]]), key=lambda r: abs(_measure(r)))
        across, along = [x for x, _ in ring], [y for _, y in ring]
        return (min(across), min(along)), (max(across), max(along))

    def find_centre(self, code: str) -> MapPoint | None:
        """Return the place for the name of a country: the centroid of its largest ring; None for an unknown country."""
        if code in self.points:
            return self.points[code]
        if code not in self.rings:
            return None
        ring = max(self.rings[code], key=lambda r: abs(_measure(r)))
        size = _measure(ring)
        pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
        weights = [(a[0] + b[0], a[1] + b[1], a[0] * b[1] - b[0] * a[1]) for a, b in pairs]
        return sum(x * w for x, _, w in weights) / (6 * size), sum(y * w for _, y, w in weights) / (6 * size)


@cache
def read_outlines() -> Outlines:
    """Read the outlines of all countries."""
    content = json.loads(_FILE.read_text("utf-8"))
    outlines: dict[str, list[list[MapPoint]]] = {}
    for code, rings in content["outlines"].items():  # a ring is a flat list of tenths of degrees: x, y, x, y …
        outlines[code] = [list(map(_project_tenths, ring[::2], ring[1::2])) for ring in rings]
    return Outlines(outlines, {code: _project_tenths(x, y) for code, (x, y) in content["points"].items()})


def _project_tenths(x: float, y: float) -> MapPoint:
    return project(x / 10, y / 10)


def project(longitude: float, latitude: float) -> MapPoint:
    """Project a place onto the map by Equal Earth, which keeps the sizes of areas.

    Source: Šavrič, Patterson and Jenny, The Equal Earth map projection, 2018, formulas 1 and 2.

    >>> [round(n, 3) for n in project(180, 0)]
    [2.707, 0.0]
    """
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    width = 3 * (9 * _A[3] * sixth * square + 7 * _A[2] * sixth + 3 * _A[1] * square + _A[0])
    right = 2 * sqrt(3) * longitude * pi / 180 * cos(angle) / width
    return right, angle * (_A[3] * sixth * square + _A[2] * sixth + _A[1] * square + _A[0])


def _measure(ring: list[MapPoint]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2
