"""A line of time, each dot on a line of its own with its words beside it."""

from datetime import date
from textwrap import wrap

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from testimonia.questions.charts.bars import name_series, rank_series
from testimonia.questions.charts.frames import COLOURS, LINE, QUIET, Caption, make_frame
from testimonia.questions.charts.marks import Dot

MOST = 60
"""How many dots one picture holds."""
_WORDS = 58
_EPOCH = date(1970, 1, 1).toordinal()  # what matplotlib counts days from


def draw_timeline(dots: list[Dot], caption: Caption) -> Figure:
    """Find the figure, the earliest on top; words stand where there is room, to the right or the left of their dot."""
    written = [wrap(dot.label, _WORDS, max_lines=4, placeholder=" …") or [""] for dot in dots]
    heights = [LINE * max(1, len(lines)) * 0.85 + 0.1 for lines in written]
    series = rank_series({str(number): {dot.series: 1.0} for number, dot in enumerate(dots)})
    legend = 0.2 * (1 + (len(series) - 1) // 4) + 0.1 if series != [""] else 0.0
    figure, axes = make_frame(caption, height=sum(heights) + legend + 0.3, left=0.9)
    days = [float(dot.day.toordinal() - _EPOCH) for dot in dots]
    first, last = min(days), max(days)
    span = max(last - first, 30.0)
    axes.set_xlim(first - span * 0.02, last + span * 0.02)
    middle = 0.0
    for dot, day, lines, tall in zip(dots, days, written, heights, strict=True):
        middle += tall / 2
        colour = COLOURS[next(n for n, name in enumerate(series) if dot.series in name.split("\n"))]
        axes.plot([day], [middle], "o", color=colour, markersize=5, clip_on=False)
        right = day - first < span / 2
        axes.annotate(
            "\n".join(lines),
            (day, middle),
            (6 if right else -6, 0),
            textcoords="offset points",
            va="center",
            ha="left" if right else "right",
            size=8,
            linespacing=1.05,
        )
        axes.annotate(
            dot.written,
            (0, middle),
            (-4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            ha="right",
            size=7,
            color=QUIET,
        )
        middle += tall / 2
    axes.set_ylim(middle + 0.05, -legend - 0.1)
    axes.set_yticks([])
    locator = AutoDateLocator(maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))  # type: ignore[no-untyped-call]
    if legend:
        for number, name in enumerate(series):
            axes.plot([], [], "o", color=COLOURS[number], markersize=5, label=name_series(name))
        axes.legend(
            loc="upper left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=8, borderaxespad=0, handlelength=1
        )
    return figure
