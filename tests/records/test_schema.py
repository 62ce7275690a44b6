"""The record schema as a YAML editor uses it: good records pass a stock validator, bad ones fail where they should."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from testimonia.core.layout import Layout
from testimonia.records.keys import CLAIM_KEYS, HEAD_KEYS
from testimonia.vocabulary.reading import read_vocabulary

Record = dict[str, Any]


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers are numbers, `true` is a truth value, dates and `NO` are text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag.endswith((":int", ":float", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read(path: Path) -> Record:
    record: Record = yaml.load(path.read_text("utf-8"), Loader=EditorLoader)
    return record


@pytest.fixture
def validator(example: Layout) -> Draft202012Validator:
    schema = json.loads(example.schema.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_every_record_passes(example: Layout, narrative: Layout, project_layout: Layout) -> None:
    paths = [path for layout in (example, narrative, project_layout) for path in sorted(layout.records.glob("*.yaml"))]
    assert len(paths) >= 5
    for path in paths:
        schema = json.loads((path.parent.parent / "record.schema.json").read_text("utf-8"))
        errors = [f"{list(e.absolute_path)}: {e.message}" for e in Draft202012Validator(schema).iter_errors(read(path))]
        assert not errors, f"{path.name}: {errors}"
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../record.schema.json\n")


def change(claim: int, **changes: Any) -> Callable[[Record], None]:
    def apply(record: Record) -> None:
        found = next(c for c in record["claims"] if c["id"] == claim)
        for key, value in changes.items():
            found[key.replace("_", "-")] = value

    return apply


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (change(8, agianst="song-archive"), "agianst"),
        (change(11, charge="mokery"), "mokery"),
        (change(14, act="raid"), "valid under each of"),
        (change(8, date=["2031", "2032"]), "2032"),
        (change(8, figures={"Detained": "9 persons"}), "Detained"),
        (change(8, by="Harbour Police"), "Harbour Police"),
        (change(8, country=["none", "Ostmark"]), "Ostmark"),
        (change(8, quotes=["a … b"]), "valid under each of"),
        (change(18, speaker="interviwer"), "interviwer"),
        (lambda record: record.pop("title"), "title"),
        (lambda record: record["claims"][0].pop("gist"), "gist"),
        (lambda record: record["speakers"].update(witness="x"), "witness"),
    ],
)
def test_bad_records_fail(
    example: Layout, validator: Draft202012Validator, spoil: Callable[[Record], None], message: str
) -> None:
    record = read(example.records / "val-solen.yaml")
    spoil(record)
    errors = list(validator.iter_errors(record))
    texts = [error.message for top in errors for error in (top, *(top.context or []))]
    assert any(message in text for text in texts), texts


def test_the_editor_offers_every_key_and_explains_terms(example: Layout) -> None:
    schema = json.loads(example.schema.read_text("utf-8"))
    vocabulary = read_vocabulary(example)
    claim = schema["$defs"]["claim"]["properties"]
    assert set(claim) == set(CLAIM_KEYS) | set(vocabulary.kinds) | set(vocabulary.claim_keys)
    assert set(schema["properties"]) == set(HEAD_KEYS)
    assert all(option["description"] for option in schema["$defs"]["term-happening"]["oneOf"])
    assert "song-archive" in schema["$defs"]["entity"]["anyOf"][0]["enum"]
