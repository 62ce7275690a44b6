"""What Python may name: the envelope. Properties of the domain live in the context, the shapes and the ontology."""

import ast
import json
from pathlib import Path

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
