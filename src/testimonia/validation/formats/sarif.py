"""Reports as logs in the Static Analysis Results Interchange Format (SARIF) 2.1.0.

Source: OASIS standard SARIF 2.1.0; columns and offsets are in code points, as everywhere in this project.
"""

import hashlib
import json
from collections import Counter
from typing import Any
from urllib.parse import quote

from testimonia.core.finding_values import is_shown
from testimonia.core.findings import Finding, shorten_rule
from testimonia.core.printable import make_printable
from testimonia.validation.formats.printable import format_message, format_node
from testimonia.validation.options import rank_severity
from testimonia.validation.report import Report, Rule, complete_rules, sort_findings

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "testimonia/v1"
_LEVELS = ("error", "warning", "note")
_BASES = {
    "PROJECT": {"description": {"text": "The folder of the data set; in a job of GitHub, the checkout."}},
    "TEXTS": {"description": {"text": "The folder of the interview texts, which is no part of the data set."}},
}

Json = dict[str, Any]


def format_sarif(report: Report) -> str:
    """Return the log as JSON: one run with its rules and one result for each finding.

    Paths are relative to the folder of the data set, or to that from which the run sees it. The fingerprint of a result
    stays when lines are added above it: it is made of layer, rule, node, path, component and value, or of file and
    message where there is no node.
    """
    ranked = sort_findings(report.findings)
    rules = complete_rules(report)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "testimonia",
                        "version": report.version,
                        "rules": [_describe_rule(rule) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": _BASES,
                "results": [_describe(finding, report, numbers, seen) for finding in ranked],
            }
        ],
    }
    return json.dumps(log, indent=2)


def fingerprint(finding: Finding) -> str:
    """Return the digest (SHA-256, hexadecimal) that tells a finding from others, whatever line it stands on.

    What is not shown of a value is no part of it: a digest would let it be guessed.
    """
    value = finding.value if is_shown(finding.value) else ""
    parts = [finding.layer.value, finding.rule, finding.focus, finding.path, finding.component, value]
    if not finding.focus:
        parts += [finding.place.path if finding.place else "", finding.message]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _describe_rule(rule: Rule) -> Json:
    name = make_printable(rule.name) or _name(rule.id)
    return {
        "id": _name(rule.id),
        "name": name,
        "shortDescription": {"text": name},
        "fullDescription": {"text": make_printable(rule.description) or name},
        "help": {"text": f"{make_printable(rule.description)} Run: testimonia explain {_name(rule.id)}".strip()},
        "defaultConfiguration": {"level": _LEVELS[rank_severity(rule.severity)]},
        "properties": {"tags": [rule.layer.value]},
    }


def _describe(finding: Finding, report: Report, numbers: dict[str, int], seen: Counter[str]) -> Json:
    digest = fingerprint(finding)
    seen[digest] += 1
    node = format_node(finding, report.base)
    location: Json = {"logicalLocations": [{"fullyQualifiedName": node, "kind": "resource"}]} if node else {}
    if finding.place:
        physical: Json = {
            "artifactLocation": {"uri": _quote(report.folder + finding.place.path), "uriBaseId": "PROJECT"}
        }
        if finding.place.line:
            physical["region"] = {"startLine": finding.place.line, "startColumn": max(finding.place.column, 1)}
        location["physicalLocation"] = physical
    result: Json = {
        "ruleId": _name(finding.rule),
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[rank_severity(finding.severity)],
        "message": {"text": format_message(finding) or _name(finding.rule)},
        "locations": [location] if location else [],
        "partialFingerprints": {FINGERPRINT: f"{digest}:{seen[digest]}"},
        "properties": {"tags": [finding.layer.value]},
    }
    if span := finding.span:
        region = {"charOffset": span.start, "charLength": span.end - span.start}
        artifact = {"uri": _quote(span.source), "uriBaseId": "TEXTS"}
        result["relatedLocations"] = [
            {
                "id": 1,
                "message": {"text": "The passage."},
                "physicalLocation": {"artifactLocation": artifact, "region": region},
            }
        ]
    return result


def _name(rule: str) -> str:
    return make_printable(shorten_rule(rule))


def _quote(path: str) -> str:
    return quote(path.encode("utf-8", "backslashreplace"))
