"""Maps: names hit neither each other nor a small country of their own, and every country stands in the list."""

from itertools import combinations

import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation

from testimonia.questions.charts.frames import STYLE, Caption
from testimonia.questions.charts.maps import draw_map
from testimonia.questions.charts.marks import UNSAID, Tally
from testimonia.questions.charts.outlines import read_outlines

EUROPE = ("AT", "BE", "CH", "CZ", "DE", "DK", "FR", "HU", "IT", "LU", "NL", "PL", "SI", "SK", "HK", "MO")


@pytest.mark.slow
def test_names_do_not_hit_each_other() -> None:
    codes = {f"Country {code}": code for code in EUROPE}
    tally = Tally({name: {"": number + 1.0} for number, name in enumerate(codes)} | {UNSAID: {"": 3.0}})
    with rc_context(STYLE):
        figure = draw_map(tally, codes, Caption("Where?", "Claims.", "Source."))
        (axes,) = figure.axes
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        names = [text for text in axes.texts if isinstance(text, Annotation)]
        boxes = [text.get_window_extent(renderer) for text in names]
    assert 5 < len(boxes) <= len(codes)
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    listed = {text.get_text() for text in axes.texts}
    assert {f"Country {code}  {number + 1}" for number, code in enumerate(EUROPE)} <= listed
    assert f"{UNSAID}  3" in listed


def test_extents() -> None:
    (left, low), (right, high) = read_outlines().find_extent("CN")
    assert right - left > 0.5
    assert high - low > 0.3
    assert read_outlines().find_extent("HK")[0] == read_outlines().find_extent("HK")[1]
