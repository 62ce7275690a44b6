"""Findings from disk: tests/cases/validation/findings/*.yaml, in the fields of `Finding`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia.core.findings import SHAPES, Finding, SourceSpan
from testimonia.core.layers import Layer
from testimonia.core.namespaces import expand
from testimonia.core.record import Position
from testimonia.validation.report import Report, Rule

BASE = "https://example.org/"
CASES = Path(__file__).resolve().parents[2] / "cases" / "validation" / "findings"
FIELDS = ("focus", "path", "rule", "component", "value", "severity", "found", "fix")


def make(fields: dict[str, Any]) -> Finding:
    place, span = fields.get("place"), fields.get("span")
    return Finding(
        **{name: fields.get(name, "") for name in FIELDS},
        layer=Layer(fields.get("layer", "shacl")),
        place=Position(*place) if place else None,
        span=SourceSpan(*span) if span else None,
    )


@pytest.fixture
def read_case() -> Callable[[str], list[Finding]]:
    """Read the findings of a case."""
    return lambda name: [make(fields) for fields in yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8"))]


@pytest.fixture
def empty_report() -> Report:
    """A report on three layers, with one rule that has findings in `ordinary` and one that never has."""
    rules = (
        Rule(SHAPES + "ClaimShape-charge", Layer.SHACL, "charge", f"A charge is a concept ({expand('skos:Concept')})."),
        Rule(SHAPES + "ClaimShape-outcome", Layer.SHACL, "outcome", "An outcome is a concept.", "Warning"),
    )
    return Report(
        base=BASE,
        ran=[Layer.RECORDS, Layer.SHACL, Layer.OWL],
        rules=list(rules),
        seconds={Layer.SHACL: 1.25},
        version="1.2.3",
    )
