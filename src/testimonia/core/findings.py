"""Findings: what a shape found wrong, as data and as one line of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from testimonia.core.errors import make_printable
from testimonia.core.finding_values import describe_value
from testimonia.core.layers import Layer
from testimonia.core.namespaces import PREFIXES, VOCABULARY_BASE
from testimonia.core.record import Position

SHAPES = VOCABULARY_BASE + "shapes#"
_IRI = re.compile(r"<([^<>\s]*)>")
_LONGEST = 60
_RANKS = {"Violation": 0, "Warning": 1, "Info": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """Where words stand in a source: its file name, start and end in code points (0-based, end-exclusive)."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One result of a validation: which node, which rule, where it was written and how to mend it.

    `focus` is an IRI, or "" when the finding is about a file; `path` an IRI, a SPARQL property path or ""; `rule` the
    IRI of the shape that reports it, or the code of another check ("unknown-key"); `component` the local name of a
    SHACL constraint component or ""; `value` an N-Triples term or ""; `severity` is Violation, Warning or Info.
    `place` is the line of the curated file that it came from, `span` the passage that the claim points at: None when
    nobody knows. No field ever holds testimony.
    """

    focus: str
    path: str
    rule: str
    component: str
    value: str
    severity: str
    message: str
    layer: Layer = Layer.SHACL
    mend: str = ""
    place: Position | None = field(default=None, compare=False)
    span: Span | None = field(default=None, compare=False)


def shorten(iri: str, base: str = "") -> str:
    """Give an IRI as it is printed: without the data set's base, with a prefix, or in angle brackets.

    >>> shorten("https://example.org/interview/val-solen/claim/5", "https://example.org/")
    'interview/val-solen/claim/5'
    >>> shorten("https://w3id.org/testimonia/ontology#charge")
    't:charge'
    """
    names = [(SHAPES, ""), *((namespace, prefix + ":") for prefix, namespace in PREFIXES.items())]
    for namespace, prefix in names:
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    for root in filter(None, (base, VOCABULARY_BASE)):
        if iri.startswith(root):
            return iri.removeprefix(root)
    return f"<{iri}>"


def shorten_path(path: str, base: str = "") -> str:
    """Give a property path as it is printed, with short IRIs.

    >>> shorten_path("^<https://w3id.org/testimonia/ontology#about>/<https://w3id.org/testimonia/ontology#modality>")
    '^t:about/t:modality'
    """
    return _shorten_all(path, base) if not path or _IRI.search(path) else shorten(path, base)


def shorten_rule(rule: str) -> str:
    """Give a rule as it is printed: the local name of a shape, or the code of another check.

    >>> shorten_rule(SHAPES + "CodedShape"), shorten_rule("unknown-key")
    ('CodedShape', 'unknown-key')
    """
    return shorten(rule) if ":" in rule else rule


def format_finding(finding: Finding, base: str = "") -> str:
    """Give a finding as one line: severity, node, path, value, message, shape. `base` is the data set's base IRI.

    >>> finding = Finding("https://example.org/id/sound-act", "", SHAPES + "CodedShape", "ClassConstraintComponent",
    ...     "<https://example.org/id/sound-act>", "Violation", "Only a territory has an ISO code.")
    >>> print(format_finding(finding, "https://example.org/"))
    violation id/sound-act: Only a territory has an ISO code. [CodedShape]
    """
    path = shorten_path(finding.path, base)
    where = " ".join(filter(None, (shorten(finding.focus, base), path, format_value(finding, base))))
    line = f"{finding.severity.lower()} {where}: {finding.message} [{shorten_rule(finding.rule)}]"
    return make_printable(line)


def format_value(finding: Finding, base: str = "") -> str:
    """Give the value of a finding as it is printed; "" where it has none, or its node is the value.

    Text is not shown (see `values`), and long values are cut.
    """
    if finding.value in {"", f"<{finding.focus}>"}:
        return ""
    value = _shorten_all(describe_value(finding.value), base)
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"


def format_findings(findings: Iterable[Finding], base: str = "") -> str:
    """Give findings one a line, violations first, then in the order of their nodes.

    >>> format_findings([])
    ''
    """
    ranked = sorted(findings, key=lambda f: (_RANKS.get(f.severity, 3), f))
    return "\n".join(format_finding(finding, base) for finding in ranked)


def _shorten_all(text: str, base: str) -> str:
    return _IRI.sub(lambda match: shorten(match[1], base), text)


def find_first_property(path: str) -> str:
    """Give the IRI of the first property of a path as `paths.format_path` gives it; "" for no path.

    >>> find_first_property("^<https://example.org/about>/<https://example.org/modality>")
    'https://example.org/about'
    """
    match = _IRI.search(path)
    return match[1] if match else path
