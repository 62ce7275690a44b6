"""The data of a chart: amounts by label and series, or dots on a timeline, from an answer."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from testimonia.core.answer import SEPARATOR, Term
from testimonia.core.dates import find_span
from testimonia.core.errors import QueryError
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.questions.question import Chart, Question
from testimonia.rdf.cells import write_short
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

MODALITY = "modality"
UNSAID = "(not said)"
"""What stands for an empty cell."""
_YEAR = re.compile("[12][0-9]{3}")


@dataclass(slots=True)
class Tally:
    """The amount of each label by series ("" where there are none), and the claims that were counted."""

    amounts: dict[str, dict[str, float]] = field(default_factory=dict)
    claims: dict[str, Backing] = field(default_factory=dict)

    def rank(self) -> list[str]:
        """Return the labels, the largest first and "(not said)" last; years are in chronological order.

        >>> Tally({"a": {"": 1}, "(not said)": {"": 9}, "b": {"x": 1, "y": 2}}).rank()
        ['b', 'a', '(not said)']
        """
        names = sorted(self.amounts, key=lambda name: (name == UNSAID, -sum(self.amounts[name].values()), name))
        return sorted(names) if all(_YEAR.fullmatch(name) for name in names) else names


@dataclass(frozen=True, slots=True, order=True)
class Dot:
    """A dot on a timeline: its first day, its date as written, its label, its series."""

    day: date
    written: str
    label: str
    series: str
    behind: tuple[Backing, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of an answer: column → cell, and the claims behind it."""

    cells: Mapping[str, Term | None]
    behind: tuple[Backing, ...]


def count_marks(question: Question, chart: Chart, found: Evidenced, naming: Naming, *, by: str) -> Tally:
    """Return the amount of each member of the column with the role `by` (`label`, `country`).

    Without a value column, claims are counted: one that is behind several rows counts once for each label and series.
    QueryError where two rows have a value for one label and series: values are not added up.
    """
    tally = Tally()
    counted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in choose_rows(chart, found, naming):
        tally.claims |= {backing.claim: backing for backing in row.behind}
        for label in _list_members(row.cells[chart.roles[by]], naming):
            amounts = tally.amounts.setdefault(label, {})
            if "value" in chart.roles:
                series = _name_series(chart, row, None, naming)
                if series in amounts:
                    raise QueryError(
                        f'"{question.slug}" gives two values for {label!r}, which may not be added up; '
                        f"its chart has to count claims, or to tell the two apart by a series"
                    )
                amounts[series] = float(get_value(row.cells[chart.roles["value"]]) or 0)
                continue
            for backing in row.behind:
                counted[label, _name_series(chart, row, backing, naming)].add(backing.claim)
    for (label, series), claims in counted.items():
        tally.amounts[label][series] = len(claims)
    return tally


def list_dots(chart: Chart, found: Evidenced, naming: Naming) -> tuple[list[Dot], int]:
    """Return the dots of a timeline in chronological order, and the number of rows without a day."""
    dots: list[Dot] = []
    undated = 0
    for row in choose_rows(chart, found, naming):
        span = find_span(get_value(row.cells[chart.roles["day"]]), with_time=True)
        if span is None:
            undated += 1
            continue
        written = write_short(row.cells[chart.roles.get("written", chart.roles["day"])], naming)
        series = {_name_series(chart, row, backing, naming) for backing in row.behind} or {""}
        label = write_short(row.cells[chart.roles["label"]], naming)
        dots.append(Dot(span[0], written, label, SEPARATOR.join(sorted(series)), row.behind))
    return sorted(dots), undated


def choose_rows(chart: Chart, found: Evidenced, naming: Naming) -> Iterator[ChartRow]:
    """Yield the rows that a chart draws: those of its modalities, or all."""
    for cells, behind in zip(found.answer, found.backing, strict=True):
        if not chart.only or write_short(cells[MODALITY], naming) in chart.only:
            yield ChartRow(cells, behind)


def count_modalities(claims: Sequence[Backing], naming: Naming) -> dict[str, int]:
    """Return modality → number of claims, the most frequent first."""
    counts = Counter(naming.shorten(backing.modality) for backing in claims)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _list_members(cell: Term | None, naming: Naming) -> list[str]:
    return [part for part in write_short(cell, naming).split(SEPARATOR) if part] or [UNSAID]


def _name_series(chart: Chart, row: ChartRow, backing: Backing | None, naming: Naming) -> str:
    """Return the series of a row, or of a claim behind it where the series is its modality and no column."""
    name = chart.roles.get("series", "")
    if not name:
        return ""
    if name in row.cells:
        return write_short(row.cells[name], naming) or UNSAID
    return naming.shorten(backing.modality) if backing is not None else ""
