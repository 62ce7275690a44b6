"""Project: a data set in, what every layer finds in it out.

The layers look at the graph that the records give now, built in memory; the graph layer tells whether graph/ is the
same.
"""

from testimonia.core.atomic import compare_folder
from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.layers import CURATED, OF_THE_GRAPH, Layer
from testimonia.core.layout import Layout
from testimonia.core.record import Position
from testimonia.dataset.graph import BuiltGraph
from testimonia.validation.graph_files import check_graph_files
from testimonia.validation.graph_under_test import make_scene
from testimonia.validation.layers import run_layers
from testimonia.validation.locating import locate_in_project
from testimonia.validation.report import Inspection, Request
from testimonia.validation.whole import Whole, read_whole

_BEFORE = {
    Layer.EVIDENCE: (Layer.RECORDS, Layer.REFERENCES),
    Layer.REFERENCES: (Layer.RECORDS,),
}
"""Layers of which nothing certain can be said while others have findings."""
_UNREADABLE = "the records have to be mended first"


def inspect_project(layout: Layout, request: Request) -> Inspection:
    """Return what the layers find in a data set.

    The records are read, since the graph is made of them. InputError or TestimoniaError when the model (context, kinds,
    terms, shapes), the texts or the private folder cannot be used: then nothing can be said.
    """
    return inspect_whole(layout, request, *read_whole(layout, request))


def inspect_whole(layout: Layout, request: Request, whole: Whole | None, findings: list[Finding]) -> Inspection:
    """Return what the layers find in a data set that was read; `findings` are those of its curated files."""
    inspection = Inspection()
    add_curated(inspection, request, findings)
    if whole is None:
        return inspection
    inspection.base = whole.project.records.base
    inspection.triples = sum(whole.built.triples.values())
    scene = make_scene(layout, whole.built, inspection.base)
    run_layers(scene, request, inspection, tuple(layer for layer in OF_THE_GRAPH if layer is not Layer.GRAPH))
    if request.wants(Layer.GRAPH):
        inspection.add(Layer.GRAPH, check_graph_folder(layout, whole.built))
    locate_in_project(inspection, whole.project, whole.lock)
    return inspection


def add_curated(inspection: Inspection, request: Request, findings: list[Finding]) -> None:
    """Note what was found in curated files; where there is anything, the layers of the graph cannot run.

    Of who named curated layers alone, findings of others are left out; TestimoniaError where nothing is left and a
    layer that was named could not be checked for them.
    """
    hindered = [layer for layer in OF_THE_GRAPH if findings and request.wants(layer)]
    present = {finding.layer for finding in findings}
    for layer in Layer:
        if (request.wants(layer) and layer in CURATED) or (hindered and layer in present):
            inspection.add(layer, [f for f in findings if f.layer is layer])
    for layer in hindered:
        inspection.skip(layer, _UNREADABLE)
    for layer, before in _BEFORE.items():
        missing = [first for first in before if first in present and not request.wants(first)]
        if request.names(layer) and missing and not inspection.findings:
            raise TestimoniaError(f"{layer} cannot be checked: mend first what {' and '.join(missing)} has to say")


def check_graph_folder(layout: Layout, built: BuiltGraph) -> list[Finding]:
    """Find what is wrong with the files of graph/, and which are not what the records give now; none without graph/."""
    if not layout.graph.is_dir():
        return []
    names = compare_folder(layout.graph, built.files)
    return [*check_graph_files(layout.graph), *(report_stale(layout, built, name) for name in names)]


def report_stale(layout: Layout, built: BuiltGraph, name: str) -> Finding:
    """Return the finding that a file of graph/ is not what the records give."""
    path = layout.graph / name
    if name not in built.files:
        message = "The records give no such file"
    elif not path.is_file():
        message = "A file that the records give is not there"
    else:
        message = "Not what the records give now"
    return Finding(
        rule="stale-graph",
        found=message,
        layer=Layer.GRAPH,
        fix="Build it anew: testimonia build",
        place=Position(layout.name(path), 0, 0),
    )
