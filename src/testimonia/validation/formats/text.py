"""Reports for people: by file, three lines a finding, a line that counts them last."""

import textwrap
from itertools import groupby

from testimonia.core.findings import Finding
from testimonia.core.printable import make_printable
from testimonia.validation.formats.printable import format_message, format_node, format_passage, format_rule
from testimonia.validation.options import name_severity
from testimonia.validation.report import Report, sort_findings, summarise

_WIDTH = 100
_INDENT = "    "


def format_text(report: Report) -> str:
    """Return the report; lines break at 100 columns, except within an IRI. It ends without a line break.

    Print it without markup: brackets in it are no commands.
    """
    ranked = sort_findings(report.findings)
    lines: list[str] = []
    for path, group in groupby(ranked, key=lambda finding: finding.place.path if finding.place else ""):
        lines.append(make_printable(path) if path else "no line of a curated file")
        for finding in group:
            lines += _format_lines(finding, report.base)
        lines.append("")
    return "\n".join([*lines, summarise(report)])


def _format_lines(finding: Finding, base: str) -> list[str]:
    at = finding.place
    where = f"{at.line}:{at.column} " if at and at.line else ""
    head = f"  {where}{name_severity(finding.severity)}: {format_message(finding)}"
    facts = (format_node(finding, base), format_passage(finding), f"[{format_rule(finding)}]")
    return _wrap(head, _INDENT) + _wrap(_INDENT + " · ".join(filter(None, facts)), _INDENT * 2)


def _wrap(line: str, indent: str) -> list[str]:
    return textwrap.wrap(
        line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, tabsize=1
    )
