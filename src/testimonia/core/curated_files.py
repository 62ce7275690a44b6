"""Sources: the path of a curated file in, its text or its tree out, with what is wrong with it."""

from pathlib import Path

from testimonia.core.errors import Problem
from testimonia.core.files import read_bytes
from testimonia.core.yaml_tree import Block, parse_tree


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Find the text of a curated file, None with its problem where it cannot be read; `name` is the path as printed."""
    try:
        return read_bytes(path).decode("utf-8"), []
    except UnicodeDecodeError as error:
        return None, [
            Problem(name, 0, 0, "", f"not UTF-8 (byte {error.start})", "", "Save it as UTF-8", code="not-utf-8")
        ]
    except OSError as error:
        return None, [Problem(name, 0, 0, "", f"cannot be read: {error.strerror}", code="unreadable-file")]


def read_yaml(path: Path, name: str) -> tuple[Block | None, list[Problem]]:
    """Return the tree of a YAML file and its problems; `name` is the path as printed."""
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    return parse_tree(text, name)
