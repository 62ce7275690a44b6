"""The command reason: contradictions among ontology, axioms and graph."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.app import HelpGroup, app
from testimonia.cli.options import ProjectOption, get_layout
from testimonia.cli.output import print_line

if TYPE_CHECKING:
    from testimonia.validation.reasoning.verdicts import ReasonerVerdict


@app.command(rich_help_panel=HelpGroup.BUILD)
def reason(
    graph: Annotated[Path | None, typer.Argument(help="Folder of N-Quads files; by default graph/.")] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Stop after so many contradictions.")] = 5,
    project: ProjectOption = Path(),
) -> None:
    """Look for contradictions among ontology, axioms and graph (extra: reason): exit 0 none, 1 some, 2 no verdict."""
    from testimonia.rdf.store import read_manifest, read_store
    from testimonia.validation.reasoning.hermit import find_hermit
    from testimonia.validation.reasoning.verdicts import check_consistency, read_model

    began = time.perf_counter()
    layout = get_layout(project)
    folder = graph or layout.graph
    hermit = find_hermit()
    verdict = check_consistency(read_model(layout), read_store(folder), hermit, most=most)
    for line in write_findings(verdict, read_manifest(folder).get("base", "")):
        print_line(line)
    said = "consistent" if verdict.consistent else "inconsistent"
    classes = f"{len(verdict.unsatisfiable)} unsatisfiable classes"
    took = f"{time.perf_counter() - began:.1f} s, {verdict.runs} run{'s' * (verdict.runs != 1)} of HermiT on the graph"
    counts = f"{verdict.triples:,} triples, {took}"
    print_line(f"{layout.name(folder.resolve())}/: {said}, {classes} ({counts})")
    if not verdict.clean:
        raise typer.Exit(1)


def write_findings(verdict: "ReasonerVerdict", base: str) -> list[str]:
    """Return what there is to mend, one finding a line, the statements of a contradiction below it."""
    from testimonia.core.findings import shorten, shorten_path

    lines = [f"undeclared: {shorten(iri, base)}, used {n} times" for iri, n in verdict.undeclared]
    lines += [f"unsatisfiable: nothing can be a {shorten(iri, base)}" for iri in verdict.unsatisfiable]
    for found in verdict.contradictions:
        where = ", ".join(shorten(iri, base) for iri in found.claims) or "no claim"
        lines.append(f"contradiction: {where}")
        lines += [f"    {shorten_path(str(triple), base)}" for triple in found.triples]
    if not verdict.complete:
        lines.append("there may be more contradictions: mend these, then run again")
    return lines
