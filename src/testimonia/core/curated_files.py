"""Text and YAML trees of curated files, with what is wrong with them."""

from pathlib import Path

from testimonia.core.files import read_bytes, report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.yaml_tree import Block, parse_tree


def read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Return the text of a curated file, None with a finding where it cannot be read; `name` is the path as printed."""
    try:
        return read_bytes(path).decode("utf-8"), []
    except (OSError, UnicodeDecodeError) as error:
        return None, [report_unreadable(name, error)]


def read_yaml(path: Path, name: str) -> tuple[Block | None, list[Finding]]:
    """Return the tree of a YAML file and its findings; `name` is the path as printed."""
    text, findings = read_text(path, name)
    if text is None:
        return None, findings
    return parse_tree(text, name)
