"""Reports as workflow commands, which GitHub shows beside the line of the file.

Source: GitHub's "Workflow commands for GitHub Actions", and the escaping of its own toolkit: `%`, carriage return and
line feed everywhere, in properties colon and comma as well.
"""

from testimonia.core.findings import Finding
from testimonia.core.printable import make_printable
from testimonia.validation.formats.printable import format_message, format_node, format_passage, format_rule
from testimonia.validation.options import rank_severity
from testimonia.validation.report import Report, sort_findings, summarise

_COMMANDS = ("error", "warning", "notice")


def format_github(report: Report) -> str:
    """Return one command a line for each finding, and a last line that counts them, which is no command."""
    ranked = sort_findings(report.findings)
    return "\n".join([*(_format_command(finding, report) for finding in ranked), summarise(report)])


def escape_data(text: str) -> str:
    r"""Return a message as a command carries it.

    >>> escape_data("100 %\nnext")
    '100 %25%0Anext'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return the value of a property as a command carries it.

    >>> escape_property("a:b,c")
    'a%3Ab%2Cc'
    """
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _format_command(finding: Finding, report: Report) -> str:
    properties = {"title": format_rule(finding)}
    if finding.place:
        properties = {"file": make_printable(report.folder + finding.place.path)}
        if finding.place.line:
            properties |= {"line": str(finding.place.line), "col": str(finding.place.column)}
        properties["title"] = format_rule(finding)
    named = ",".join(f"{name}={escape_property(value)}" for name, value in properties.items())
    facts = " · ".join(filter(None, (format_node(finding, report.base), format_passage(finding))))
    message = "\n".join(filter(None, (format_message(finding), facts)))
    return f"::{_COMMANDS[rank_severity(finding.severity)]} {named}::{escape_data(message)}"
