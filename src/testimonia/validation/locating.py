"""Locating: the findings of an inspection in, the same with the line, the passage and the mend of each out."""

from collections.abc import Sequence
from pathlib import Path

from testimonia.core.evidence import Lock
from testimonia.core.layout import Layout
from testimonia.core.record import Position
from testimonia.dataset.project import Project
from testimonia.dataset.questions import mint_question_iri
from testimonia.validation.locate import locate_findings, locate_in_files
from testimonia.validation.report import Inspection
from testimonia.validation.subjects import read_subjects

_WITH_LINES = {".ttl", ".trig", ".nt", ".nq"}
"""Files whose subjects have a line; for other formats only the file is known."""


def locate_in_project(inspection: Inspection, project: Project, lock: Lock) -> None:
    """Lead each finding back to record, registry, settings, ontology, terms or shapes, in place."""
    layout = project.layout
    wanted = {finding.focus for finding in inspection.findings if finding.focus and finding.place is None}
    model = [*layout.ontology_files, *sorted(layout.terms.glob("*.ttl")), *sorted(layout.shapes.glob("*.ttl"))]
    subjects = read_subjects([path for path in model if path.is_file()], layout.name, wanted) if wanted else {}
    for path in layout.questions.glob("*.rq"):
        subjects[mint_question_iri(project.records.base, path.stem)] = Position(layout.name(path), 1, 1)
    inspection.findings = locate_findings(inspection.findings, project.records, lock, project.vocabulary, subjects)


def locate_in_sources(inspection: Inspection, layout: Layout, paths: Sequence[Path]) -> None:
    """Lead each finding back to the first statement of its node in RDF files, in place."""
    wanted = {finding.focus for finding in inspection.findings if finding.focus and finding.place is None}
    files = [path for path in paths if path.suffix in _WITH_LINES]
    subjects = read_subjects(files, layout.name, wanted) if wanted else {}
    inspection.findings = locate_in_files(inspection.findings, subjects)
