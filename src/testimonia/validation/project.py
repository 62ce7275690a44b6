"""The validation of a data set whose records are read.

The layers look at the graph that the records give now, built in memory; the graph layer tells whether graph/ is the
same.
"""

from dataclasses import dataclass

from testimonia.core.atomic import compare_folder
from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.evidence import Lock
from testimonia.core.findings import Finding
from testimonia.core.layers import CURATED, OF_THE_GRAPH, Layer
from testimonia.core.layout import Layout
from testimonia.core.record import Position
from testimonia.dataset.graph import BuiltGraph
from testimonia.dataset.private import check_private, keep_private
from testimonia.dataset.project import Project, build_project, read_locked_project
from testimonia.dataset.questions import mint_question_iri
from testimonia.texts.reading import read_texts
from testimonia.validation.graph_files import check_graph_files
from testimonia.validation.graph_under_test import prepare_graph
from testimonia.validation.layers import run_layers
from testimonia.validation.locate import locate_findings
from testimonia.validation.options import Options
from testimonia.validation.report import Report
from testimonia.validation.subjects import read_subjects
from testimonia.vocabulary.reading import read_vocabulary

_BEFORE = {Layer.EVIDENCE: (Layer.RECORDS, Layer.REFERENCES), Layer.REFERENCES: (Layer.RECORDS,)}
"""Layers of which nothing certain can be said while others have findings."""
_UNREADABLE = "the records have to be mended first"


@dataclass(frozen=True, slots=True)
class Whole:
    """A data set read whole, and the graph that it gives now."""

    project: Project
    lock: Lock
    built: BuiltGraph


def read_whole(layout: Layout, options: Options) -> tuple[Whole | None, list[Finding]]:
    """Read records and lock and build the graph; None with the findings when something in them is wrong.

    InputError or TestimoniaError when the model (context, kinds, terms, shapes), the texts or the private folder cannot
    be used: then nothing can be said.
    """
    with keep_private(layout, options.private):  # a private folder that is not there is no finding
        pass
    try:
        with keep_private(layout, options.private):
            project, lock = read_locked_project(layout, options.texts, private=options.private)
            if options.private is not None:
                check_private(project, options.private, options.texts)
    except InputError as error:
        read_vocabulary(layout)  # raises where the model itself cannot be used: no finding either
        if options.texts is not None:
            read_texts(options.texts)
        return None, list(error.findings)
    return Whole(project, lock, build_project(project, lock)), []


def check_project(layout: Layout, options: Options) -> Report:
    """Return what the layers find in a data set.

    The records are read, since the graph is made of them. InputError or TestimoniaError when the model (context, kinds,
    terms, shapes), the texts or the private folder cannot be used: then nothing can be said.
    """
    return check_whole(layout, options, *read_whole(layout, options))


def check_whole(layout: Layout, options: Options, whole: Whole | None, findings: list[Finding]) -> Report:
    """Return what the layers find in a data set that was read; `findings` are those of its curated files."""
    report = Report()
    add_curated(report, options, findings)
    if whole is None:
        return report
    report.base = whole.project.records.base
    report.triples = sum(whole.built.triples.values())
    graph = prepare_graph(layout, whole.built, report.base)
    run_layers(graph, options, report, tuple(layer for layer in OF_THE_GRAPH if layer is not Layer.GRAPH))
    if options.wants(Layer.GRAPH):
        report.add(Layer.GRAPH, check_graph_folder(layout, whole.built))
    locate_in_project(report, whole.project, whole.lock)
    return report


def add_curated(report: Report, options: Options, findings: list[Finding]) -> None:
    """Note what was found in curated files; where there is anything, the layers of the graph cannot run.

    Of who named curated layers alone, findings of others are left out; TestimoniaError where nothing is left and a
    layer that was named could not be checked for them.
    """
    found = {layer: [finding for finding in findings if finding.layer is layer] for layer in CURATED}
    hindered = [layer for layer in OF_THE_GRAPH if findings and options.wants(layer)]
    for layer in CURATED:
        if options.wants(layer) or (hindered and found[layer]):
            report.add(layer, found[layer])
    for layer in hindered:
        report.skip(layer, _UNREADABLE)
    if not report.findings:
        _require_before(options, {layer for layer in CURATED if found[layer]})


def _require_before(options: Options, present: set[Layer]) -> None:
    """Raise TestimoniaError for a layer that was named, of which findings of others leave nothing certain to say."""
    for layer in filter(options.names, _BEFORE):
        missing = [first for first in _BEFORE[layer] if first in present and not options.wants(first)]
        if missing:
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
    return Finding.at(layout.name(path), "stale-graph", found=message, fix="Build it anew: testimonia build")


def locate_in_project(report: Report, project: Project, lock: Lock) -> None:
    """Lead each finding back to record, registry, settings, ontology, terms or shapes, in place."""
    layout = project.layout
    wanted = {finding.focus for finding in report.findings if finding.focus and finding.place is None}
    model = [*layout.ontology_files, *sorted(layout.terms.glob("*.ttl")), *sorted(layout.shapes.glob("*.ttl"))]
    subjects = read_subjects([path for path in model if path.is_file()], layout.name, wanted) if wanted else {}
    for path in layout.questions.glob("*.rq"):
        subjects[mint_question_iri(project.records.base, path.stem)] = Position(layout.name(path), 1, 1)
    report.findings = locate_findings(report.findings, project.records, lock, project.vocabulary, subjects)
