"""The one door to all forms of report."""

from collections.abc import Callable

from testimonia.validation.formats.github import format_github
from testimonia.validation.formats.json import format_json
from testimonia.validation.formats.junit import format_junit
from testimonia.validation.formats.sarif import format_sarif
from testimonia.validation.formats.text import format_text
from testimonia.validation.options import ReportFormat
from testimonia.validation.report import Report


def _format_turtle(report: Report) -> str:
    from testimonia.validation.formats.turtle import format_turtle  # noqa: PLC0415 - rdflib takes a third of a second

    return format_turtle(report)


_FORMATS: dict[ReportFormat, Callable[[Report], str]] = {
    ReportFormat.TEXT: format_text,
    ReportFormat.JSON: format_json,
    ReportFormat.SARIF: format_sarif,
    ReportFormat.JUNIT: format_junit,
    ReportFormat.GITHUB: format_github,
    ReportFormat.TURTLE: _format_turtle,
}


def format_report(report: Report, form: ReportFormat) -> str:
    """Return a report in one of its forms, its findings sorted by file and line.

    >>> format_report(Report(), ReportFormat.TEXT)
    'no findings ()'
    """
    return _FORMATS[form](report)
