"""What a validation is asked: which layers, with what at hand, what makes it fail, and the form of the report."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from testimonia.core.layers import Layer

SEVERITIES = ("Violation", "Warning", "Info")
"""From the gravest to the least grave."""


def rank_severity(severity: str) -> int:
    """Return 0 for the gravest, 2 for the least grave; a severity of somebody else's shapes counts as the gravest."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


def name_severity(severity: str) -> str:
    """Return violation, warning or info.

    >>> name_severity("Warning"), name_severity("https://example.org/Fatal")
    ('warning', 'violation')
    """
    return SEVERITIES[rank_severity(severity)].lower()


class ReportFormat(StrEnum):
    """In what form findings are given."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    TURTLE = "turtle"


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
        return rank_severity(severity) <= rank_severity(self.capitalize())


@dataclass(frozen=True, slots=True)
class Options:
    """What to look at: the layers that somebody named (`only`; empty for all), with which engine and what at hand.

    `changed` reads only the records that changed since the last clean run; `with_rules` lists in the report every rule
    that could have had findings.
    """

    only: frozenset[Layer] = frozenset()
    engine: ShaclEngine = ShaclEngine.PYSHACL
    texts: Path | None = None
    private: Path | None = None
    fail_on: FailOn = FailOn.VIOLATION
    changed: bool = False
    with_rules: bool = False

    def wants(self, *layers: Layer) -> bool:
        """Tell whether any of these layers is to run."""
        return not self.only or any(layer in self.only for layer in layers)

    def names(self, layer: Layer) -> bool:
        """Tell whether somebody named a layer: then it must run."""
        return layer in self.only
