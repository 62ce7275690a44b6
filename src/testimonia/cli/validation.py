"""Command of validation: validate."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import PrivateOption, ProjectOption, TextsOption, app, get_layout
from testimonia.errors import InputError, Problem, make_printable
from testimonia.inspection.report import Engine, FailOn, Request
from testimonia.layout import find_layout
from testimonia.validation.layers import Layer

if TYPE_CHECKING:
    from testimonia.inspection.report import Inspection
    from testimonia.validation.findings import Finding


@app.command()
def validate(  # noqa: PLR0913, PLR0917 - one parameter for each option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="RDF files, folders of them, or records; by default the project."),
    ] = None,
    only: Annotated[
        list[Layer] | None, typer.Option("--only", help="Run this layer alone; may be given several times.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option("--engine", help="What checks the shapes; rudof is the quick look.")
    ] = Engine.PYSHACL,
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
    for line in write_findings(inspection, [f for f in inspection.findings if is_shown(f, request, fail_on)]):
        typer.echo(make_printable(line))
    for skipped in inspection.skipped:
        typer.echo(make_printable(f"not run: {skipped.layer} ({skipped.reason})"))
    if inspection.note:
        typer.echo(inspection.note)
    typer.echo(f"{write_verdict(inspection)}, {time.perf_counter() - began:.1f} s)")
    if inspection.fails(fail_on):
        raise typer.Exit(1)


def inspect(paths: list[Path], project: Path, request: Request, *, changed: bool) -> "Inspection":
    """Give the inspection of the project, of some of its curated files, or of RDF files."""
    from testimonia.inspection.changes import inspect_changes
    from testimonia.inspection.files import inspect_files
    from testimonia.inspection.project import inspect_project
    from testimonia.inspection.records import find_curated, inspect_records

    if changed and paths:
        mend = "Leave one of the two out"
        raise InputError(
            [Problem("command line", 0, 0, "", "--changed together with a PATH", "", mend, code="option-needed")]
        )
    if not paths:
        return (inspect_changes if changed else inspect_project)(get_layout(project), request)
    curated = find_curated(paths)
    if not curated:
        return inspect_files(find_layout(project), paths, request)
    root = find_layout(curated[0].parent).root if project == Path() else project
    return inspect_records(get_layout(root), curated, request)


def is_shown(finding: "Finding", request: Request, fail_on: FailOn) -> bool:
    """Tell whether a finding is printed: notes (Info) only for who asked for their layer, or fails on them."""
    return finding.severity != "Info" or fail_on is FailOn.INFO or request.names(finding.layer)


def write_findings(inspection: "Inspection", findings: list["Finding"]) -> list[str]:
    """Give findings one a line, layer by layer."""
    from testimonia.validation.findings import format_finding

    lines: list[str] = []
    for layer in Layer:
        found = [f for f in findings if f.layer is layer]
        for finding in found:
            if finding.focus or finding.place is None:
                lines.append(format_finding(finding, inspection.base))
                continue
            at = finding.place
            place = f"{at.path}:{at.line}:{at.column}" if at.line else at.path
            lines.append(f"{finding.severity.lower()} {place} {finding.message}. {finding.mend} [{finding.rule}]")
    return lines


def write_verdict(inspection: "Inspection") -> str:
    """Give the last line but for its end: what was found, by severity, in how many triples, by which layers.

    >>> from testimonia.inspection.report import Inspection
    >>> print(write_verdict(Inspection(triples=1200, ran=[Layer.LITERALS, Layer.SHACL])))
    conforms (literals, shacl; 1,200 triples
    """
    counts = Counter(finding.severity.lower() for finding in inspection.findings)
    found = [f"{n} {severity}{'s' * (n != 1 and severity != 'info')}" for severity, n in counts.items()]
    return (
        f"{', '.join(found) or 'conforms'} ({', '.join(inspection.ran) or 'no layer'}; {inspection.triples:,} triples"
    )
