"""Sources: the path of a curated file in, its text or its tree out, with what is wrong with it."""

from pathlib import Path

from testimonia.core.files import read_bytes
from testimonia.core.findings import Finding
from testimonia.core.yaml_tree import Block, parse_tree


def read_text(path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """Find the text of a curated file, None with its problem where it cannot be read; `name` is the path as printed."""
    try:
        return read_bytes(path).decode("utf-8"), []
    except UnicodeDecodeError as error:
        return None, [Finding.at(name, "not-utf-8", found=f"not UTF-8 (byte {error.start})")]
    except OSError as error:
        return None, [Finding.at(name, "unreadable-file", found=f"cannot be read: {error.strerror}")]


def read_yaml(path: Path, name: str) -> tuple[Block | None, list[Finding]]:
    """Return the tree of a YAML file and its problems; `name` is the path as printed."""
    text, findings = read_text(path, name)
    if text is None:
        return None, findings
    return parse_tree(text, name)
