"""Options of a new data set: an ISO code is what the shapes say that it is."""

from pathlib import Path

from testimonia.scaffold import options


def test_a_code_is_what_its_shape_wants() -> None:
    shapes = Path(__file__).resolve().parents[2] / "shapes" / "entity.ttl"
    pattern = options._ISO.pattern.replace("(?:", "(")
    assert f'"^{pattern}$"' in shapes.read_text("utf-8")
