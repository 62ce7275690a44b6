"""Answering: a store and a task in, a reply out; what may not run is refused before anything is evaluated."""

from collections.abc import Set as AbstractSet

import pyoxigraph as ox

from testimonia.errors import QueryError, make_printable
from testimonia.namespaces import PREFIXES
from testimonia.pool.formats import GRAPH, TABULAR
from testimonia.pool.messages import Outcome, Reply, Task
from testimonia.sparql.forms import check_tokens, describe_syntax_error
from testimonia.sparql.lexer import find_significant_tokens
from testimonia.sparql.sources import find_sources

LONGEST_MESSAGE = 400


class _FullError(Exception):
    """The answer has outgrown its limit."""


class _Sheet:
    """Something to write to that holds so many bytes and no more."""

    def __init__(self, largest: int) -> None:
        self.content = bytearray()
        self.largest = largest

    def write(self, data: bytes) -> int:
        if len(self.content) + len(data) > self.largest:
            raise _FullError
        self.content += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is there."""


def answer_task(store: ox.Store, graphs: AbstractSet[str], task: Task, largest: int) -> Reply:
    """Give the reply to a task: an answer of at most `largest` bytes, or why there is none.

    `graphs` are the IRIs of the store's named graphs. FROM may name these only; a graph that the protocol's
    parameters name and that is not there is empty. Nothing is ever fetched.

    >>> store = ox.Store()
    >>> answer_task(store, set(), Task("ASK { ?s ?p ?o }"), 1000).body
    b'{"head":{},"boolean":false}'
    >>> answer_task(store, set(), Task("ASK { SERVICE <x:y> { } }"), 1000).message
    'line 1, column 7: SERVICE is refused: a query may not reach out to other servers'
    """
    try:
        tokens = find_significant_tokens(task.query)
        form = check_tokens(tokens).word
        media_type = task.tabular if form in {"SELECT", "ASK"} else task.graph
        if not media_type:
            offered = TABULAR if form in {"SELECT", "ASK"} else GRAPH
            return Reply(Outcome.UNACCEPTABLE, message=f"{form} gives one of: {', '.join(offered)}")
        own = bool(task.default or task.named)
        sources = find_sources(tokens, task.base)
        if not own:
            for source in sources:
                if source.iri not in graphs:
                    raise QueryError(f"{source.place}: FROM is refused: no such graph is here, and nothing is fetched")
        sheet = _Sheet(largest)
        _write(_run(store, task, own=own, union=not sources), media_type, sheet)
    except SyntaxError as error:
        return Reply(Outcome.REFUSED, message=_shorten(describe_syntax_error(error)))
    except QueryError as error:
        return Reply(Outcome.REFUSED, message=_shorten(str(error)))
    except (OSError, RuntimeError, ValueError) as error:
        return Reply(Outcome.REFUSED, message=_shorten(f"the query cannot be run: {error}"))
    except _FullError:
        said = f"the answer has more than {largest:,} bytes; ask for less (LIMIT)"
        return Reply(Outcome.OVERSIZE, message=said)
    except MemoryError:
        return Reply(Outcome.MEMORY)
    return Reply(Outcome.DONE, media_type, body=bytes(sheet.content))


def _run(
    store: ox.Store, task: Task, *, own: bool, union: bool
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Begin to run a query over the data set it asks for."""
    base = task.base or None
    if own:
        default = [ox.NamedNode(iri) for iri in task.default]
        named = [ox.NamedNode(iri) for iri in task.named]
        return store.query(task.query, base_iri=base, default_graph=default, named_graphs=named)
    return store.query(task.query, base_iri=base, use_default_graph_as_union=union)


def _write(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str, sheet: _Sheet
) -> None:
    """Write results as they are found."""
    if isinstance(results, ox.QueryTriples):
        ox.serialize(results, sheet, GRAPH[media_type], prefixes=PREFIXES)
    else:
        results.serialize(sheet, TABULAR[media_type])


def _shorten(text: str) -> str:
    """Give a message in one line of bearable length."""
    line = make_printable(" ".join(text.split()))
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 1] + "…"
