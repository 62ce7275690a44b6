"""N-Quads files in memory, queried over all their graphs together."""

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
from testimonia.core.record import Position
from testimonia.rdf.reading import get_value
from testimonia.rdf.same_as_closure import find_equivalents, map_equivalents
from testimonia.sparql.from_clauses import check_sources
from testimonia.sparql.lexer import find_significant_tokens


def read_store(folder: Path) -> ox.Store:
    """Return a store with every `*.nq` file under a folder; read once per process unless a file changes.

    InputError when there is none (the graph has not been built), or naming each file that does not parse.
    """
    paths = sorted(folder.rglob("*.nq"))
    if not paths:
        raise InputError.at(f"{folder.name}/", "graph-missing", found="no graph here (*.nq)")
    states = [(path, path.stat()) for path in paths]
    return _read_files(tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in states))


def read_beside(folder: Path, files: Iterable[Path]) -> ox.Store:
    """Return a store with the graph of a folder and other N-Quads files beside it, for queries with `union=False`.

    What the folder holds stands in the default graph as well, so that a pattern outside GRAPH finds that alone, and
    GRAPH finds all; among it the derived graph of equivalents. InputError as `read_store`.
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
    """Return the manifest of a graph folder; {} when there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def load_store(files: dict[str, bytes]) -> ox.Store:
    """Return a store with N-Quads files that are at hand as bytes; names that do not end in `.nq` are passed over.

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
    """Return the answer of a store to a query, the union of all its graphs being the default graph without FROM.

    Without `union` it is what stands in the default graph of the store.

    QueryError when it does not parse, when FROM names a graph that is not there, or when the engine cannot run it.

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
    """Return the table of a SELECT query, as `run_query` does; QueryError when it is of another form."""
    answer = run_query(store, query)
    if not isinstance(answer, Solutions):
        raise QueryError("the query gives no table; expected SELECT")
    return answer


@lru_cache(maxsize=4)
def _read_files(states: tuple[tuple[str, int, int], ...]) -> ox.Store:
    """Load files; their times and sizes belong to the key of the cache, so that a changed file is read anew."""
    store = ox.Store()
    load_files(store, (path for path, _, _ in states), "Build it anew: make")
    return store


def load_files(store: ox.Store, paths: Iterable[str], fix: str) -> None:
    """Load N-Quads files into a store; InputError names, with the `mend`, each that does not parse."""
    findings: list[Finding] = []
    for path in paths:
        try:
            store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            found = f"not N-Quads: {error.msg}"
            findings.append(
                Finding.at(Position(path, error.lineno or 0, error.offset or 0), "not-rdf", found=found, fix=fix)
            )
        except OSError as error:
            findings.append(report_unreadable(path, error))
    if findings:
        raise InputError(findings)
