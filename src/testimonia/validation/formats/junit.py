"""Reports as JUnit XML: one suite for each layer that ran, one case for each rule or finding.

A rule without findings is a case that passes, so that a clean layer shows as what was checked. Findings below the
severity that makes the run fail are cases that pass and say what was found. Source: the elements and attributes that
Jenkins, GitLab and junitparser read in common.
"""

from collections import defaultdict
from xml.etree import ElementTree as ET

from testimonia.core.findings import Finding, shorten_rule
from testimonia.core.layers import Layer
from testimonia.core.printable import make_printable
from testimonia.validation.formats.printable import (
    format_message,
    format_node,
    format_passage,
    format_place,
    format_rule,
)
from testimonia.validation.options import name_severity
from testimonia.validation.report import Report, Rule, complete_rules, sort_findings


def format_junit(report: Report) -> str:
    """Return the report as XML without control characters; it ends without a line break."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in sort_findings(report.findings):
        by_rule[finding.rule].append(finding)
    root = ET.Element("testsuites", name="testimonia validate")
    rules = complete_rules(report)
    for layer in (layer for layer in Layer if layer in report.layers or any(r.layer == layer for r in rules)):
        root.append(_build_suite(layer, [r for r in rules if r.layer == layer], by_rule, report))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("time", _format_time(sum(report.seconds.values())))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _build_suite(layer: Layer, rules: list[Rule], by_rule: dict[str, list[Finding]], report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=layer.value)
    for rule in rules:
        for finding in by_rule.get(rule.id, ()):
            suite.append(_build_case(finding, report))
        if rule.id not in by_rule:
            ET.SubElement(suite, "testcase", classname=f"testimonia.{layer}", name=_name(rule), time="0.000")
    if not len(suite):
        ET.SubElement(suite, "testcase", classname=f"testimonia.{layer}", name=layer.value, time="0.000")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.attrib |= {"errors": "0", "skipped": "0", "time": _format_time(report.seconds.get(layer, 0))}
    return suite


def _build_case(finding: Finding, report: Report) -> ET.Element:
    node, rule, place = format_node(finding, report.base), format_rule(finding), format_place(finding)
    case = ET.Element("testcase", classname=f"testimonia.{finding.layer}", name=f"{rule}: {node or place}")
    case.set("time", "0.000")
    if finding.place:
        case.set("file", make_printable(finding.place.path))
        case.set("line", str(finding.place.line))
    facts = "\n".join(filter(None, (place, node, format_passage(finding))))
    if report.is_failure(finding):
        failure = ET.SubElement(case, "failure", message=format_message(finding), type=name_severity(finding.severity))
        failure.text = facts
    else:
        out = ET.SubElement(case, "system-out")
        out.text = f"{name_severity(finding.severity)}: {format_message(finding)}\n{facts}"
    return case


def _name(rule: Rule) -> str:
    return make_printable(shorten_rule(rule.id))


def _format_time(seconds: float) -> str:
    return f"{seconds:.3f}"
