"""Run: what a validation looked at and by which rules, for reports that say what was passed as well as what failed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from testimonia.core.findings import Finding, shorten_rule
from testimonia.core.layers import Layer

if TYPE_CHECKING:
    from testimonia.shacl.shapes import Shape

SEVERITIES = ("Violation", "Warning", "Info")
"""From the gravest to the least grave."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can have findings: IRI of a shape or code, its layer, a short name, what it wants, its severity."""

    id: str
    layer: Layer
    name: str
    description: str
    severity: str = "Violation"


@dataclass(frozen=True, slots=True)
class Run:
    """Facts of one validation: version of the program, the layers that ran, the rules known of them.

    `seconds` are the times of layers, `fail_on` is the least severity that makes the run fail. `folder` is where
    the paths of findings begin, seen from the repository's root: "" or a path that ends in a slash.
    """

    version: str
    layers: tuple[Layer, ...]
    rules: tuple[Rule, ...] = ()
    fail_on: str = "Violation"
    seconds: Mapping[Layer, float] = field(default_factory=dict)
    folder: str = ""

    def is_failure(self, finding: Finding) -> bool:
        """Tell whether a finding makes the run fail.

        >>> run = Run("1", (Layer.SHACL,), fail_on="Warning")
        >>> [run.is_failure(Finding(rule="r", found="", severity=severity)) for severity in SEVERITIES]
        [True, True, False]
        """
        return rank_severity(finding.severity) <= rank_severity(self.fail_on)


def rank_severity(severity: str) -> int:
    """Return 0 for the gravest, 2 for the least grave; a severity of somebody else's shapes counts as the gravest."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


def name_severity(severity: str) -> str:
    """Return violation, warning or info.

    >>> name_severity("Warning"), name_severity("https://example.org/Fatal")
    ('warning', 'violation')
    """
    return SEVERITIES[rank_severity(severity)].lower()


def list_shape_rules(shapes: Iterable["Shape"]) -> list[Rule]:
    """Return the rule that each shape with findings of its own is."""
    return [
        Rule(s.iri, Layer.SHACL, s.name or shorten_rule(s.iri), s.description or s.message or s.name, s.severity)
        for s in shapes
        if s.reports
    ]


def complete_rules(run: Run, findings: Iterable[Finding]) -> list[Rule]:
    """Return the rules of a run, and one for each rule that only findings name, by layer, then by name."""
    rules = {rule.id: rule for rule in run.rules}
    for finding in findings:
        name = shorten_rule(finding.rule)
        rules.setdefault(finding.rule, Rule(finding.rule, finding.layer, name, "", finding.severity))
    order = list(Layer)
    return sorted(rules.values(), key=lambda rule: (order.index(rule.layer), shorten_rule(rule.id)))


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by file, line and severity; those that no line is known of come last."""

    def rank(finding: Finding) -> tuple[bool, str, int, int, int, Finding]:
        at = finding.place
        where = (at is None, at.path, at.line, at.column) if at else (True, "", 0, 0)
        return (*where, rank_severity(finding.severity), finding)

    return sorted(findings, key=rank)


def summarise(findings: Sequence[Finding], run: Run) -> str:
    """Return one line: how many findings, by severity and by layer, or that there is none.

    >>> summarise([], Run("1", (Layer.SHACL, Layer.OWL)))
    'no findings (shacl, owl)'
    >>> finding = Finding(rule="r", found="Mind this.", severity="Warning")
    >>> summarise([finding], Run("1", (Layer.SHACL, Layer.OWL)))
    '1 finding: 1 warning (1 shacl, 0 owl)'
    """
    if not findings:
        return f"no findings ({', '.join(run.layers)})"
    severities = Counter(rank_severity(f.severity) for f in findings)
    layers = Counter(f.layer for f in findings)
    named = [count(severities[rank], SEVERITIES[rank].lower()) for rank in sorted(severities)]
    ran = [layer for layer in Layer if layer in run.layers or layers[layer]]
    where = ", ".join(f"{layers[layer]} {layer}" for layer in ran)
    return f"{count(len(findings), 'finding')}: {', '.join(named)} ({where})"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "finding"), count(2, "info")
    ('1 finding', '2 infos')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")
