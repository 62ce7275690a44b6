"""Outlines: every country is on the map once, where it belongs, as a shape or a point."""

import itertools

from testimonia.questions.charts.outlines import project, read_outlines


def test_countries_are_shapes_or_points() -> None:
    outlines = read_outlines()
    assert (len(outlines.rings), len(outlines.points)) == (174, 61)
    assert not outlines.rings.keys() & outlines.points.keys()
    assert "HK" in outlines.points
    assert outlines.find_centre("XZ") is None


def test_no_ring_crosses_the_map() -> None:
    for code, rings in read_outlines().rings.items():
        for ring in rings:
            assert max(abs(a[0] - b[0]) for a, b in itertools.pairwise(ring)) < 2, code


def test_names_stand_on_their_countries() -> None:
    for code, longitude, latitude in (
        ("CU", -79, 22),
        ("CN", 103, 36),
        ("EG", 30, 27),
        ("KR", 128, 36),
        ("HK", 114, 22),
    ):
        place, wanted = read_outlines().find_centre(code), project(longitude, latitude)
        assert place is not None
        assert abs(place[0] - wanted[0]) + abs(place[1] - wanted[1]) < 0.05, code
