"""Form: the names of the forms that findings can be given in."""

from enum import StrEnum


class ReportFormat(StrEnum):
    """In what form findings are given."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    TURTLE = "turtle"
