"""Loading the folder of a graph into a store, after checking it against its manifest."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.files import read_bytes
from testimonia.core.findings import Finding
from testimonia.core.layout import MANIFEST
from testimonia.rdf.store import read_store, read_with_sources

_SIZES = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"


def read_graphs(folder: Path, source_files: Sequence[Path] = ()) -> tuple[ox.Store, dict[str, int], set[str]]:
    """Return a store with all N-Quads files of a folder, named graph → number of triples, and the foreign graphs.

    Foreign graphs are those of `source_files`, which only GRAPH patterns match; see `read_with_sources`. InputError
    when there is no graph, when a file does not parse, or when one does not match the folder's manifest; a folder
    without a manifest is accepted.
    """
    findings = check_digests(folder)
    if findings:
        raise InputError(findings)
    own = read_store(folder)
    store = read_with_sources(folder, source_files) if source_files else own
    rows = store.query(_SIZES)
    assert isinstance(rows, ox.QuerySolutions)
    graphs = {row["graph"].value: int(row["triples"].value) for row in rows}
    return store, graphs, graphs.keys() - {graph.value for graph in own.named_graphs()} if source_files else set()


def check_digests(folder: Path) -> list[Finding]:
    """Return a finding for each file in the manifest that is missing or has another SHA-256."""
    path, fix = folder / MANIFEST, "Build it anew: make"
    if not path.is_file():
        return []
    name = f"{folder.name}/{MANIFEST}"
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
        digests = {str(file): str(facts["sha256"]) for file, facts in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [Finding.at(name, "damaged-graph", found="not a manifest of a graph", fix=fix)]
    findings = []
    for file, digest in digests.items():
        content = folder / file
        if not content.is_file():
            findings.append(Finding.at(f"{folder.name}/{file}", "damaged-graph", found="is missing", fix=fix))
        elif hashlib.sha256(read_bytes(content)).hexdigest() != digest:
            found = f"was changed or cut off: it is not what {MANIFEST} says"
            findings.append(Finding.at(f"{folder.name}/{file}", "damaged-graph", found=found, fix=fix))
    return findings
