"""Validation of RDF files that no records are known of."""

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.core.layout import MANIFEST, Layout
from testimonia.core.namespaces import expand
from testimonia.core.record import Position
from testimonia.rdf.reading import get_value, read_turtle
from testimonia.rdf.store import read_manifest
from testimonia.validation.graph_files import check_graph_files
from testimonia.validation.graph_under_test import GraphUnderTest
from testimonia.validation.layers import run_layers
from testimonia.validation.locate import locate_in_sources
from testimonia.validation.options import Options
from testimonia.validation.report import Report
from testimonia.validation.sources import RdfSource, find_files, read_sources

_IN_MEMORY = (Layer.LITERALS, Layer.SHACL, Layer.QUERIES)
APT = (*_IN_MEMORY, Layer.GRAPH)
"""The layers that make sense without records."""
_IMPORTS = ox.NamedNode(expand("owl:imports"))


def check_files(layout: Layout, paths: Sequence[Path], options: Options) -> Report:
    """Return what the layers find in RDF files and folders of them, taken together, under the model of `layout`.

    The ontology and the terms are laid beside them, since shapes look at classes and schemes. InputError lists every
    file that cannot be used.
    """
    sources = read_sources(find_files(paths))
    quads = [quad for source in sources for quad in source.quads]
    report = Report(triples=len(quads))
    state = layout.state if layout.root.joinpath("mappings", "dataset.yaml").is_file() else None
    folder = paths[0] if len(paths) == 1 and (paths[0] / MANIFEST).is_file() else None
    report.base = read_manifest(folder).get("base", "") if folder else ""
    graph = GraphUnderTest(layout, [*quads, *_read_model(layout, quads)], report.base, state=state)
    run_layers(graph, options, report, _IN_MEMORY)
    if options.wants(Layer.GRAPH):
        found = [finding for source in sources for finding in find_imports(source)]
        report.add(Layer.GRAPH, [*found, *(check_graph_files(folder) if folder else [])])
    locate_in_sources(report, layout, [source.path for source in sources])
    for layer in Layer:
        if options.names(layer) and layer not in APT:
            report.skip(layer, "it looks at a project, not at RDF files")
    return report


def find_imports(source: RdfSource) -> list[Finding]:
    """Return a finding (Info) for each `owl:imports` of a file: what it names is not fetched, hence not looked at."""
    imports = sorted({get_value(quad.object) for quad in source.quads if quad.predicate == _IMPORTS})
    place = Position(source.path.as_posix(), 0, 0)
    found = "owl:imports is not followed: nothing is fetched"
    fix = "Give the imported file as well, if it belongs to what is to be checked"
    return [Finding.on(iri, "import-not-followed", found=found, fix=fix, place=place) for iri in imports]


def _read_model(layout: Layout, quads: Sequence[ox.Quad]) -> list[ox.Quad]:
    """Return the triples of ontology and terms that the files do not hold themselves."""
    there = {quad.triple for quad in quads}
    triples = read_turtle([layout.ontology, *sorted(layout.terms.glob("*.ttl"))], layout.name)
    return [ox.Quad(t.subject, t.predicate, t.object) for t in triples if t not in there]
