"""Bar charts: horizontal bars, the largest on top, one colour for each series."""

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from testimonia.questions.charts.frames import COLOURS, INK, LINE, Caption, make_frame
from testimonia.questions.charts.marks import UNSAID, Tally

MOST = 20
"""The most bars in a chart."""


def describe_cut(tally: Tally) -> str:
    """Return a sentence on how many labels are shown, "" when all are."""
    return f" The first {MOST} of {len(tally.amounts)} are shown." if len(tally.amounts) > MOST else ""


def draw_bars(tally: Tally, caption: Caption, *, unit: str) -> Figure:
    """Draw a bar chart; `unit` is what is counted."""
    ranked = tally.rank()
    labels = ranked if len(ranked) <= MOST or ranked[-1] != UNSAID else [*ranked[: MOST - 1], UNSAID]
    labels = labels[:MOST]
    written = ["\n".join(wrap(label, 38, max_lines=4, placeholder=" …")) for label in labels]
    rows = [max(1, text.count("\n") + 1) for text in written]
    heights = [LINE * lines * 0.86 + 0.12 for lines in rows]
    series = rank_series({label: tally.amounts[label] for label in labels})
    legend = measure_legend(series)
    height = sum(heights) + legend + 0.25
    figure, axes = make_frame(caption, height=height, left=3.1)
    middle = 0.0
    for label, text, tall in zip(labels, written, heights, strict=True):
        middle += tall / 2
        begin = 0.0
        for number, name in enumerate(series):
            amount = sum(tally.amounts[label].get(part, 0) for part in name.split("\n"))
            if amount:
                axes.barh(middle, amount, left=begin, height=0.17, color=COLOURS[number], linewidth=0)
                begin += amount
        axes.annotate(f"{begin:g}", (begin, middle), (4, 0), textcoords="offset points", va="center", size=8)
        axes.annotate(
            text, (0, middle), (-6, 0), textcoords="offset points", va="center", ha="right", color=INK, size=9
        )
        middle += tall / 2
    axes.set_ylim(middle + 0.05, -legend - 0.1)
    axes.set_yticks([])
    axes.set_xlim(0, None)
    axes.margins(x=0.08)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(unit, size=8)
    if legend:
        add_legend(axes, series)
    return figure


def rank_series(amounts: dict[str, dict[str, float]]) -> list[str]:
    """Return the series, the largest first; beyond the number of colours the last ones are joined by line feeds.

    >>> rank_series({"a": {"x": 1, "y": 2}, "b": {"y": 1}})
    ['y', 'x']
    """
    sums: dict[str, float] = {}
    for parts in amounts.values():
        for name, amount in parts.items():
            sums[name] = sums.get(name, 0) + amount
    names = sorted(sums, key=lambda name: (-sums[name], name))
    most = len(COLOURS)
    return names if len(names) <= most else [*names[: most - 1], "\n".join(names[most - 1 :])]


def name_series(name: str) -> str:
    r"""Return the name of a series in the legend, or of several that share a colour.

    >>> name_series("feared"), name_series("hoped\nfeared")
    ('feared', '2 others')
    """
    return f"{name.count(chr(10)) + 1} others" if "\n" in name else name


def add_legend(axes: Axes, series: list[str]) -> None:
    """Add the legend of the bars' colours."""
    for number, name in enumerate(series):
        axes.barh([0], [0], color=COLOURS[number], label=name_series(name))
    write_legend(axes)


def measure_legend(series: list[str]) -> float:
    """Return the height of the legend in inches, with four series on a line; 0.0 where there is only one."""
    return 0.2 * (1 + (len(series) - 1) // 4) + 0.1 if series != [""] else 0.0


def write_legend(axes: Axes) -> None:
    """Write the legend above the picture."""
    axes.legend(
        loc="upper left", bbox_to_anchor=(0, 1), ncols=4, frameon=False, fontsize=8, borderaxespad=0, handlelength=1
    )
