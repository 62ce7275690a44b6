"""Drawing the chart that a question declares, from its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib import rc_context
from matplotlib.figure import Figure

from testimonia.core.answer import QueryEngine, Solutions
from testimonia.core.errors import QueryError
from testimonia.questions.charts.bars import describe_cut, draw_bars
from testimonia.questions.charts.frames import STYLE, Caption, write_svg
from testimonia.questions.charts.maps import draw_map
from testimonia.questions.charts.marks import count_marks, count_modalities, list_dots
from testimonia.questions.charts.timelines import MOST, draw_timeline
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.questions.question import Chart, ChartKind, Question
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming, declare_prefixes

_PREFIXES = declare_prefixes("dcat", "dct", "owl", "rdfs", "t")
_DATASET = "SELECT ?title ?version { ?set a dcat:Dataset ; dct:title ?title ; owl:versionInfo ?version } ORDER BY ?set"
_CODES = "SELECT ?place ?name ?code { ?place t:iso ?code ; rdfs:label ?name }"


def draw_chart(
    question: Question, values: Mapping[str, str], found: Evidenced, naming: Naming, run: QueryEngine
) -> bytes:
    """Return the picture of an answer as SVG, the same bytes for the same answer.

    QueryError when the question declares no chart, or nothing of the answer can be drawn.
    """
    if question.chart is None:
        raise QueryError(f'"{question.slug}" has no chart')
    drawing = _Drawing(question, question.chart, values, found, naming, run)
    draw = {
        ChartKind.TIMELINE: drawing.draw_timeline,
        ChartKind.MAP: drawing.draw_map,
        ChartKind.BAR: drawing.draw_bars,
    }
    with rc_context(STYLE):
        figure, caption = draw[question.chart.kind]()
        if figure is None:
            raise QueryError(f'nothing of the answer to "{question.slug}" can be drawn')
        return write_svg(figure, caption)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Draws the answer to one question; each kind of chart returns a figure (None: nothing to draw) and its caption."""

    question: Question
    chart: Chart
    values: Mapping[str, str]
    found: Evidenced
    naming: Naming
    run: QueryEngine

    def draw_timeline(self) -> tuple[Figure | None, Caption]:
        dots, undated = list_dots(self.chart, self.found, self.naming)
        note = "By the first day that each date can mean."
        if len(dots) > MOST:
            note += f" The latest {MOST} of {len(dots)} are shown; ask of one country for all."
        if undated:
            note += f" {undated} without a year are left out."
        shown = dots[-MOST:]
        caption = self.write_caption(note, {backing.claim: backing for dot in shown for backing in dot.behind})
        return draw_timeline(shown, caption) if shown else None, caption

    def draw_map(self) -> tuple[Figure | None, Caption]:
        tally = count_marks(self.question, self.chart, self.found, self.naming, by="country")
        note = f"{_capitalise(self.describe_unit())}, by country; one that is on two countries counts in both."
        caption = self.write_caption(note, tally.claims)
        return draw_map(tally, find_codes(self.naming, self.run), caption) if tally.amounts else None, caption

    def draw_bars(self) -> tuple[Figure | None, Caption]:
        tally = count_marks(self.question, self.chart, self.found, self.naming, by="label")
        unit = self.describe_unit()
        caption = self.write_caption(
            f"{_capitalise(unit)}: {self.explain_column('label')}.{describe_cut(tally)}", tally.claims
        )
        return draw_bars(tally, caption, unit=unit) if tally.amounts else None, caption

    def write_caption(self, note: str, claims: Mapping[str, Backing]) -> Caption:
        """Return the caption: the question, a note, and the source with data set, version and numbers of claims."""
        usual = self.question.parameters
        given = ", ".join(f"{name}: {value}" for name, value in self.values.items() if value != usual[name].default)
        counts = count_modalities(list(claims.values()), self.naming)
        interviews = len({claim.partition("/claim/")[0] for claim in claims})
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        source = (
            f"Source: {name_dataset(self.run)}, question {self.question.slug}. Drawn from {len(claims)} claims of "
            f"{interviews} interview{'s' * (interviews != 1)}; what they say: {said}."
        )
        return Caption(self.question.summary + (f" ({given})" if given else ""), note, source)

    def describe_unit(self) -> str:
        """Return what is counted."""
        if "value" in self.chart.roles:
            return self.explain_column("value")
        return "claims" + (f" ({', '.join(self.chart.only)})" if self.chart.only else "")

    def explain_column(self, role: str) -> str:
        """Return the meaning of the column with a role."""
        return self.question.columns[self.chart.roles[role]].partition(";")[0]


def name_dataset(run: QueryEngine) -> str:
    """Return title and version of the data set from its description."""
    for title, version in _ask(run, _DATASET):
        return f"{title}, version {version}"
    return "a data set that does not describe itself"


def find_codes(naming: Naming, run: QueryEngine) -> dict[str, str]:
    """Return the ISO 3166 codes of places, by label and by short name."""
    codes: dict[str, str] = {}
    for place, name, code in _ask(run, _CODES):
        codes |= {name: code, naming.shorten(place): code}
    return codes


def _capitalise(text: str) -> str:
    """Return a text with a capital letter at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def _ask(run: QueryEngine, query: str) -> list[tuple[str, ...]]:
    answer = run(_PREFIXES + query)
    return [tuple(map(get_value, row)) for row in answer.rows] if isinstance(answer, Solutions) else []
