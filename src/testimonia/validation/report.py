"""What came of a validation: the findings, the layers that ran, and the rules that were looked at."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from testimonia.core.findings import Finding, shorten_rule
from testimonia.core.layers import Layer
from testimonia.core.version import __version__
from testimonia.validation.options import SEVERITIES, FailOn, rank_severity

if TYPE_CHECKING:
    from testimonia.shacl.shapes import Shape


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can have findings: IRI of a shape or code, its layer, a short name, what it wants, its severity."""

    id: str
    layer: Layer
    name: str
    description: str
    severity: str = "Violation"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A layer that was wanted and did not run, and why."""

    layer: Layer
    reason: str


@dataclass(slots=True)
class Report:
    """Findings layer by layer, the layers that ran and those that did not.

    `base` is the base IRI of what was looked at, "" when it has none; `triples` how many triples were; `note` says what
    of a data set was read again, "" for all of it; `seconds` are the times of the layers of the graph; `rules` are all
    that could have found something, where they were asked for. `folder` is where the paths of findings begin, seen from
    the repository's root: "" or a path that ends in a slash.
    """

    base: str = ""
    triples: int = 0
    note: str = ""
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[Layer, float] = field(default_factory=dict)
    ran: list[Layer] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fail_on: FailOn = FailOn.VIOLATION
    folder: str = ""
    version: str = __version__

    def add(self, layer: Layer, findings: list[Finding]) -> None:
        """Note that a layer ran and what it found; it may do so in several steps."""
        if layer not in self.ran:
            self.ran.append(layer)
        self.findings += findings

    def skip(self, layer: Layer, reason: str) -> None:
        """Note that a layer did not run."""
        self.skipped.append(Skipped(layer, reason))

    @property
    def layers(self) -> list[Layer]:
        """The layers that ran, in the order in which layers run."""
        return [layer for layer in Layer if layer in self.ran]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to fix: notes (Info) at the most."""
        return not any(FailOn.WARNING.is_reached(finding.severity) for finding in self.findings)

    @property
    def fails(self) -> bool:
        """Whether a finding is so severe that the validation fails."""
        return any(map(self.is_failure, self.findings))

    def is_failure(self, finding: Finding) -> bool:
        """Tell whether a finding makes the validation fail.

        >>> report = Report(fail_on=FailOn.WARNING)
        >>> [report.is_failure(Finding(rule="r", found="", severity=severity)) for severity in SEVERITIES]
        [True, True, False]
        """
        return self.fail_on.is_reached(finding.severity)


def list_shape_rules(shapes: Iterable["Shape"]) -> list[Rule]:
    """Return the rule that each shape with findings of its own is."""
    return [
        Rule(s.iri, Layer.SHACL, s.name or shorten_rule(s.iri), s.description or s.message or s.name, s.severity)
        for s in shapes
        if s.reports
    ]


def complete_rules(report: Report) -> list[Rule]:
    """Return the rules of a report, and one for each rule that only findings name, by layer, then by name."""
    rules = {rule.id: rule for rule in report.rules}
    for finding in report.findings:
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


def summarise(report: Report) -> str:
    """Return one line: how many findings, by severity and by layer, or that there is none.

    >>> summarise(Report(ran=[Layer.SHACL, Layer.OWL]))
    'no findings (shacl, owl)'
    >>> finding = Finding(rule="r", found="Mind this.", severity="Warning")
    >>> summarise(Report(ran=[Layer.SHACL, Layer.OWL], findings=[finding]))
    '1 finding: 1 warning (1 shacl, 0 owl)'
    """
    findings = report.findings
    if not findings:
        return f"no findings ({', '.join(report.layers)})"
    severities = Counter(rank_severity(f.severity) for f in findings)
    layers = Counter(f.layer for f in findings)
    named = [count(severities[rank], SEVERITIES[rank].lower()) for rank in sorted(severities)]
    ran = [layer for layer in Layer if layer in report.ran or layers[layer]]
    where = ", ".join(f"{layers[layer]} {layer}" for layer in ran)
    return f"{count(len(findings), 'finding')}: {', '.join(named)} ({where})"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "finding"), count(2, "info")
    ('1 finding', '2 infos')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")
