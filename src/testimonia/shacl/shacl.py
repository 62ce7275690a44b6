"""pySHACL, whose verdict decides exit codes.

Only SHACL Core is used, nothing is inferred and nothing is fetched; the data stay as they are. The graph must be an
in-memory rdflib graph: over an oxrdflib store the same engine reports findings that are none.
"""

import os
from pathlib import Path

from pyshacl import validate
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ValidationFailure
from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding
from testimonia.rdf.triples import TripleIndex, write_triples
from testimonia.shacl.graphs import parse_files
from testimonia.shacl.paths import format_path


def check_graph(data: Graph, shapes: Graph) -> list[Finding]:
    """Return what the shapes find wrong with the data, sorted; an empty list means that the data conform.

    `data` must hold the ontology's `rdfs:subClassOf` triples too (see `read_graph`). TestimoniaError when the shapes
    themselves cannot be used. A literal that is not what its datatype says fails `sh:datatype`, and wherever it would
    have to be compared.

    >>> prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . "
    >>> shapes = Graph().parse(format="turtle", data=prefixes + '''
    ...     e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:S-name .
    ...     e:S-name a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ; sh:message "Give it a name." .''')
    >>> data = Graph().parse(format="turtle", data=prefixes + "e:x a e:C .")
    >>> [(f.focus, f.component, f.message) for f in check_graph(data, shapes)]
    [('https://example.org/x', 'MinCountConstraintComponent', 'Give it a name.')]
    """
    try:
        conforms, report, _ = validate(
            _replace_ill_formed(data),
            shacl_graph=shapes,
            inference="none",
            advanced=False,
            inplace=False,
            do_owl_imports=False,
            meta_shacl=False,
            js=False,
        )
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError) as error:
        raise TestimoniaError(f"shapes/: the shapes cannot be used: {error}") from error
    if isinstance(report, ValidationFailure):  # some errors are returned instead of raised
        raise TestimoniaError(f"shapes/: the shapes cannot be used: {report.message}")
    findings = sorted(_read_finding(report, result) for result in report.objects(None, SH.result))
    if not conforms and not findings:
        raise TestimoniaError("shapes/: the SHACL engine reports that the data do not conform, but no finding")
    return findings


class GraphSession:
    """The engine with shapes loaded; `folder` is for a file of the shapes."""

    def __init__(self, shapes: TripleIndex, folder: Path) -> None:
        path = folder / f"shapes-{os.getpid()}.nt"
        write_triples(shapes.triples(), path)
        self._shapes = parse_files([path])

    def check(self, path: Path) -> list[Finding]:
        """Return the findings of one N-Triples file, sorted."""
        return check_graph(parse_files([path]), self._shapes)


def _replace_ill_formed(data: Graph) -> Graph:
    """Return the data with each ill-formed literal as plain text, in a copy if there is one.

    SHACL asks for a result where two values cannot be compared (section 4.5.3); the engine would stop with a TypeError.
    """
    ill = [(s, p, o) for s, p, o in data if isinstance(o, Literal) and o.ill_typed]
    if not ill:
        return data
    copy = Graph(bind_namespaces="none")
    copy += data
    for subject, predicate, value in ill:
        copy.remove((subject, predicate, value))
        copy.add((subject, predicate, Literal(str(value))))
    return copy


def _read_finding(report: Graph, result: Node) -> Finding:
    """Return one `sh:ValidationResult` as a finding."""

    def text(predicate: URIRef) -> str:
        value = report.value(result, predicate)
        return "" if value is None else str(value)

    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    return Finding(
        focus=text(SH.focusNode),
        path="" if path is None else format_path(report, path),
        rule=text(SH.sourceShape),
        component=text(SH.sourceConstraintComponent).removeprefix(str(SH)),
        value="" if value is None else value.n3(),
        severity=text(SH.resultSeverity).removeprefix(str(SH)),
        found=text(SH.resultMessage),
    )
