"""Comparison of a figure of ours with the number that a query over merged data gives.

Decision 37 has the rules.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from testimonia.core.answer import Solutions, Term, collect_answer
from testimonia.core.dates import DateSpan, find_span
from testimonia.core.errors import QueryError
from testimonia.core.namespaces import get_last_word
from testimonia.linking.comparison.figured import Figure
from testimonia.linking.comparison.figures import FigureVerdict, read_figure
from testimonia.linking.comparison.merged import Merged
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import run_query
from testimonia.sparql.forms import check_tokens
from testimonia.sparql.lexer import find_significant_tokens
from testimonia.sparql.names import find_iris

COLUMNS = ("unit", "per", "date")
"""Columns beside the number by which a query says what it counts."""

_NUMERIC = frozenset(
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger", "int", "long")
)


@dataclass(frozen=True, slots=True)
class Theirs:
    """The answer of a query: a number (None: no row, or nothing bound), its unit and `per`, its date, its sources.

    `sources` are the merged sources that contribute to it, each with its graphs.
    """

    number: Decimal | None
    unit: str
    per: str
    written: str
    span: DateSpan | None
    sources: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """The verdict on a figure; `why` says what decided it, or what left it open."""

    verdict: FigureVerdict
    why: tuple[str, ...]
    ours: Figure
    theirs: Theirs


def check_figure(merged: Merged, ours: Figure, query: str) -> FigureCheck:
    """Return the verdict on a figure of ours from the number that a query gives over the merged data.

    QueryError when the query updates, calls SERVICE, or does not give one number.
    """
    theirs = ask_number(merged, query)
    reasons = [*_find_faults_of_ours(ours), *_find_faults_of_theirs(theirs), *_find_differences(merged, ours, theirs)]
    if reasons or theirs.number is None:
        return FigureCheck(FigureVerdict.UNKNOWN, tuple(reasons), ours, theirs)
    reading = read_figure(ours.value, ours.qualifier)
    verdict = reading.judge(theirs.number)
    taken = [] if theirs.unit else ["the query names no unit: taken to be ours"]
    taken += [] if theirs.written or not ours.written else [f"the query names no date: taken to be {ours.written}"]
    return FigureCheck(verdict, (*((reading.vague,) if verdict is FigureVerdict.UNKNOWN else ()), *taken), ours, theirs)


def ask_number(merged: Merged, query: str) -> Theirs:
    """Return the number that a query gives, with its columns `unit`, `per` and `date`."""
    tokens = find_significant_tokens(query)
    if check_tokens(tokens).word != "SELECT":
        raise QueryError("the query is no SELECT; expected one that gives one number")
    row = _find_row(run_query(merged.store, query, union=False))
    names = [name for name in row if name not in COLUMNS]
    if len(names) != 1:
        found = ", ".join(f"?{name}" for name in names) or "none"
        raise QueryError(f"a query gives one number, and perhaps ?unit, ?per, ?date; other columns here: {found}")
    written = get_value(row.get("date"))
    if written and find_span(written) is None:
        raise QueryError("?date of the query is no date; expected YYYY, YYYY-MM or YYYY-MM-DD")
    is_from = any(token.word == "FROM" for token in tokens)
    return Theirs(
        number=_read_number(row[names[0]]),
        unit=get_value(row.get("unit")),
        per=get_value(row.get("per")),
        written=written,
        span=find_span(written),
        sources=_find_named(merged, query) if is_from else _find_sources(merged, query, row),
    )


def _find_row(answer: object) -> dict[str, Term | None]:
    """Return the one row of an answer, with nothing bound where there is no row."""
    if not isinstance(answer, Solutions):
        raise QueryError("the query gives no table; expected SELECT")
    if len(answer.rows) > 1:
        expected = "one number, such as (COUNT(DISTINCT ?x) AS ?n)"
        raise QueryError(f"the query gives {len(answer.rows):,} rows; expected {expected}")
    return dict(zip(answer.variables, answer.rows[0], strict=True)) if answer.rows else dict.fromkeys(answer.variables)


def _read_number(term: Term | None) -> Decimal | None:
    if term is None:
        return None
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMERIC:
        raise QueryError("the query gives something that is no number; expected a COUNT, a SUM or a number of theirs")
    try:
        number = Decimal(term.value)
    except InvalidOperation as error:
        raise QueryError("the query gives a number that cannot be read") from error
    if number.is_nan():
        raise QueryError("the query gives NaN, which is no number")
    if not number.is_finite():
        raise QueryError("the query gives a number without end")
    return number


def _find_sources(merged: Merged, query: str, row: dict[str, Term | None]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sources without which the answer changes; all where only several together change it."""
    graphs: dict[str, list[str]] = {name: [] for name in merged.names}
    others: list[ox.NamedNode | ox.BlankNode] = []
    for graph in merged.store.named_graphs():
        source = merged.find_source(get_value(graph))
        if source in graphs:
            graphs[source].append(get_value(graph))
        elif isinstance(graph, ox.NamedNode):
            others.append(graph)

    def ask(names: set[str]) -> dict[str, Term | None]:
        """Return the row of the query over our graphs and those of some sources."""
        named = [*others, *(ox.NamedNode(graph) for name in names for graph in graphs[name])]
        results = merged.store.query(query, default_graph=[ox.DefaultGraph()], named_graphs=named)
        return _find_row(collect_answer(results))

    if ask(set()) == row:
        return ()
    parts = [name for name in graphs if ask(set(graphs) - {name}) != row]
    return tuple((name, tuple(sorted(graphs[name]))) for name in parts or graphs)


def _find_named(merged: Merged, query: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sources whose graphs a query names."""
    found: dict[str, list[str]] = {}
    for iri in sorted(set(find_iris(query))):
        source = merged.find_source(iri)
        if source in merged.names:
            found.setdefault(source, []).append(iri)
    return tuple((name, tuple(graphs)) for name, graphs in found.items())


def _find_faults_of_ours(ours: Figure) -> list[str]:
    reasons = [f"ours is a word, not a number: “{ours.wording}”"] if not ours.value else []
    if ours.unreal:
        reasons.append(f"ours is not said to have been so: {ours.unreal}")
    return reasons


def _find_faults_of_theirs(theirs: Theirs) -> list[str]:
    if theirs.number is None:
        return ["theirs is empty: the query finds nothing"]
    if not theirs.sources:
        return ["no merged source has a part in the number; what they say is asked for within GRAPH ?source { … }"]
    return ["theirs is 0: what is not found may still have been"] if theirs.number == 0 else []


def _find_differences(merged: Merged, ours: Figure, theirs: Theirs) -> list[str]:
    """Return why two numbers cannot be compared: another unit, per another, another time."""
    reasons: list[str] = []
    if theirs.number is None:
        return reasons
    if theirs.unit and not _is_same(merged, ours.unit, theirs.unit):
        reasons.append(f"another unit: ours {get_last_word(ours.unit)}, theirs {get_last_word(theirs.unit)}")
    if (ours.per or theirs.per) and not _is_same(merged, ours.per, theirs.per):
        per, theirs_per = (get_last_word(iri) or "in all" for iri in (ours.per, theirs.per))
        reasons.append(f"per another: ours {per}, theirs {theirs_per}")
    if ours.written and theirs.written and ours.span != theirs.span:
        reasons.append(f"another time: ours {ours.written}, theirs {theirs.written}")
    return reasons


def _is_same(merged: Merged, ours: str, theirs: str) -> bool:
    """Tell whether a unit is ours: the same IRI, an equivalent of it, or the word that it is called by."""
    return theirs in {*merged.find_group(ours), get_last_word(ours)}
