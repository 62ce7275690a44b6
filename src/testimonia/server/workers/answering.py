"""Answering: a store and a task in, a reply out; what may not run is refused before anything is evaluated."""

import io
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from testimonia.core.errors import OversizeError, QueryError, UnacceptableError
from testimonia.core.namespaces import PREFIXES
from testimonia.core.printable import make_printable
from testimonia.server.workers.formats import GRAPH, TABULAR
from testimonia.server.workers.messages import Outcome, Reply, Task
from testimonia.sparql.forms import check_tokens, describe_syntax_error
from testimonia.sparql.from_clauses import check_sources
from testimonia.sparql.lexer import find_significant_tokens
from testimonia.sparql.optional_to_lateral import join_laterally

if TYPE_CHECKING:
    from typing_extensions import Buffer

LONGEST_MESSAGE = 400
_FLEETING = frozenset({"BNODE", "NOW", "RAND", "STRUUID", "UUID"})
"""Functions that give something else each time."""


class Checked(NamedTuple):
    """What is known of a task before it runs.

    `media_type` of its answer, whether that is a table (or yes or no), whether it asks over all graphs together,
    whether it has the same answer every time.
    """

    media_type: str
    tabular: bool
    union: bool
    lasting: bool


class _Sheet(io.BytesIO):
    """Something to write to that holds so many bytes and no more."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest

    def write(self, data: "Buffer", /) -> int:
        """Take in more; OversizeError when that is too much."""
        if self.tell() + memoryview(data).nbytes > self._largest:
            raise OversizeError(f"the answer has more than {self._largest:,} bytes; ask for less (LIMIT)")
        return super().write(data)


def answer_task(store: ox.Store, graphs: AbstractSet[str], task: Task, largest: int, *, union: bool = True) -> Reply:
    """Return the reply to a task: an answer of at most `largest` bytes, or why there is none.

    `graphs` are the IRIs of the store's named graphs. FROM may name these only; a graph that the protocol's
    parameters name and that is not there is empty. Nothing is ever fetched. Without FROM and `union` the default graph
    is that of the store.

    >>> store = ox.Store()
    >>> answer_task(store, set(), Task("ASK { ?s ?p ?o }"), 1000).body
    b'{"head":{},"boolean":false}'
    >>> answer_task(store, set(), Task("ASK { SERVICE <x:y> { } }"), 1000).message
    'line 1, column 7: SERVICE is refused: a query may not reach out to other servers'
    """
    try:
        checked = check_task(graphs, task)
        sheet = _Sheet(largest)
        _write(_run(store, task, union=union and checked.union), checked.media_type, sheet)
    except UnacceptableError as error:
        return Reply(Outcome.UNACCEPTABLE, message=str(error))
    except OversizeError as error:
        return Reply(Outcome.OVERSIZE, message=str(error))
    except MemoryError:
        return Reply(Outcome.MEMORY)
    except (QueryError, SyntaxError, OSError, RuntimeError, ValueError) as error:
        return Reply(Outcome.REFUSED, message=_explain(error))
    return Reply(Outcome.DONE, checked.media_type, body=sheet.getvalue(), lasting=checked.lasting)


def check_task(graphs: AbstractSet[str], task: Task) -> Checked:
    """Return what is to be known of a task before it runs.

    QueryError when it may not run, UnacceptableError when no media type is accepted.

    >>> check_task(set(), Task("SELECT (NOW() AS ?now) { }", tabular="text/csv"))
    Checked(media_type='text/csv', tabular=True, union=True, lasting=False)
    """
    tokens = find_significant_tokens(task.query)
    form = check_tokens(tokens).word
    tabular = form in {"SELECT", "ASK"}
    media_type = task.tabular if tabular else task.graph
    if not media_type:
        raise UnacceptableError(f"{form} gives one of: {', '.join(TABULAR if tabular else GRAPH)}")
    lasting = not any(token.word in _FLEETING for token in tokens)
    if task.default or task.named:
        return Checked(media_type, tabular, False, lasting)
    return Checked(media_type, tabular, not check_sources(tokens, graphs, task.base), lasting)


def _run(store: ox.Store, task: Task, *, union: bool) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Begin to run a query over the data set it asks for."""
    base = task.base or None
    query = join_laterally(task.query) if task.saved else task.query
    if task.default or task.named:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in task.default]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in task.named]
        return store.query(query, base_iri=base, default_graph=default, named_graphs=named)
    return store.query(query, base_iri=base, use_default_graph_as_union=union)


def _write(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str, sheet: _Sheet) -> None:
    """Write results as they are found."""
    if isinstance(results, ox.QueryTriples):
        ox.serialize(results, sheet, GRAPH[media_type], prefixes=PREFIXES)
    else:
        results.serialize(sheet, TABULAR[media_type])


def _explain(error: Exception) -> str:
    """Return why a query did not run, in one line of bearable length."""
    match error:
        case SyntaxError():
            text = describe_syntax_error(error)
        case QueryError():
            text = str(error)
        case _:
            text = f"the query cannot be run: {error}"
    line = make_printable(" ".join(text.split()))
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"
