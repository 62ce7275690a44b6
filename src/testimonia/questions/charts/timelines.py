"""Timelines: each dot on a line of its own, with its label next to it."""

from datetime import date
from textwrap import wrap

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from testimonia.questions.charts.bars import measure_legend, name_series, rank_series, write_legend
from testimonia.questions.charts.frames import COLOURS, LINE, QUIET, Caption, make_frame
from testimonia.questions.charts.marks import Dot

MOST = 60
"""The most dots in a timeline."""
_WORDS = 58
_EPOCH = date(1970, 1, 1).toordinal()  # what matplotlib counts days from


def draw_timeline(dots: list[Dot], caption: Caption) -> Figure:
    """Draw a timeline, the earliest on top; labels are to the right of their dot in its left half, else to the left."""
    written = [wrap(dot.label, _WORDS, max_lines=4, placeholder=" …") or [""] for dot in dots]
    heights = [LINE * max(1, len(lines)) * 0.85 + 0.1 for lines in written]
    series = rank_series({str(number): {dot.series: 1.0} for number, dot in enumerate(dots)})
    legend = measure_legend(series)
    figure, axes = make_frame(caption, height=sum(heights) + legend + 0.3, left=0.9)
    days = [float(dot.day.toordinal() - _EPOCH) for dot in dots]
    first, last = min(days), max(days)
    span = max(last - first, 30.0)
    axes.set_xlim(first - span * 0.02, last + span * 0.02)
    colours = {part: COLOURS[number] for number, name in enumerate(series) for part in name.split("\n")}
    middle = 0.0
    for dot, day, lines, tall in zip(dots, days, written, heights, strict=True):
        middle += tall / 2
        axes.plot([day], [middle], "o", color=colours[dot.series], markersize=5, clip_on=False)
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
        write_legend(axes)
    return figure
