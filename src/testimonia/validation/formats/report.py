"""Report: findings and the name of a format in, the text in that format out."""

from collections.abc import Callable, Iterable

from testimonia.core.findings import Finding
from testimonia.validation.formats.form import ReportFormat
from testimonia.validation.formats.github import format_github
from testimonia.validation.formats.json import format_json
from testimonia.validation.formats.junit import format_junit
from testimonia.validation.formats.sarif import format_sarif
from testimonia.validation.formats.text import format_text
from testimonia.validation.run import Run


def _write_turtle(findings: Iterable[Finding], base: str, run: Run) -> str:
    """Return the findings as a standard report; rdflib takes a third of a second to import."""
    from testimonia.validation.formats.turtle import format_turtle  # noqa: PLC0415

    return format_turtle(findings, base, run)


_WRITERS: dict[ReportFormat, Callable[[Iterable[Finding], str, Run], str]] = {
    ReportFormat.TEXT: format_text,
    ReportFormat.JSON: format_json,
    ReportFormat.SARIF: format_sarif,
    ReportFormat.JUNIT: format_junit,
    ReportFormat.GITHUB: format_github,
    ReportFormat.TURTLE: _write_turtle,
}


def format_report(findings: Iterable[Finding], form: ReportFormat, base: str, run: Run) -> str:
    """Return the findings in a format, sorted by file and line; `base` is the data set's base IRI, "" for none.

    >>> format_report([], ReportFormat.TEXT, "", Run("1", ()))
    'no findings ()'
    """
    return _WRITERS[form](findings, base, run)
