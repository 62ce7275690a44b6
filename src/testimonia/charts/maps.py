"""Maps: amounts by country in, a map of the world out, with a list of every country and its amount beneath."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from testimonia.charts.frames import INK, LINE, QUIET, WIDTH, Caption, make_frame
from testimonia.charts.marks import Tally
from testimonia.charts.outlines import Place, read_outlines

_SHADES = LinearSegmentedColormap.from_list("claims", ["#cfe3f2", "#0072B2", "#003a5c"])
_LAND, _EDGE = "#ececec", "#ffffff"
_COLUMNS = 3


def draw_map(tally: Tally, codes: Mapping[str, str], caption: Caption) -> Figure:
    """Give the figure; `codes` is label → ISO 3166 code. What has no code stands in the list only."""
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
    _write_names(figure, axes, {n: place for n in ranked if (place := outlines.find_centre(codes.get(n, "")))}, amounts)
    _write_list(axes, ranked, amounts, {n: shades.get(codes.get(n, ""), _LAND) for n in ranked}, height)
    return figure


def _shade(amount: float, most: float) -> tuple[float, float, float, float]:
    return _SHADES(amount / most if most else 0.0)


def _make_path(rings: list[list[Place]]) -> Path:
    """Give the rings of a country as one path."""
    vertices, strokes = [], []
    for ring in rings:
        vertices += ring
        strokes += [Path.MOVETO, *([Path.LINETO] * (len(ring) - 2)), Path.CLOSEPOLY]
    return Path(vertices, strokes)


def _write_names(figure: Figure, axes: Axes, places: Mapping[str, Place], amounts: Mapping[str, float]) -> None:
    """Write names and amounts on the map, those of the largest first, each where none that stands already is hit."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # measures texts; nothing is drawn with it
    taken: list[object] = []
    for name, place in places.items():
        for offset, side in (
            ((0, 0), "center"),
            ((7, 5), "left"),
            ((7, -9), "left"),
            ((-7, 5), "right"),
            ((-7, -9), "right"),
        ):
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
            if not any(box.overlaps(other) for other in taken):  # type: ignore[arg-type]
                taken.append(box)
                break
            text.remove()


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
