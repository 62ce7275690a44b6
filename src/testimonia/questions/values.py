"""The values of a parameter that occur in the data."""

from collections.abc import Mapping

import pyoxigraph as ox

from testimonia.core.answer import QueryEngine, Solutions
from testimonia.core.errors import QueryError, find_nearest
from testimonia.core.namespaces import expand
from testimonia.questions.question import ANY, Question, QuestionParameter
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming
from testimonia.sparql.parameters import ParameterType, parse_value, write_term

_SHOWN = 20
_EMPTY = (
    "the default graph is empty. Let the server take all named graphs together for it (oxigraph: --union-default-graph)"
)
_BROADER = expand("skos:broader")
_TYPES = {
    ParameterType.IRI: "IRI",
    ParameterType.LITERAL: "text",
    ParameterType.TAGGED: "text",
    ParameterType.INTEGER: "integer",
    ParameterType.NUMBER: "decimal number",
    ParameterType.DATE: "date (YYYY-MM-DD)",
}


def describe_type(parameter: QuestionParameter) -> str:
    """Return the type of a parameter's values in words.

    >>> from testimonia.sparql.parameters import Parameter
    >>> born = Parameter("born", ParameterType.DATE, "", 1, 1)
    >>> describe_type(QuestionParameter(born, "day of birth", None, "2031-05-04", "", ""))
    'date (YYYY-MM-DD)'
    """
    kind = parameter.parameter
    if parameter.space:
        return "name or IRI, or any" if parameter.default == ANY else "name or IRI"
    return _TYPES[kind.type] + (f" ({kind.tag})" if kind.tag else "")


def make_term(parameter: QuestionParameter, value: str, naming: Naming) -> ox.NamedNode | ox.Literal:
    """Return the RDF term for a value of a parameter; QueryError when it is not of the parameter's type."""
    kind = parameter.parameter
    if kind.type is not ParameterType.IRI:
        return parse_value(kind, value)
    if value == ANY and parameter.default == ANY:
        return ox.NamedNode(expand("rdfs:Resource"))
    full = naming.expand(value, parameter.space)
    if parameter.space and ":" not in full:
        raise QueryError(f"parameter {kind.name}: {value!r} is neither a name such as {parameter.usual} nor an IRI")
    return parse_value(kind, full)


def find_values(parameter: QuestionParameter, naming: Naming, run: QueryEngine) -> list[str]:
    """Return the possible short names of a parameter in the data, sorted; [] where the header names no space.

    Broader terms of a used term are included, because questions ask for a term with all narrower ones.
    """
    if not parameter.space:
        return []
    answer = run(f"SELECT DISTINCT ?node {{ {_match(parameter, '?node')} }}")
    stem = naming.get_stem(parameter.space)
    rows = answer.rows if isinstance(answer, Solutions) else ()
    iris = [get_value(node) for (node,) in rows]
    names = [iri.removeprefix(stem) for iri in iris if iri.startswith(stem)]
    return sorted(name for name in names if "/" not in name)


def check_values(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> None:
    """Raise QueryError for values that do not occur in the data, naming the nearest that do."""
    wrong: list[str] = []
    for name, parameter in question.parameters.items():
        given = values.get(name, parameter.default)
        if not parameter.space or given is None or (given == ANY == parameter.default):
            continue
        if run(f"ASK {{ {_match(parameter, write_term(make_term(parameter, given, naming)))} }}") is True:
            continue
        known = find_values(parameter, naming, run)
        near = find_nearest(given, known)
        wrong.append(f"parameter {name}: the data does not know {given!r}. {near + ' ' if near else ''}{_list(known)}")
    if wrong and _is_empty(run):
        raise QueryError(_EMPTY)
    if wrong:
        raise QueryError("\n".join(wrong))


def explain_nothing(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> list[str]:
    """Return lines that explain an empty answer: an empty default graph, or values without a match."""
    if _is_empty(run):
        return [f"No rows: {_EMPTY}"]
    lines = ["No rows."]
    for name, parameter in question.parameters.items():
        given = values.get(name, parameter.usual)
        known = find_values(parameter, naming, run) if given != ANY else []
        if known:
            lines.append(f"{name}={given}: nothing fits. {_list(known)}")
    return lines


def _is_empty(run: QueryEngine) -> bool:
    """Tell whether the default graph is empty, as on a server that does not query its named graphs by default."""
    return run("ASK { ?anything ?at ?all }") is False


def _match(parameter: QuestionParameter, node: str) -> str:
    """Return the pattern that matches a node (a variable or an IRI in SPARQL) if it is a possible value."""
    if not parameter.object_of:
        return f"{node} ?property ?other"
    above = f"/<{_BROADER}>*" if parameter.space.startswith("term/") else ""
    return f"?other <{expand(parameter.object_of)}>{above} {node}"


def _list(known: list[str]) -> str:
    """Return a sentence with the possible values, the first 20 of them."""
    shown = ", ".join(known[:_SHOWN]) + (f" … ({len(known)} in all)" if len(known) > _SHOWN else "")
    return f"It knows: {shown}."
