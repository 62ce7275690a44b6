"""The words of a finding as reports print them, so that nothing in them can act on a terminal."""

from testimonia.core.findings import Finding, format_value, shorten, shorten_path, shorten_rule
from testimonia.core.printable import make_printable


def format_message(finding: Finding) -> str:
    """Return what is wrong and what to do, in one line of whole sentences."""
    return make_printable(" ".join(map(_close, filter(None, (finding.message, finding.fix)))))


def _close(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", ":", "…")) else f"{sentence}."


def format_node(finding: Finding, base: str) -> str:
    """Return the node with path and value, in short forms; "" for a finding about a file."""
    focus = shorten(finding.focus, base) if finding.focus else ""
    parts = (focus, shorten_path(finding.path, base), format_value(finding, base))
    return make_printable(" ".join(filter(None, parts)))


def format_rule(finding: Finding) -> str:
    """Return the short name of the rule."""
    return make_printable(shorten_rule(finding.rule))


def format_passage(finding: Finding) -> str:
    """Return source and offsets of the passage; "" where none is known.

    >>> from testimonia.core.findings import SourceSpan
    >>> format_passage(Finding(rule="r", found="", span=SourceSpan("lantern.txt", 120, 180)))
    'lantern.txt 120–180'
    """
    span = finding.span
    return make_printable(f"{span.source} {span.start}–{span.end}") if span else ""


def format_place(finding: Finding) -> str:
    """Return file, line and column, as editors and terminals understand them; "" where no file is known."""
    at = finding.place
    if at is None:
        return ""
    return make_printable(at.path + (f":{at.line}:{at.column}" if at.line else ""))
