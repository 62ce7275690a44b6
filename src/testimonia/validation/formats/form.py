"""The names of the forms of a report."""

from enum import StrEnum


class ReportFormat(StrEnum):
    """In what form findings are given."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    TURTLE = "turtle"
