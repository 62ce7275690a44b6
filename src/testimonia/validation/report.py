"""Report: what an inspection was asked, and what came of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from testimonia.core.findings import Finding
from testimonia.core.layers import Layer


class ShaclEngine(StrEnum):
    """What checks the shapes: pySHACL decides, rudof (an extra) is the quick look."""

    PYSHACL = "pyshacl"
    RUDOF = "rudof"


class FailOn(StrEnum):
    """From which severity on a finding makes a validation fail.

    >>> FailOn.WARNING.is_reached("Violation"), FailOn.WARNING.is_reached("Info")
    (True, False)
    """

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"

    def is_reached(self, severity: str) -> bool:
        """Tell whether a finding of a severity counts; one of an unknown severity always does."""
        order = list(FailOn)
        known = {level.value: order.index(level) for level in order}
        return known.get(severity.lower(), len(order)) >= known[self.value]


@dataclass(frozen=True, slots=True)
class Request:
    """What to inspect: which layers (`only`: those that somebody named; empty for all), with what at hand."""

    only: frozenset[Layer] = frozenset()
    engine: ShaclEngine = ShaclEngine.PYSHACL
    texts: Path | None = None
    private: Path | None = None

    def wants(self, *layers: Layer) -> bool:
        """Tell whether any of these layers is to run."""
        return not self.only or any(layer in self.only for layer in layers)

    def names(self, layer: Layer) -> bool:
        """Tell whether somebody named a layer: then it must run."""
        return layer in self.only


@dataclass(frozen=True, slots=True)
class Skipped:
    """A layer that was wanted and did not run, and why."""

    layer: Layer
    reason: str


@dataclass(slots=True)
class Inspection:
    """What came of an inspection: findings layer by layer, the layers that ran and those that did not.

    `base` is the base IRI of what was looked at, "" when it has none; `triples` how many triples were; `note` says what
    of a project was read again, "" for all of it; `seconds` are the times of the layers of the graph.
    """

    base: str = ""
    triples: int = 0
    note: str = ""
    findings: list[Finding] = field(default_factory=list)
    seconds: dict[Layer, float] = field(default_factory=dict)
    ran: list[Layer] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, layer: Layer, findings: list[Finding]) -> None:
        """Note that a layer ran and what it found; it may do so in several steps."""
        if layer not in self.ran:
            self.ran.append(layer)
        self.findings += findings

    def skip(self, layer: Layer, reason: str) -> None:
        """Note that a layer did not run."""
        self.skipped.append(Skipped(layer, reason))

    @property
    def clean(self) -> bool:
        """Whether there is nothing to mend: notes (Info) at the most."""
        return not self.fails(FailOn.WARNING)

    def fails(self, level: FailOn) -> bool:
        """Tell whether a finding is as severe as that."""
        return any(level.is_reached(finding.severity) for finding in self.findings)
