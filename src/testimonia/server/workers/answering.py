"""Running a task over a store; a query that is not allowed is rejected before anything is evaluated."""

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
"""Functions whose value differs from call to call."""


class Checked(NamedTuple):
    """What is known about a task before it runs.

    `media_type` of its answer; `tabular`: the answer is a table or a boolean; `union`: it queries all graphs together;
    `cacheable`: it has the same answer every time.
    """

    media_type: str
    tabular: bool
    union: bool
    cacheable: bool


class _BoundedBuffer(io.BytesIO):
    """A buffer with a maximum size."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest

    def write(self, data: "Buffer", /) -> int:
        """Write data; OversizeError when the buffer would grow too large."""
        if self.tell() + memoryview(data).nbytes > self._largest:
            raise OversizeError(f"the answer has more than {self._largest:,} bytes; ask for less (LIMIT)")
        return super().write(data)


def answer_task(store: ox.Store, graphs: AbstractSet[str], task: Task, largest: int, *, union: bool = True) -> Reply:
    """Return the reply to a task: an answer of at most `largest` bytes, or the reason why there is none.

    `graphs` are the IRIs of the store's named graphs. FROM may name only these; an unknown graph in the protocol's
    parameters is empty. Nothing is ever fetched. Without `union` the default graph of a query without FROM is the
    store's.

    >>> store = ox.Store()
    >>> answer_task(store, set(), Task("ASK { ?s ?p ?o }"), 1000).body
    b'{"head":{},"boolean":false}'
    >>> answer_task(store, set(), Task("ASK { SERVICE <x:y> { } }"), 1000).message
    'line 1, column 7: SERVICE is refused: a query may not reach out to other servers'
    """
    try:
        checked = check_task(graphs, task)
        buffer = _BoundedBuffer(largest)
        _write(_run(store, task, union=union and checked.union), checked.media_type, buffer)
    except UnacceptableError as error:
        return Reply(Outcome.UNACCEPTABLE, message=str(error))
    except OversizeError as error:
        return Reply(Outcome.OVERSIZE, message=str(error))
    except MemoryError:
        return Reply(Outcome.MEMORY)
    except (QueryError, SyntaxError, OSError, RuntimeError, ValueError) as error:
        return Reply(Outcome.REFUSED, message=_explain(error))
    return Reply(Outcome.DONE, checked.media_type, body=buffer.getvalue(), cacheable=checked.cacheable)


def check_task(graphs: AbstractSet[str], task: Task) -> Checked:
    """Check a task before it runs.

    QueryError when it is not allowed, UnacceptableError when no media type of its answer is accepted.

    >>> check_task(set(), Task("SELECT (NOW() AS ?now) { }", tabular="text/csv"))
    Checked(media_type='text/csv', tabular=True, union=True, cacheable=False)
    """
    tokens = find_significant_tokens(task.query)
    form = check_tokens(tokens).word
    tabular = form in {"SELECT", "ASK"}
    media_type = task.tabular if tabular else task.graph
    if not media_type:
        raise UnacceptableError(f"{form} gives one of: {', '.join(TABULAR if tabular else GRAPH)}")
    cacheable = not any(token.word in _FLEETING for token in tokens)
    if task.default or task.named:
        return Checked(media_type, tabular, False, cacheable)
    return Checked(media_type, tabular, not check_sources(tokens, graphs, task.base), cacheable)


def _run(store: ox.Store, task: Task, *, union: bool) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Start a query over the data set that it specifies."""
    base = task.base or None
    query = join_laterally(task.query) if task.saved else task.query
    if task.default or task.named:
        default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [ox.NamedNode(iri) for iri in task.default]
        named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in task.named]
        return store.query(query, base_iri=base, default_graph=default, named_graphs=named)
    return store.query(query, base_iri=base, use_default_graph_as_union=union)


def _write(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str, buffer: _BoundedBuffer
) -> None:
    """Serialise results as they are found."""
    if isinstance(results, ox.QueryTriples):
        ox.serialize(results, buffer, GRAPH[media_type], prefixes=PREFIXES)
    else:
        results.serialize(buffer, TABULAR[media_type])


def _explain(error: Exception) -> str:
    """Return the reason why a query did not run, as one line of limited length."""
    match error:
        case SyntaxError():
            text = describe_syntax_error(error)
        case QueryError():
            text = str(error)
        case _:
            text = f"the query cannot be run: {error}"
    line = make_printable(" ".join(text.split()))
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"
