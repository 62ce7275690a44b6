"""Which values of a parameter the data knows."""

from collections.abc import Mapping

import pyoxigraph as ox

from testimonia.core.answer import QueryEngine, Solutions
from testimonia.core.errors import QueryError, find_nearest
from testimonia.core.namespaces import expand
from testimonia.questions.question import ANY, Question, QuestionParameter
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
    """Say which values a parameter takes, for people.

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
    """Return the RDF term that a typed-in value is for a parameter; QueryError when it is none."""
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
    """Return the short names that a parameter can take, from the data, sorted; [] where the header names no space.

    Of terms, those that stand above a used one are among them: questions ask for a term with all narrower ones.
    """
    if not parameter.space:
        return []
    answer = run(f"SELECT DISTINCT ?node {{ {_match(parameter, '?node')} }}")
    stem = naming.get_stem(parameter.space)
    nodes = [row[0] for row in answer.rows] if isinstance(answer, Solutions) else []
    iris = [node.value for node in nodes if isinstance(node, ox.NamedNode) and node.value.startswith(stem)]
    return sorted(iri.removeprefix(stem) for iri in iris if "/" not in iri.removeprefix(stem))


def check_values(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> None:
    """Raise QueryError that names each typed-in value that the data does not know, with the nearest ones it knows."""
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
    """Find lines that say why an answer may be empty: an empty default graph, or values that the data does not know."""
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
    """Tell whether what is asked holds no triple: a server that keeps all of them in named graphs, and asks none."""
    return run("ASK { ?anything ?at ?all }") is False


def _match(parameter: QuestionParameter, node: str) -> str:
    """Return the pattern that holds of a node (a variable, or an IRI as SPARQL writes it) that a parameter can be."""
    if not parameter.object_of:
        return f"{node} ?property ?other"
    above = f"/<{_BROADER}>*" if parameter.space.startswith("term/") else ""
    return f"?other <{expand(parameter.object_of)}>{above} {node}"


def _list(known: list[str]) -> str:
    """Say which values there are, as many as can be read at a glance."""
    shown = ", ".join(known[:_SHOWN]) + (f" … ({len(known)} in all)" if len(known) > _SHOWN else "")
    return f"It knows: {shown}."
