from typing import Any

from testimonia.core.findings import SHAPES, Finding, format_finding, shorten
from testimonia.core.namespaces import T
from testimonia.validation.report import sort_findings

BASE = "https://example.org/"


def make(**changes: Any) -> Finding:
    facts: dict[str, Any] = {
        "focus": BASE + "interview/val-solen/claim/5",
        "path": T + "charge",
        "rule": SHAPES + "ClaimShape-charge",
        "component": "ClassConstraintComponent",
        "value": f"<{BASE}id/ostmark>",
        "severity": "Violation",
        "found": "Write a concept.",
    }
    return Finding(**(facts | changes))


def test_one_line_with_short_iris() -> None:
    line = "violation interview/val-solen/claim/5 t:charge id/ostmark: Write a concept. [ClaimShape-charge]"
    assert format_finding(make(), BASE) == line


def test_complex_paths_and_missing_parts() -> None:
    path = f"^<{T}about>/<{T}modality>"
    line = "violation interview/val-solen/claim/5 ^t:about/t:modality: Write a concept. [ClaimShape-charge]"
    assert format_finding(make(path=path, value=""), BASE) == line
    assert format_finding(make(path="", value=""), BASE).startswith("violation interview/val-solen/claim/5: ")


def test_long_values_are_cut() -> None:
    assert f"<{'https://elsewhere.example/'.ljust(59, 'x')}…:" in format_finding(
        make(value="<https://elsewhere.example/" + "x" * 200 + ">"), BASE
    )


def test_text_is_not_shown() -> None:
    line = format_finding(make(value='"She told of\\n the raid."@en'), BASE)
    assert " text of 22 characters (en): " in line
    assert "raid" not in line


def test_violations_come_first_then_nodes() -> None:
    warning = make(severity="Warning", focus=BASE + "a")
    second, first = make(focus=BASE + "c"), make(focus=BASE + "b")
    words = [format_finding(finding, BASE).split()[:2] for finding in sort_findings([warning, second, first])]
    assert words == [["violation", "b"], ["violation", "c"], ["warning", "a"]]


def test_unknown_iris_stay_whole() -> None:
    assert shorten("https://elsewhere.example/x", BASE) == "<https://elsewhere.example/x>"


def test_a_code_is_a_rule_too() -> None:
    assert format_finding(make(rule="unknown-key"), BASE).endswith(" [unknown-key]")
