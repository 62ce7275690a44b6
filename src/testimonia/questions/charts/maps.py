"""A map of the world, with a list of every country and its amount beneath."""

from collections.abc import Mapping
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
"""How wide a country is that holds its name."""
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
"""Where a name is tried, from the middle of its country, in points."""
_WITHIN: tuple[tuple[tuple[float, float], Literal["left", "right", "center"]], ...] = (((0, 0), "center"), *_BESIDE)


def draw_map(tally: Tally, codes: Mapping[str, str], caption: Caption) -> Figure:
    """Return the figure; `codes` is label → ISO 3166 code. What has no code stands in the list only."""
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
    shades = {codes[name]: _shade(amounts[name], max(amounts.values())) for name in ranked if name in codes}
    for code, rings in outlines.rings.items():
        axes.add_patch(
            PathPatch(_make_path(rings), facecolor=shades.get(code, _LAND), edgecolor=_EDGE, linewidth=0.4, zorder=1)
        )
    for name in ranked:
        point = outlines.points.get(codes.get(name, ""))
        if point is not None:
            axes.plot(*point, "o", color=shades[codes[name]], markeredgecolor=INK, markersize=5, zorder=3)
    _write_names(figure, axes, {name: codes[name] for name in ranked if name in codes}, amounts)
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
    """Write names and amounts on the map, those of the largest first, each where none that stands already is hit.

    A country that a name would cover has it beside it, as far as there is room on no other that is shaded.
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
            text = axes.annotate(
                f"{name} {amounts[name]:g}",
                place,
                offset,
                textcoords="offset points",
                ha=side,
                va="center",
                size=7.5,
                zorder=4,
                bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.82, "linewidth": 0},
            )
            box = text.get_window_extent(renderer).padded(3)
            texts.append((box.count_overlaps(taken), sum(_hits(path, box) for path in others), len(texts), box, text))
        hits, _, _, box, best = min(texts, key=lambda found: found[:3])
        for *_, text in texts:
            if text is not best or hits:
                text.remove()
        if not hits:
            taken.append(box)


def _hits(path: Path, box: Bbox) -> int:
    """Return how many of nine places of a box lie within a path."""
    places = [(x, y) for x in (box.x0, (box.x0 + box.x1) / 2, box.x1) for y in (box.y0, (box.y0 + box.y1) / 2, box.y1)]
    return int(path.contains_points(places).sum())


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
