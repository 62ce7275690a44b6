"""What Python may name: the envelope. Properties of the domain live in the context, the shapes and the ontology."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.core.layout import Layout
from testimonia.mapping.envelope import ENVELOPE_PROPERTIES
from testimonia.records.keys import CLAIM_KEYS, ENTITY_KEYS, HEAD_KEYS

ROOT = Path(__file__).resolve().parents[2]
SHARED = {
    "contact",
    "country",
    "date",
    "kind",
    "name",
    "note",
    "place",
    "rating",
    "right",
    "skos:altLabel",
    "status",
    "type",
}
"""Words that are record keys and ordinary words of programs as well; each use was looked at."""


def test_no_domain_property_is_named_in_python(project_layout: Layout) -> None:
    context = json.loads(project_layout.context.read_text("utf-8"))["@context"]
    keys = {key for key, line in context.items() if isinstance(line, dict)}
    properties = {line["@id"] for line in context.values() if isinstance(line, dict)} - ENVELOPE_PROPERTIES
    forbidden = (keys | properties) - set(CLAIM_KEYS) - set(HEAD_KEYS) - set(ENTITY_KEYS)
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in forbidden:
                allowed = node.value in SHARED or node.value in {"by", "from", "of", "to", "for", "with", "at"}
                assert allowed, f"{path.name}:{node.lineno} names {node.value!r}"


def test_every_key_is_explained(project_layout: Layout) -> None:
    context = json.loads(project_layout.context.read_text("utf-8"))["@context"]
    page = (ROOT / "docs" / "records.md").read_text("utf-8")
    keys = {key for key, line in context.items() if isinstance(line, dict)} | set(CLAIM_KEYS) | set(HEAD_KEYS)
    assert not {key for key in keys if f"`{key}`" not in page}


MODULES = sorted((ROOT / "src").rglob("*.py"))
IN_AND_OUT = re.compile(r"^[A-Z][\w ]*: .*\b(in|out)[,;.]")


def find_docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            yield ast.get_docstring(node) or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_docstrings_are_plain(path: Path) -> None:
    """No docstring begins with "Give", and no module is told of as what goes in and what comes out."""
    module, *others = find_docstrings(path)
    assert not [told for told in others if told.startswith("Give")]
    assert not (IN_AND_OUT.match(module.splitlines()[0]) and " out" in module.partition(".")[0])


def test_a_public_type_name_has_one_definition() -> None:
    defined: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                defined.setdefault(node.name, set()).add(path.name)
    assert {name: places for name, places in defined.items() if len(places) > 1} == {}
