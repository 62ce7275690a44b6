"""The command validate: the project, or any RDF files, checked layer by layer."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import PrivateOption, ProjectOption, TextsOption, get_layout
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout, find_layout
from testimonia.core.printable import make_printable
from testimonia.validation.formats.form import ReportFormat
from testimonia.validation.report import FailOn, Request, ShaclEngine

if TYPE_CHECKING:
    from testimonia.validation.report import Inspection
    from testimonia.validation.run import Run


@app.command(rich_help_panel=HelpGroup.BUILD)
def validate(  # noqa: PLR0913, PLR0917 - one parameter for each option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="RDF files, folders of them, or records; by default the project."),
    ] = None,
    only: Annotated[
        list[Layer] | None, typer.Option("--only", help="Run this layer alone; may be given several times.")
    ] = None,
    engine: Annotated[
        ShaclEngine, typer.Option("--engine", help="What checks the shapes; rudof is the quick look.")
    ] = ShaclEngine.PYSHACL,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How the findings are given.", show_choices=True)
    ] = ReportFormat.TEXT,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="From which severity on a finding makes exit code 1.")
    ] = FailOn.VIOLATION,
    changed: Annotated[
        bool, typer.Option("--changed", help="Read only the records that changed since the last clean run.")
    ] = False,
    texts: TextsOption = None,
    private: PrivateOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Check the project, or any RDF files, layer by layer: exit 0 conforms, 1 findings, 2 could not be checked."""
    began = time.perf_counter()
    request = Request(frozenset(only or ()), engine, texts, private)
    inspection = inspect(paths or [], project, request, changed=changed)
    from testimonia.validation.formats.report import format_report

    shown = [finding for finding in inspection.findings if is_shown(finding, request, fail_on)]
    run = describe_run(
        inspection, find_layout(project), fail_on, with_rules=form in {ReportFormat.SARIF, ReportFormat.JUNIT}
    )
    run = replace(run, folder=find_folder(paths or [], project))
    typer.echo(format_report(shown, form, inspection.base, run))
    beside = form is not ReportFormat.TEXT  # what is no part of a report that machines read goes to standard error
    for skipped in inspection.skipped:
        typer.echo(make_printable(f"not run: {skipped.layer} ({skipped.reason})"), err=beside)
    if inspection.note:
        typer.echo(inspection.note, err=beside)
    notes = sum(finding.severity == "Info" for finding in inspection.findings) - sum(
        f.severity == "Info" for f in shown
    )
    more = f", {notes} notes not shown (--fail-on info shows them)" if notes else ""
    took = f"{time.perf_counter() - began:.1f} s"
    typer.echo(f"{inspection.triples:,} triples, {took}{more}", err=beside)
    if inspection.fails(fail_on):
        raise typer.Exit(1)


def inspect(paths: list[Path], project: Path, request: Request, *, changed: bool) -> "Inspection":
    """Return the inspection of the project, of some of its curated files, or of RDF files."""
    if changed and paths:
        fix = "Leave one of the two out"
        raise InputError([Finding.at("command line", "options-clash", found="--changed together with a PATH", fix=fix)])
    if not paths:
        if changed:
            from testimonia.validation.changes import inspect_changes

            return inspect_changes(get_layout(project), request)
        from testimonia.validation.standing import inspect_data_set

        return inspect_data_set(get_layout(project), request)
    from testimonia.validation.files import inspect_files
    from testimonia.validation.records import find_curated, inspect_records

    curated = find_curated(paths)
    if not curated:
        return inspect_files(find_layout(project), paths, request)
    root = find_layout(curated[0].parent).root if project == Path() else project
    return inspect_records(get_layout(root), curated, request)


def find_folder(paths: list[Path], project: Path) -> str:
    """Return where the paths of findings begin, seen from the checkout that a job of GitHub works in; else ""."""
    if not (workspace := os.environ.get("GITHUB_WORKSPACE")):
        return ""
    from testimonia.validation.records import find_curated

    curated = find_curated(paths)
    if paths and not curated:
        root = Path.cwd()
    elif project != Path():
        root = project.resolve()
    else:
        root = find_layout(curated[0].parent if curated else project).root
    start = Path(workspace).resolve()
    if root == start or not root.is_relative_to(start):
        return ""
    return f"{root.relative_to(start).as_posix()}/"


def is_shown(finding: Finding, request: Request, fail_on: FailOn) -> bool:
    """Tell whether a finding is printed: notes (Info) only for who asked for their layer, or fails on them."""
    return finding.severity != "Info" or fail_on is FailOn.INFO or request.names(finding.layer)


def describe_run(inspection: "Inspection", layout: "Layout", fail_on: FailOn, *, with_rules: bool) -> "Run":
    """Return the facts of a run; the rules are those that it would have reported, for formats that list them."""
    from testimonia.core.version import __version__
    from testimonia.validation.run import Run

    rules = []
    if with_rules and Layer.SHACL in inspection.ran:
        from testimonia.shacl.graphs import read_shapes_graph
        from testimonia.shacl.shapes import find_shapes
        from testimonia.validation.run import list_shape_rules

        rules += list_shape_rules(find_shapes(read_shapes_graph(layout.shapes)))
    if with_rules and Layer.QUERIES in inspection.ran:
        from testimonia.validation.queries import list_check_rules, read_checks

        rules += list_check_rules(read_checks(layout.checks))
    layers = tuple(layer for layer in Layer if layer in inspection.ran)
    return Run(__version__, layers, tuple(rules), fail_on.value.capitalize(), inspection.seconds)
