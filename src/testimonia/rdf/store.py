"""Stores with N-Quads files in memory, queried over the union of their graphs."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from testimonia.core.answer import Answer, Solutions, collect_answer
from testimonia.core.errors import InputError, QueryError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.iris import find_base
from testimonia.core.layout import MANIFEST
from testimonia.rdf.reading import get_value, report_syntax
from testimonia.rdf.same_as_closure import find_equivalents, map_equivalents
from testimonia.sparql.from_clauses import check_sources
from testimonia.sparql.lexer import find_significant_tokens


def read_store(folder: Path) -> ox.Store:
    """Return a store with every `*.nq` file below a folder; they are loaded once per process unless a file changes.

    InputError when there is none (the graph has not been built), or naming each file that does not parse.
    """
    paths = sorted(folder.rglob("*.nq"))
    if not paths:
        raise InputError.at(f"{folder.name}/", "graph-missing", found="no graph here (*.nq)")
    states = [(path, path.stat()) for path in paths]
    return _read_files(tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in states))


def read_with_sources(folder: Path, files: Iterable[Path]) -> ox.Store:
    """Return a store with the graph of a folder and N-Quads files of merged sources, for queries with `union=False`.

    The quads of the folder are copied into the default graph, so that a pattern outside GRAPH matches only these, while
    GRAPH matches everything, the derived graph of equivalents included. InputError as `read_store`.
    Source: docs/decisions/0034-what-others-say-is-found-by-graph.md.
    """
    own = read_store(folder)
    store = ox.Store()
    store.bulk_extend(own)
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in own)
    load_files(store, map(str, files), "Remove the source and add it anew: testimonia merge remove")
    base = find_base(get_value(graph) for graph in own.named_graphs())
    store.extend(map_equivalents(find_equivalents(store, base), base) if base else ())
    return store


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a graph folder; {} when there is none or it cannot be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def load_store(files: dict[str, bytes]) -> ox.Store:
    """Return a store with N-Quads files given as bytes; names that do not end in `.nq` are skipped.

    >>> line = b'<x:a> <x:b> "c" <x:g> .'
    >>> len(load_store({"a.nq": line, "MANIFEST.json": b"{}"}))
    1
    """
    store = ox.Store()
    store.bulk_extend(
        quad
        for name, content in sorted(files.items())
        if name.endswith(".nq")
        for quad in ox.parse(content, format=ox.RdfFormat.N_QUADS)
    )
    return store


def run_query(store: ox.Store, query: str, *, union: bool = True) -> Answer:
    """Return the answer of a store to a query; without FROM its default graph is the union of all graphs.

    Without `union` it is the default graph of the store.

    QueryError when it does not parse, when FROM names an unknown graph, or when pyoxigraph cannot run it.

    >>> store = load_store({"a.nq": b'<x:a> <x:b> "c" <x:g> .'})
    >>> run_query(store, "SELECT ?o { ?s ?p ?o }").rows
    ((<Literal value=c datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>,),)
    """
    if "from" in query.lower():
        graphs = {graph.value for graph in store.named_graphs()}
        union = not check_sources(find_significant_tokens(query), graphs) and union
    try:
        return collect_answer(store.query(query, use_default_graph_as_union=union))
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {error.msg}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def run_select(store: ox.Store, query: str) -> Solutions:
    """Return the table of a SELECT query, as `run_query` does; QueryError for any other form."""
    answer = run_query(store, query)
    if not isinstance(answer, Solutions):
        raise QueryError("the query gives no table; expected SELECT")
    return answer


def select_values(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query as IRIs and texts, "" for unbound variables; QueryError as `run_select`."""
    return [tuple(map(get_value, row)) for row in run_select(store, query).rows]


@lru_cache(maxsize=4)
def _read_files(states: tuple[tuple[str, int, int], ...]) -> ox.Store:
    """Load files; their times and sizes are part of the cache key, so that a changed file is loaded again."""
    store = ox.Store()
    load_files(store, (path for path, _, _ in states), "Build it anew: make")
    return store


def load_files(store: ox.Store, paths: Iterable[str], fix: str) -> None:
    """Load N-Quads files into a store; InputError names each that cannot be read or does not parse, with a `fix`."""
    findings: list[Finding] = []
    for path in paths:
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            findings.append(report_syntax(path, error, "N-Quads", fix))
        except OSError as error:
            findings.append(report_unreadable(path, error))
    if findings:
        raise InputError(findings)
