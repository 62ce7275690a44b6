"""The report as one JSON object, which findings.schema.json in this folder describes."""

import json
from collections import Counter
from typing import Any

from testimonia.core.finding_values import describe_value, is_shown
from testimonia.core.findings import Finding
from testimonia.core.printable import make_printable
from testimonia.validation.options import SEVERITIES, name_severity, rank_severity
from testimonia.validation.report import Report, sort_findings

FORM = 2
"""Version of the form; it changes when a reader would have to."""


def format_json(report: Report) -> str:
    """Return the report as JSON with full IRIs; what is not known is null. `value` is null where it is not shown."""
    ranked = sort_findings(report.findings)
    counts = Counter(rank_severity(finding.severity) for finding in ranked)
    document = {
        "form": FORM,
        "version": report.version,
        "base": report.base,
        "layers": [layer.value for layer in report.layers],
        "counts": {severity.lower(): counts[rank] for rank, severity in enumerate(SEVERITIES)},
        "findings": [_describe(finding) for finding in ranked],
    }
    return json.dumps(document, indent=2)


def _describe(finding: Finding) -> dict[str, Any]:
    at, span = finding.place, finding.span
    shown = bool(finding.value) and is_shown(finding.value)
    return {
        "severity": name_severity(finding.severity),
        "layer": finding.layer.value,
        "rule": _clean(finding.rule),
        "message": _clean(finding.message),
        "fix": _clean(finding.fix),
        "place": {"path": _clean(at.path), "line": at.line or None, "column": at.column or None} if at else None,
        "passage": {"source": _clean(span.source), "start": span.start, "end": span.end} if span else None,
        "focus": _clean(finding.focus),
        "path": _clean(finding.path),
        "component": _clean(finding.component),
        "value": _clean(finding.value) if shown else None,
        "withheld": describe_value(finding.value) if finding.value and not shown else None,
    }


def _clean(text: str) -> str | None:
    return make_printable(text) or None
