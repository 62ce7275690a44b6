import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.validation.formats.json import format_json
from testimonia.validation.report import Report

BASE = "https://example.org/"
SCHEMA = json.loads((files("testimonia.validation.formats") / "findings.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("case", ["ordinary", "layers", "hostile", "none"])
def test_reports_are_as_the_schema_says(
    case: str, read_case: Callable[[str], list[Finding]], empty_report: Report
) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    report = json.loads(format_json(replace(empty_report, findings=read_case(case))))
    Draft202012Validator(SCHEMA).validate(report)
    assert len(report["findings"]) == len(read_case(case)) == sum(report["counts"].values())


def test_the_schema_knows_every_layer_and_turns_down_what_it_does_not_know() -> None:
    assert SCHEMA["$defs"]["layer"]["enum"] == [layer.value for layer in Layer]
    assert not Draft202012Validator(SCHEMA).is_valid({"form": 2, "more": True})


def test_one_finding(read_case: Callable[[str], list[Finding]], empty_report: Report) -> None:
    report = json.loads(format_json(replace(empty_report, findings=read_case("ordinary"))))
    assert report["counts"] == {"violation": 2, "warning": 1, "info": 1}
    assert report["findings"][2] == {
        "severity": "violation",
        "layer": "shacl",
        "rule": "https://w3id.org/testimonia/shapes#ClaimShape-charge",
        "message": "What stands behind charge is no concept.",
        "fix": "Write a concept of ontology/terms/charge.ttl, or add one there with label and definition. "
        "See docs/model.md.",
        "place": {"path": "mappings/interviews/val-solen.yaml", "line": 99, "column": 11},
        "passage": {"source": "lantern.txt", "start": 519, "end": 570},
        "focus": "https://example.org/interview/val-solen/claim/5",
        "path": "https://w3id.org/testimonia/ontology#charge",
        "component": "ClassConstraintComponent",
        "value": "<https://example.org/id/ostmark>",
        "withheld": None,
    }
    last = report["findings"][3]
    assert (last["value"], last["withheld"], last["place"]) == (None, "text of 25 characters", None)
