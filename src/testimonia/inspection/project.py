"""Project: a data set in, what every layer finds in it out.

The layers look at the graph that the records give now, built in memory; the graph layer tells whether graph/ is the
same.
"""

from testimonia.build.graph import BuiltGraph
from testimonia.build.private import check_private, keep_private
from testimonia.build.project import Project, build_project, read_locked_project
from testimonia.build.writing import compare_folder
from testimonia.errors import InputError
from testimonia.inspection.layers import run_layers
from testimonia.inspection.problems import convert_problems
from testimonia.inspection.report import Inspection, Request
from testimonia.inspection.scene import make_scene
from testimonia.layout import Layout
from testimonia.model.evidence import Lock
from testimonia.model.record import Position
from testimonia.records.vocabulary import read_vocabulary
from testimonia.texts.reading import read_texts
from testimonia.validation.findings import Finding
from testimonia.validation.layers import Layer

CURATED = (Layer.RECORDS, Layer.EVIDENCE, Layer.REFERENCES)
OF_THE_GRAPH = tuple(layer for layer in Layer if layer not in CURATED)
_UNREADABLE = "the records have to be mended first"


def inspect_project(layout: Layout, request: Request) -> Inspection:
    """Give what the layers find in a data set.

    The records are always read, since the graph is made of them. InputError or TestimoniaError when the model (context,
    kinds, terms, shapes), the texts or the private folder cannot be used: then nothing can be said.
    """
    inspection = Inspection()
    read, findings = _read_curated(layout, request)
    for layer in CURATED:
        if request.wants(layer) or read is None:
            inspection.add(layer, [f for f in findings if f.layer is layer])
    if read is None:
        for layer in filter(request.wants, OF_THE_GRAPH):
            inspection.skip(layer, _UNREADABLE)
        return inspection
    project, lock = read
    built = build_project(project, lock)
    inspection.base = project.records.base
    inspection.triples = sum(built.triples.values())
    scene = make_scene(layout, built, inspection.base)
    run_layers(scene, request, inspection, OF_THE_GRAPH)
    if request.wants(Layer.GRAPH):
        inspection.add(Layer.GRAPH, check_graph_folder(layout, built))
    return inspection


def _read_curated(layout: Layout, request: Request) -> tuple[tuple[Project, Lock] | None, list[Finding]]:
    """Read records and lock; None with the findings when something in them is wrong."""
    with keep_private(layout, request.private):  # a private folder that is not there is no finding
        pass
    try:
        with keep_private(layout, request.private):
            project, lock = read_locked_project(layout, request.texts, private=request.private)
            if request.private is not None:
                check_private(project, request.private, request.texts)
    except InputError as error:
        read_vocabulary(layout)  # raises where the model itself cannot be used: no finding either
        if request.texts is not None:
            read_texts(request.texts)
        return None, convert_problems(error.problems)
    return (project, lock), []


def check_graph_folder(layout: Layout, built: BuiltGraph) -> list[Finding]:
    """Give a finding for each file of graph/ that is not what the records give now; none where there is no graph/."""
    if not layout.graph.is_dir():
        return []
    names = compare_folder(layout.graph, built.files)
    return [_find_stale(layout, built, name) for name in names]


def _find_stale(layout: Layout, built: BuiltGraph, name: str) -> Finding:
    path = layout.graph / name
    if name not in built.files:
        message = "The records give no such file"
    elif not path.is_file():
        message = "A file that the records give is not there"
    else:
        message = "Not what the records give now"
    return Finding(
        focus="",
        path="",
        rule="stale-graph",
        component="",
        value="",
        severity="Violation",
        message=message,
        layer=Layer.GRAPH,
        mend="Build it anew: testimonia build",
        place=Position(layout.name(path), 0, 0),
    )
