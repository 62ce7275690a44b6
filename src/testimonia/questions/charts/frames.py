"""The common frame of charts: the question as title, a note on what is drawn, a source line.

The same answer gives the same bytes: no clock, no random ids, text as text.
"""

import io
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH = 9.0
"""Inches."""
LINE = 0.19
"""The height of a line of text in inches."""
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#F0E442")
"""Colours that colour-blind people can distinguish too (Okabe and Ito)."""
INK, QUIET = "#222222", "#5f5f5f"
STYLE: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "testimonia",
    "text.parse_math": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "ytick.color": INK,
}


@dataclass(frozen=True, slots=True)
class Caption:
    """The texts around a picture."""

    title: str
    note: str
    source: str


def make_frame(caption: Caption, *, height: float, left: float, right: float = 0.5) -> tuple[Figure, Axes]:
    """Return a figure with title, note and source line, and the axes between them; all measures are in inches."""
    title = wrap(caption.title, 72)
    note = wrap(caption.note, 112)
    source = wrap(caption.source, 138)
    top = 0.25 + 0.26 * len(title) + LINE * len(note) + 0.2
    bottom = 0.45 + LINE * len(source) + 0.15
    whole = top + height + bottom
    figure = Figure(figsize=(WIDTH, whole))
    figure.patch.set_facecolor("white")

    def write(lines: list[str], above: float, step: float, **how: object) -> None:
        for number, line in enumerate(lines):
            figure.text(0.25 / WIDTH, 1 - (above + step * number) / whole, line, va="top", **how)  # type: ignore[arg-type]

    write(title, 0.2, 0.26, size=13, weight="bold")
    write(note, 0.25 + 0.26 * len(title), LINE, color=QUIET)
    write(source, whole - LINE * len(source) - 0.1, LINE, size=8, color=QUIET)
    axes = figure.add_axes((left / WIDTH, bottom / whole, (WIDTH - left - right) / WIDTH, height / whole))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return figure, axes


def write_svg(figure: Figure, caption: Caption) -> bytes:
    """Return a figure as SVG."""
    file = io.BytesIO()
    metadata = {
        "Date": None,
        "Title": caption.title,
        "Description": f"{caption.note} {caption.source}",
        "Creator": None,
    }
    figure.savefig(file, format="svg", metadata=metadata)
    return b"".join(line.rstrip() + b"\n" for line in file.getvalue().splitlines())
