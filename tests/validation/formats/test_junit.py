"""JUnit XML, read back by junitparser, which knows nothing of ours."""

from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from junitparser import Failure, JUnitXml, TestCase, TestSuite

from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.validation.formats.junit import format_junit
from testimonia.validation.options import FailOn
from testimonia.validation.report import Report

BASE = "https://example.org/"
READ = Callable[[str], list[Finding]]


def parse(report: str) -> dict[str, tuple[TestSuite, list[TestCase]]]:
    xml = JUnitXml.fromstring(report.encode())
    suites = {suite.name: (suite, list(suite)) for suite in xml}
    assert (xml.tests, xml.failures, xml.errors) == (
        sum(suite.tests for suite, _ in suites.values()),
        sum(suite.failures for suite, _ in suites.values()),
        0,
    )
    return suites


def test_layers_are_suites_and_clean_rules_pass(read_case: READ, empty_report: Report) -> None:
    suites = parse(format_junit(replace(empty_report, findings=read_case("ordinary"))))
    assert list(suites) == ["records", "shacl", "owl"]
    for name in ("records", "owl"):
        suite, (case,) = suites[name]
        assert (suite.tests, suite.failures, case.name, case.is_passed) == (1, 0, name, True)
    shacl, cases = suites["shacl"]
    assert (shacl.tests, shacl.failures, shacl.time) == (5, 2, 1.25)
    assert [case.name for case in cases if case.is_passed] == [
        "ActShape-modality: interview/val-solen/claim/4 ^t:about/t:modality term/modality/holds",
        "ClaimShape-outcome",
        "EntityShape-label: id/mira-solen rdfs:label text of 25 characters",
    ]
    assert {case.classname for case in cases} == {"testimonia.shacl"}


def test_a_failure_says_where_and_how_to_mend(read_case: READ, empty_report: Report) -> None:
    _, cases = parse(format_junit(replace(empty_report, findings=read_case("ordinary"))))["shacl"]
    case = next(case for case in cases if case.name.startswith("ClaimShape-charge"))
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.type == "violation"
    assert failure.message.startswith("What stands behind charge is no concept. Write a concept")
    assert failure.text.splitlines() == [
        "mappings/interviews/val-solen.yaml:99:11",
        "interview/val-solen/claim/5 t:charge id/ostmark",
        "lantern.txt 519–570",
    ]


@pytest.mark.parametrize(("fail_on", "failures"), [("Violation", 2), ("Warning", 3), ("Info", 4)])
def test_what_fails_is_what_the_run_fails_on(
    fail_on: str, failures: int, read_case: READ, empty_report: Report
) -> None:
    changed = replace(empty_report, fail_on=FailOn(fail_on.lower()))
    suite, cases = parse(format_junit(replace(changed, findings=read_case("ordinary"))))["shacl"]
    assert suite.failures == failures
    told = [case.system_out for case in cases if case.system_out]
    assert len(told) == 4 - failures
    assert all(": " in text for text in told)


def test_layers_that_only_findings_name_and_one_finding_twice(read_case: READ, empty_report: Report) -> None:
    suites = parse(format_junit(replace(empty_report, findings=read_case("layers"))))
    assert list(suites) == [layer.value for layer in Layer if layer.value in suites]
    assert [suite.tests for suite, _ in suites.values()] == [2, 1, 2, 2, 1, 1]
    whole = next(case for case in suites["records"][1] if "not-utf-8" in case.name)
    assert whole.name == "not-utf-8: mappings/entities/laws.yaml"


def test_hostile_words_are_words(read_case: READ, empty_report: Report) -> None:
    report = format_junit(replace(empty_report, findings=read_case("hostile")))
    root = ET.fromstring(report)
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure"}
    assert root.attrib["failures"] == "2"
