"""How each SHACL engine does on the public test suite, and the page that tells it.

Run: python -m tests.shacl.conformance SUITE TABLE PAGE. The suite is the folder `tests` of the W3C's
data-shapes; TABLE names the tests that are expected to fail, with reasons; PAGE is written.

A test passes when the findings are those of its expected report: focus node, path, value, component, severity, and the
shape where it has an IRI. Where it expects a failure, the engine must refuse the shapes.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import yaml

from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.triples import RdfTerm, TripleIndex, write_triples
from testimonia.shacl.graphs import parse_files
from testimonia.shacl.shacl import check_graph

from .whole import check_files

ENGINES = ("pyshacl", "rudof")
_MF, _SHT, _SH = (
    "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "http://www.w3.org/ns/shacl-test#",
    expand("sh:"),
)
Fields = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuiteTest:
    """One test: its IRI relative to the suite, files of data and shapes, and the results (None: it must be refused)."""

    name: str
    data: Path
    shapes: Path
    expected: Counter[Fields] | None


def read_suite(folder: Path) -> list[SuiteTest]:
    """Return the tests that a suite's manifest includes, in its order."""
    found: list[SuiteTest] = []
    open_ = [folder / "manifest.ttl"]
    while open_:
        path = open_.pop(0)
        base = path.resolve().as_uri()
        quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base)
        index = TripleIndex(quad.triple for quad in quads)
        for node in index:
            facts = index.get(node)
            open_ += [_find_path(included) for included in facts.get(_MF + "include", ())]
            for listed in facts.get(_MF + "entries", ()):
                found += [_read_test(folder, index, entry) for entry in index.read_list(listed)]
    return found


def run_test(test: SuiteTest, engine: str) -> str:
    """Return "pass", or in a few words what is different."""
    try:
        found = Counter(_give_fields(finding) for finding in _check(test, engine))
    except TestimoniaError:
        return "pass" if test.expected is None else "refuses the shapes or the data"
    except NotImplementedError as error:
        return f"stops with {type(error).__name__}"
    except Exception as error:  # rdflib raises Exception itself where a query's prefix is unknown
        if type(error) is not Exception:
            raise
        return f"stops with {type(error).__name__}"
    if test.expected is None:
        return "does not refuse the shapes"
    wanted = Counter(_loosen(fields, test.expected) for fields in found.elements())
    lacking, added = test.expected - wanted, wanted - test.expected
    if not lacking and not added:
        return "pass"
    return f"{lacking.total()} results missing, {added.total()} too many"


def run_suite(folder: Path) -> dict[str, dict[str, str]]:
    """Return the outcome of each test by its IRI within the suite, then by engine."""
    return {test.name: {engine: run_test(test, engine) for engine in ENGINES} for test in read_suite(folder)}


def write_page(outcomes: Mapping[str, Mapping[str, str]], reasons: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of all outcomes (Markdown); `reasons` are the entries of the table of expected failures."""
    why = {(entry["test"], entry["engine"]): entry["reason"] for entry in reasons}
    lines = [
        "# SHACL conformance",
        "",
        "How both engines, run as the program runs them, do on the SHACL test suite of the W3C (data-shapes).",
        "Made by `make conformance TESTIMONIA_SUITES=DIR`; a test holds it to what is found.",
        "",
        "| engine | core | SPARQL |",
        "|---|---|---|",
    ]
    for engine in ENGINES:
        counts = []
        for area in ("core/", "sparql/"):
            mine = [outcome[engine] for name, outcome in outcomes.items() if name.startswith(area)]
            counts.append(f"{mine.count('pass')} of {len(mine)}")
        lines.append(f"| {engine} | {' | '.join(counts)} |")
    lines += ["", f"| test | {' | '.join(ENGINES)} |", "|---|---|---|"]
    for name, outcome in outcomes.items():
        cells = []
        for engine in ENGINES:
            reason = why.get((name, engine), "no reason known")
            word = "unsupported" if reason.startswith("unsupported") else "fail"
            reason = reason.removeprefix("unsupported: ")
            cells.append("pass" if outcome[engine] == "pass" else f"{word}: {reason} ({outcome[engine]})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _read_test(folder: Path, index: TripleIndex, entry: RdfTerm) -> SuiteTest:
    action, result = index.find(entry, _MF + "action"), index.find(entry, _MF + "result")
    if action is None or result is None:
        raise ValueError(f"{entry} is no test: it has no action or no result")
    data, shapes = (_find_path(index.find(action, _SHT + name)) for name in ("dataGraph", "shapesGraph"))
    name = _find_path(entry).relative_to(folder.resolve()).as_posix()
    refused = get_value(result) == _SHT + "Failure"
    results = index.get(result).get(_SH + "result", [])
    return SuiteTest(name, data, shapes, None if refused else Counter(_read_result(index, node) for node in results))


def _read_result(index: TripleIndex, node: RdfTerm) -> Fields:
    facts = {name.removeprefix(_SH): objects[0] for name, objects in index.get(node).items()}
    path, shape = facts.get("resultPath"), facts.get("sourceShape")
    return (
        _name(facts.get("focusNode")),
        "" if path is None else index.format_path(path),
        _name(facts.get("value"), written=True),
        get_value(facts["sourceConstraintComponent"]).removeprefix(_SH),
        get_value(facts["resultSeverity"]).removeprefix(_SH),
        get_value(shape),
    )


def _give_fields(finding: Finding) -> Fields:
    value = "_:" if finding.value.startswith("_:") else finding.value
    return (finding.focus, finding.path, value, finding.component, finding.severity, finding.rule)


def _loosen(fields: Fields, expected: Iterable[Fields]) -> Fields:
    """Find the fields as the suite has them: without a shape that it does not name, a blank node without its label."""
    focus, *middle, _ = fields
    ways = [fields, (focus, *middle, ""), ("_:", *middle, fields[-1]), ("_:", *middle, "")]
    return next((way for way in ways if way in expected), fields)


def _check(test: SuiteTest, engine: str) -> list[Finding]:
    """Return the findings of an engine; relative IRIs are those of the suite's files."""
    with tempfile.TemporaryDirectory(prefix="testimonia-") as work:
        data, shapes = (_absolute(path, Path(work, f"{n}.nt")) for n, path in enumerate((test.data, test.shapes)))
        if engine == "rudof":
            return check_files([data], [shapes])
        return check_graph(parse_files([data]), parse_files([shapes]))


def _absolute(path: Path, copy: Path) -> Path:
    """Write a file of the suite as N-Triples and give where."""
    quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    write_triples((quad.triple for quad in quads), copy)
    return copy


def _find_path(term: RdfTerm | None) -> Path:
    return Path(unquote(urlsplit(get_value(term)).path))


def _name(term: RdfTerm | None, *, written: bool = False) -> str:
    """Return an IRI or a literal, `written` in N-Triples; "_:" for whatever blank node."""
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode):
        return "_:"
    return str(term) if written else get_value(term)


def main(suite: Path, table: Path, page: Path) -> None:
    """Write the page."""
    page.write_text(write_page(run_suite(suite), yaml.safe_load(table.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
