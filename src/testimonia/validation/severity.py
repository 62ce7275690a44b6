"""The severities of findings, from the gravest to the least grave."""

SEVERITIES = ("Violation", "Warning", "Info")
"""From the gravest to the least grave."""


def rank_severity(severity: str) -> int:
    """Return 0 for the gravest, 2 for the least grave; a severity of somebody else's shapes counts as the gravest."""
    return SEVERITIES.index(severity) if severity in SEVERITIES else 0


def name_severity(severity: str) -> str:
    """Return violation, warning or info.

    >>> name_severity("Warning"), name_severity("https://example.org/Fatal")
    ('warning', 'violation')
    """
    return SEVERITIES[rank_severity(severity)].lower()
