"""What a validation is asked: which layers, with what at hand, and what makes it fail."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from testimonia.core.layers import Layer
from testimonia.validation.severity import rank_severity


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
