"""Open graphs to ask questions of: the folder of a data set, or an endpoint where it is published."""

from collections.abc import Collection
from pathlib import Path

import pyoxigraph as ox

from testimonia.api.questions import Questions
from testimonia.api.rows import Rows
from testimonia.api.values import Given, write_given
from testimonia.core.answer import Answer, QueryEngine, Solutions, Statements
from testimonia.core.errors import InputError, QueryError
from testimonia.core.layout import find_layout
from testimonia.questions.asking import use_store
from testimonia.rdf.short_names import Naming, read_naming
from testimonia.rdf.store import read_store
from testimonia.sources.workspace import use_workspace
from testimonia.sparql.forms import check_read_only, parse_form
from testimonia.sparql.hosts import name_endpoint, parse_endpoint
from testimonia.sparql.parameters import ParameterType, bind_parameters, find_parameters, parse_value


class Graph:
    """An open graph: ask its saved `questions`, or a query of your own. Made by `open_graph`."""

    def __init__(self, where: str, questions: Questions, naming: Naming, run: QueryEngine, *, remote: bool) -> None:
        self.questions = questions
        self._where = where
        self._naming = naming
        self._run = run
        self._remote = remote

    def ask(self, slug: str, /, **parameters: Given) -> Rows:
        """Return the rows of a saved question, as `graph.questions[slug](**parameters)` does.

        QueryError names the nearest question when there is none, and every wrong parameter.
        """
        return self.questions[slug](**parameters)

    def query(self, text: str, /, **parameters: Given) -> Rows:
        """Return the rows of a SPARQL query over all named graphs together.

        A variable such as `?_day_date` or `?_who_iri` is a parameter, as in saved questions: its value is given by name
        (`day="2031-05-04"`) and bound as data. CONSTRUCT and DESCRIBE give rows of `subject`, `predicate`, `object`;
        ASK one row with the column `answer`. QueryError says where it does not parse (line and column), which
        parameters are wrong, and refuses what changes data or reaches out.
        """
        check_read_only(text, remote=self._remote)
        text = _bind(text, parameters, self._naming)
        if not self._remote:
            parse_form(text)
        return Rows(_tabulate(self._run(text)), self._naming)

    def __repr__(self) -> str:
        return f"<Graph {self._where}: {len(self.questions)} questions>"


def open_graph(
    path: Path | str | None = None,
    *,
    endpoint: str | None = None,
    timeout: float = 60.0,
    workspace: Path | str | None = None,
    without: Collection[str] = (),
) -> Graph:
    """Return the open graph of a data set.

    `path` is the folder of the data set, or one in it; by default the current folder. Its `graph/` is loaded into
    memory, unless `endpoint`, the address of a SPARQL server that holds it, is given: then each question is sent there,
    and RemoteError says what is wrong when no answer comes within `timeout` seconds. InputError when there is no data
    set, or its graph is not built.

    `workspace` is a folder of merged sources (`testimonia merge`) to query too, except those named in `without`: GRAPH
    patterns match their statements, patterns outside GRAPH only those of the data set. InputError when a name is
    unknown or memory is too small; QueryError when it is given with `endpoint`.

    >>> open_graph("/nowhere")
    Traceback (most recent call last):
    testimonia.core.errors.InputError: mappings/dataset.yaml: not found.
    Name the folder of a data set: open_graph(PATH).
    [project-incomplete]
    """
    layout = find_layout(Path(path or "."))
    if not layout.dataset.is_file():
        fix = "Name the folder of a data set: open_graph(PATH)"
        raise InputError.at(layout.name(layout.dataset), "project-incomplete", found="not found", fix=fix)
    naming = read_naming(layout)
    if endpoint is not None and workspace is not None:
        raise QueryError("endpoint and workspace are two places to ask; leave out one")
    if without and workspace is None:
        raise QueryError("without leaves sources of a workspace out; name the workspace")
    if endpoint is not None:
        from testimonia.sparql.remote import run_remote_query  # noqa: PLC0415  (rdflib)

        parse_endpoint(endpoint)

        def send(text: str) -> Answer:
            return run_remote_query(endpoint, text, timeout=timeout)

        return Graph(f"at {name_endpoint(endpoint)}", Questions(layout, naming, send), naming, send, remote=True)
    if workspace is not None:
        run = use_workspace(layout, Path(workspace), without)
    else:
        run = use_store(read_store(layout.graph))
    return Graph(f"of {layout.root.name}", Questions(layout, naming, run), naming, run, remote=False)


def _bind(text: str, given: dict[str, Given], naming: Naming) -> str:
    """Bind the parameters of a query; QueryError names every unknown, missing or ill-typed one."""
    found = find_parameters(text)
    terms: dict[str, ox.NamedNode | ox.Literal] = {}
    wrong = [f"the query has no parameter {name}" for name in given if name.removesuffix("_") not in found]
    values = {name.removesuffix("_"): value for name, value in given.items() if value is not None}
    for name, parameter in found.items():
        if name not in values:
            wrong.append(f"parameter {name} has no value")
            continue
        try:
            written = write_given(name, values[name])
            is_iri = parameter.type is ParameterType.IRI
            terms[name] = parse_value(parameter, naming.expand(written, "") if is_iri else written)
        except QueryError as error:
            wrong.append(str(error))
    if wrong:
        raise QueryError("\n".join(wrong))
    return bind_parameters(text, terms)


def _tabulate(answer: Answer) -> Solutions:
    """Return an answer of any query form as a table."""
    if isinstance(answer, Statements):
        return Solutions(("subject", "predicate", "object"), tuple(map(tuple, answer.triples)))
    if isinstance(answer, bool):
        return Solutions(("answer",), ((ox.Literal(answer),),))
    return answer
