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
from testimonia.core.layout import find_layout
from testimonia.core.printable import make_printable
from testimonia.validation.options import FailOn, Options, ReportFormat, ShaclEngine

if TYPE_CHECKING:
    from testimonia.validation.report import Report
    from testimonia.validation.target import Target


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
    options = Options(
        only=frozenset(only or ()),
        engine=engine,
        texts=texts,
        private=private,
        fail_on=fail_on,
        changed=changed,
        with_rules=form in {ReportFormat.SARIF, ReportFormat.JUNIT},
    )
    from testimonia.validation.formats.report import format_report
    from testimonia.validation.validate import validate as run

    report = run(find_target(paths or [], project, changed=changed), options)
    report.folder = find_folder(paths or [], project)
    shown = [finding for finding in report.findings if is_shown(finding, options)]
    typer.echo(format_report(replace(report, findings=shown), form))
    print_facts(report, len(report.findings) - len(shown), began, err=form is not ReportFormat.TEXT)
    if report.fails:
        raise typer.Exit(1)


def print_facts(report: "Report", hidden: int, began: float, *, err: bool) -> None:
    """Print what is no part of a report that machines read: layers that did not run, counts, time."""
    for skipped in report.skipped:
        typer.echo(make_printable(f"not run: {skipped.layer} ({skipped.reason})"), err=err)
    if report.note:
        typer.echo(report.note, err=err)
    more = f", {hidden} notes not shown (--fail-on info shows them)" if hidden else ""
    typer.echo(f"{report.triples:,} triples, {time.perf_counter() - began:.1f} s{more}", err=err)


def find_target(paths: list[Path], project: Path, *, changed: bool) -> "Target":
    """Return what is to be validated: the data set, some of its curated files, or RDF files."""
    from testimonia.validation.target import Target, find_curated

    if changed and paths:
        fix = "Leave one of the two out"
        raise InputError.at("command line", "options-clash", found="--changed together with a PATH", fix=fix)
    curated = find_curated(paths)
    if paths and not curated:
        return Target(find_layout(project), files=tuple(paths))
    root = find_layout(curated[0].parent).root if curated and project == Path() else project
    return Target(get_layout(root), curated=tuple(curated))


def find_folder(paths: list[Path], project: Path) -> str:
    """Return where the paths of findings begin, seen from the checkout that a job of GitHub works in; else ""."""
    if not (workspace := os.environ.get("GITHUB_WORKSPACE")):
        return ""
    from testimonia.validation.target import find_curated

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


def is_shown(finding: Finding, options: Options) -> bool:
    """Tell whether a finding is printed: notes (Info) only for who asked for their layer, or fails on them."""
    return finding.severity != "Info" or options.fail_on is FailOn.INFO or options.names(finding.layer)
