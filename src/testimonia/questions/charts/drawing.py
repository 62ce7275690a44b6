"""The picture that a question declares, drawn from its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib import rc_context

from testimonia.core.answer import QueryEngine, Solutions
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.questions.charts.bars import draw_bars, name_rest
from testimonia.questions.charts.frames import STYLE, Caption, write_svg
from testimonia.questions.charts.maps import draw_map
from testimonia.questions.charts.marks import count_marks, count_modalities, list_dots
from testimonia.questions.charts.timelines import MOST, draw_timeline
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.questions.question import Chart, ChartKind, Question
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("dcat", "dct", "owl", "rdfs", "t"))
_DATASET = "SELECT ?title ?version { ?set a dcat:Dataset ; dct:title ?title ; owl:versionInfo ?version } ORDER BY ?set"
_CODES = "SELECT ?place ?name ?code { ?place t:iso ?code ; rdfs:label ?name }"


def draw_chart(
    question: Question, values: Mapping[str, str], found: Evidenced, naming: Naming, run: QueryEngine
) -> bytes:
    """Return the picture of an answer, the same bytes for the same answer.

    QueryError when the question declares no chart, or nothing of the answer can be drawn.
    """
    chart = question.chart
    if chart is None:
        raise QueryError(f'"{question.slug}" has no chart')
    captioner = Captioner(question, values, naming, run)
    with rc_context(STYLE):
        match chart.kind:
            case ChartKind.TIMELINE:
                dots, undated = list_dots(chart, found, naming)
                note = "By the first day that each date can mean."
                if len(dots) > MOST:
                    note += f" The latest {MOST} of {len(dots)} are shown; ask of one country for all."
                if undated:
                    note += f" {undated} without a year are left out."
                shown = dots[-MOST:]
                caption = captioner.write(note, {backing.claim: backing for dot in shown for backing in dot.behind})
                figure = draw_timeline(shown, caption) if shown else None
            case ChartKind.MAP:
                tally = count_marks(question, chart, found, naming, by="country")
                note = f"{_begin(_say_unit(question, chart))}, by country; one that is on two countries counts in both."
                caption = captioner.write(note, tally.claims)
                figure = draw_map(tally, find_codes(naming, run), caption) if tally.amounts else None
            case ChartKind.BAR:
                tally = count_marks(question, chart, found, naming, by="label")
                unit = _say_unit(question, chart)
                note = f"{_begin(unit)}: {_explain(question, chart, 'label')}.{name_rest(tally)}"
                caption = captioner.write(note, tally.claims)
                figure = draw_bars(tally, caption, unit=unit) if tally.amounts else None
        if figure is None:
            raise QueryError(f'nothing of the answer to "{question.slug}" can be drawn')
        return write_svg(figure, caption)


@dataclass(frozen=True, slots=True)
class Captioner:
    """Writes what stands around the pictures of one question."""

    question: Question
    values: Mapping[str, str]
    naming: Naming
    run: QueryEngine

    def write(self, note: str, claims: Mapping[str, Backing]) -> Caption:
        """Return the question, what is drawn, and the source: data set, version, how many claims say what."""
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


def name_dataset(run: QueryEngine) -> str:
    """Return title and version of the data set, as its own description says."""
    for title, version in _ask(run, _DATASET):
        return f"{title}, version {version}"
    return "a data set that does not describe itself"


def find_codes(naming: Naming, run: QueryEngine) -> dict[str, str]:
    """Return the ISO 3166 codes of places, by their labels and by their short names."""
    codes: dict[str, str] = {}
    for place, name, code in _ask(run, _CODES):
        codes |= {name: code, naming.shorten(place): code}
    return codes


def _say_unit(question: Question, chart: Chart) -> str:
    """Say what is counted."""
    if "value" in chart.roles:
        return _explain(question, chart, "value")
    return "claims" + (f" ({', '.join(chart.only)})" if chart.only else "")


def _explain(question: Question, chart: Chart, role: str) -> str:
    """Say what the column means that plays a role."""
    return question.columns[chart.roles[role]].partition(";")[0]


def _begin(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]


def _ask(run: QueryEngine, query: str) -> list[tuple[str, ...]]:
    answer = run(_PREFIXES + query)
    return [tuple(map(get_value, row)) for row in answer.rows] if isinstance(answer, Solutions) else []
