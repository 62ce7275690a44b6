"""World maps of amounts by country, with a list of all countries beneath."""

from collections.abc import Mapping
from itertools import product
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from testimonia.questions.charts.frames import INK, LINE, QUIET, WIDTH, Caption, make_frame
from testimonia.questions.charts.marks import Tally
from testimonia.questions.charts.outlines import MapPoint, read_outlines

_SHADES = LinearSegmentedColormap.from_list("claims", ["#cfe3f2", "#0072B2", "#003a5c"])
_LAND, _EDGE = "#ececec", "#ffffff"
_COLUMNS = 3
_ROOM = 0.32
"""The width of a country from which on its name fits into it."""
_BESIDE: tuple[tuple[tuple[float, float], Literal["left", "right", "center"]], ...] = (
    ((10, 0), "left"),
    ((-10, 0), "right"),
    ((8, 10), "left"),
    ((8, -10), "left"),
    ((-8, 10), "right"),
    ((-8, -10), "right"),
    ((0, 14), "center"),
    ((0, -14), "center"),
)
"""The positions that are tried for a name, from the middle of its country, in points."""
_WITHIN: tuple[tuple[tuple[float, float], Literal["left", "right", "center"]], ...] = (((0, 0), "center"), *_BESIDE)


def draw_map(tally: Tally, codes: Mapping[str, str], caption: Caption) -> Figure:
    """Draw a map; `codes` maps label → ISO 3166 code. Labels without a code are only in the list."""
    outlines = read_outlines()
    amounts = {name: sum(parts.values()) for name, parts in tally.amounts.items()}
    ranked = tally.rank()
    lines = -(-len(ranked) // _COLUMNS)
    tall = (WIDTH - 0.5) * 0.44
    listed = LINE * lines + 0.25
    figure, axes = make_frame(caption, height=tall + listed, left=0.25, right=0.25)
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="box", anchor="N")
    width = 5.45
    axes.set_xlim(-width / 2, width / 2)
    height = width * (tall + listed) / (WIDTH - 0.5)
    axes.set_ylim(1.33 - height, 1.33)
    placed = {name: codes[name] for name in ranked if name in codes}
    shades = {code: _shade(amounts[name], max(amounts.values())) for name, code in placed.items()}
    for code, rings in outlines.rings.items():
        axes.add_patch(
            PathPatch(_make_path(rings), facecolor=shades.get(code, _LAND), edgecolor=_EDGE, linewidth=0.4, zorder=1)
        )
    for code in placed.values():
        if code in outlines.points:
            axes.plot(*outlines.points[code], "o", color=shades[code], markeredgecolor=INK, markersize=5, zorder=3)
    _write_names(figure, axes, placed, amounts)
    _write_list(axes, ranked, amounts, {n: shades.get(codes.get(n, ""), _LAND) for n in ranked}, height)
    return figure


def _shade(amount: float, most: float) -> tuple[float, float, float, float]:
    return _SHADES(amount / most if most else 0.0)


def _make_path(rings: list[list[MapPoint]]) -> Path:
    """Return the rings of a country as one path."""
    vertices, strokes = [], []
    for ring in rings:
        vertices += ring
        strokes += [Path.MOVETO, *([Path.LINETO] * (len(ring) - 2)), Path.CLOSEPOLY]
    return Path(vertices, strokes)


def _write_names(figure: Figure, axes: Axes, codes: Mapping[str, str], amounts: Mapping[str, float]) -> None:
    """Write names and amounts on the map, the largest first, each where it overlaps none written before.

    A name that would cover its country is written beside it, where it covers least of other shaded countries.
    """
    outlines = read_outlines()
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # measures texts; nothing is drawn
    shapes = {code: outlines.rings[code] for code in codes.values() if code in outlines.rings}
    shaded = {code: axes.transData.transform_path(_make_path(rings)) for code, rings in shapes.items()}
    taken: list[Bbox] = []
    for name, code in codes.items():
        place = outlines.find_centre(code)
        if place is None:
            continue
        (left, _), (right, _) = outlines.find_extent(code)
        others = [path for other, path in shaded.items() if other != code]
        texts: list[tuple[int, int, int, Bbox, Annotation]] = []
        for offset, side in _WITHIN if right - left > _ROOM else _BESIDE:
            text = _annotate(axes, f"{name} {amounts[name]:g}", place, offset, side)
            box = text.get_window_extent(renderer).padded(3)
            texts.append((box.count_overlaps(taken), sum(_hits(path, box) for path in others), len(texts), box, text))
        hits, _, best, box, _ = min(texts, key=lambda found: found[:3])
        if not hits:
            taken.append(box)
            texts.pop(best)
        for *_, text in texts:
            text.remove()


def _annotate(
    axes: Axes, text: str, place: MapPoint, offset: tuple[float, float], side: Literal["left", "right", "center"]
) -> Annotation:
    """Write a text at an offset from a place, in a white box."""
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.82, "linewidth": 0}
    return axes.annotate(
        text, place, offset, textcoords="offset points", ha=side, va="center", size=7.5, zorder=4, bbox=box
    )


def _hits(path: Path, box: Bbox) -> int:
    """Return how many of nine points of a box are within a path."""
    across, along = (box.x0, (box.x0 + box.x1) / 2, box.x1), (box.y0, (box.y0 + box.y1) / 2, box.y1)
    return int(path.contains_points(list(product(across, along))).sum())


def _write_list(
    axes: Axes, ranked: list[str], amounts: Mapping[str, float], shades: Mapping[str, object], height: float
) -> None:
    """Write every country with its amount beneath the map."""
    inch = 5.45 / (WIDTH - 0.5)
    lines = -(-len(ranked) // _COLUMNS)
    top = 1.33 - height + (LINE * lines) * inch
    for number, name in enumerate(ranked):
        right = -5.45 / 2 + (number // lines) * (5.45 / _COLUMNS)
        up = top - (number % lines) * LINE * inch
        axes.plot(
            [right + 0.05], [up], "s", color=shades[name], markeredgecolor=QUIET, markeredgewidth=0.4, markersize=6
        )
        axes.text(right + 0.12, up, f"{name}  {amounts[name]:g}", va="center", size=8)
