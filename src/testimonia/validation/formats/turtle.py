"""Reports as SHACL validation reports in Turtle, with the findings of other layers too.

A finding that is not SHACL's has a constraint component of ours, `shapes#RecordsConstraintComponent` and so on after
its layer, and its code as the source shape, `shapes#unknown-key`. Line and passage are `rdfs:seeAlso`, as files with
the fragments of RFC 5147. Source: SHACL section 3.6; docs/decisions/0014-findings-show-no-text.md.
"""

import re
from urllib.parse import quote

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import IdentifiedNode
from rdflib.util import from_n3

from testimonia.core.finding_values import is_shown
from testimonia.core.findings import SHAPES, Finding
from testimonia.core.layers import Layer
from testimonia.core.namespaces import PREFIXES
from testimonia.shacl.paths import build_path
from testimonia.validation.formats.printable import format_message
from testimonia.validation.options import SEVERITIES, rank_severity
from testimonia.validation.report import Report, sort_findings

_BRACKETED = re.compile(r"<([^<>\s]*)>")
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9]*", re.ASCII)
_SAFE = ":/?#[]@!$&'()*+,;=%~-._"


def format_turtle(report: Report) -> str:
    """Return the report as Turtle, with a `sh:ValidationResult` for each finding.

    `sh:conforms` is false when there is any finding, whatever its severity, as SHACL says. A value that is not shown is
    left out. A finding about a file has the file as its focus node.
    """
    ranked = sort_findings(report.findings)
    graph = Graph(bind_namespaces="none")
    for prefix in ("rdf", "rdfs", "sh", "t", "xsd"):
        graph.bind(prefix, PREFIXES[prefix])
    graph.bind("s", SHAPES)
    root = BNode("report")
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal(not ranked)))
    for number, finding in enumerate(ranked, 1):
        result = BNode(f"result{number:07}")
        graph.add((root, SH.result, result))
        _add_result(graph, result, finding)
    return graph.serialize(format="turtle").rstrip("\n")


def name_component(finding: Finding) -> str:
    """Return the IRI of the constraint component of a finding.

    >>> name_component(Finding(rule="unknown-key", found="", layer=Layer.RECORDS))
    'https://w3id.org/testimonia/shapes#RecordsConstraintComponent'
    """
    if finding.component:
        return finding.component if ":" in finding.component else str(SH) + finding.component
    return f"{SHAPES}{'SHACL' if finding.layer is Layer.SHACL else finding.layer.capitalize()}ConstraintComponent"


def _add_result(graph: Graph, result: BNode, finding: Finding) -> None:
    facts: list[tuple[URIRef, IdentifiedNode | Literal]] = [
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH[SEVERITIES[rank_severity(finding.severity)]]),
        (SH.focusNode, _name_focus(finding)),
        (SH.sourceConstraintComponent, _iri(name_component(finding))),
        (SH.resultMessage, Literal(format_message(finding))),
    ]
    if finding.rule:
        in_graph = ":" in finding.rule or finding.layer is not Layer.SHACL
        rule = finding.rule if ":" in finding.rule else SHAPES + finding.rule
        facts.append((SH.sourceShape, _iri(rule) if in_graph else _blank(finding.rule)))
    if finding.path:
        facts.append((SH.resultPath, build_path(graph, _clean_path(finding.path))))
    if finding.value and is_shown(finding.value):
        value = from_n3(finding.value)
        if isinstance(value, URIRef | BNode | Literal):
            facts.append((SH.value, _iri(value) if isinstance(value, URIRef) else value))
    if finding.place:
        line = f"#line={finding.place.line - 1},{finding.place.line}" if finding.place.line else ""
        facts.append((RDFS.seeAlso, _file(finding.place.path, line)))
    if finding.span:
        facts.append((RDFS.seeAlso, _file(finding.span.source, f"#char={finding.span.start},{finding.span.end}")))
    for predicate, value in facts:
        graph.add((result, predicate, value))


def _name_focus(finding: Finding) -> IdentifiedNode:
    if finding.focus:
        return _iri(finding.focus) if ":" in finding.focus else _blank(finding.focus)
    return _file(finding.place.path if finding.place else "", "")


def _file(path: str, fragment: str) -> URIRef:
    return URIRef("file:" + quote(path.encode("utf-8", "backslashreplace")) + fragment)


def _blank(label: str) -> BNode:
    """Return the blank node that an engine called so, under a label that Turtle allows."""
    return BNode(label if _LABEL.fullmatch(label) else "x" + label.encode("utf-8", "backslashreplace").hex())


def _clean_path(path: str) -> str:
    return _BRACKETED.sub(lambda match: f"<{_iri(match[1])}>", path) if _BRACKETED.search(path) else _iri(path)


def _iri(text: str) -> URIRef:
    """Return an IRI in which nothing stands that Turtle does not allow."""
    return URIRef(
        "".join(c if c.isalnum() or c in _SAFE else quote(c.encode("utf-8", "backslashreplace")) for c in text)
    )
