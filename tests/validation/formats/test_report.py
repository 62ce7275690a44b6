"""What holds for every format: cases from disk, hostile ones among them, and words that hypothesis thinks of."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal

from testimonia.core.findings import Finding, SourceSpan
from testimonia.core.layers import Layer
from testimonia.core.record import Position
from testimonia.validation.formats.report import format_report
from testimonia.validation.options import ReportFormat
from testimonia.validation.report import Report

BASE = "https://example.org/"
CASES = ("ordinary", "layers", "hostile", "none")
READ = Callable[[str], list[Finding]]


@pytest.mark.parametrize("form", ReportFormat)
@pytest.mark.parametrize("case", CASES)
def test_nothing_in_the_data_can_act(case: str, form: ReportFormat, read_case: READ, empty_report: Report) -> None:
    report = format_report(replace(empty_report, findings=read_case(case)), form)
    assert all(line.isprintable() for line in report.split("\n"))


@pytest.mark.parametrize("form", ReportFormat)
def test_no_text_of_the_record_is_shown(form: ReportFormat, read_case: READ, empty_report: Report) -> None:
    report = format_report(replace(empty_report, findings=read_case("ordinary")), form)
    assert "sang" not in report
    assert "2031-13-01" in report


@pytest.mark.parametrize("form", ReportFormat)
def test_the_order_of_findings_does_not_matter(form: ReportFormat, read_case: READ, empty_report: Report) -> None:
    findings = [*read_case("ordinary"), *read_case("layers")]
    assert format_report(replace(empty_report, findings=findings), form) == format_report(
        replace(empty_report, findings=findings[::-1]), form
    )


@pytest.mark.parametrize("form", ReportFormat)
@given(words=st.text(min_size=1), gist=st.text(min_size=12))
@settings(max_examples=40)
def test_whatever_stands_in_a_finding(form: ReportFormat, words: str, gist: str) -> None:
    value = Literal(gist, lang="en").n3()
    place, span = Position(words, 3, 1), SourceSpan(words, 1, 2)
    finding = Finding(
        focus=words,
        rule=words,
        component=words,
        value=value,
        severity=words,
        found=words,
        fix=words,
        place=place,
        span=span,
    )
    report = format_report(replace(Report(base=BASE, ran=[Layer.SHACL]), findings=[finding]), form)
    assert all(line.isprintable() for line in report.split("\n"))
    assert value not in report
