import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.findings import Finding
from testimonia.validation.formats.github import escape_data, escape_property, format_github
from testimonia.validation.report import Report

BASE = "https://example.org/"
COMMAND = re.compile(r"::(error|warning|notice) ([a-z]+=[^:,]*(?:,[a-z]+=[^:,]*)*)::(.*)")


def test_commands_in_the_order_of_files(read_case: Callable[[str], list[Finding]], empty_report: Report) -> None:
    lines = format_github(replace(empty_report, findings=read_case("ordinary"))).splitlines()
    assert lines[0] == (
        "::error file=mappings/entities/laws.yaml,line=2,col=14,title=DateShape-earliest::"
        'The first day of a date is one day.%0Adate/2031-13 t:earliest "2031-13-01"^^xsd:date'
    )
    assert [line.partition(" ")[0] for line in lines[1:-1]] == ["::warning", "::error", "::notice"]
    assert lines[3].startswith("::notice title=EntityShape-label::An entity")
    assert lines[-1].startswith("4 findings: ")


def test_a_file_as_a_whole_and_a_path_to_escape(
    read_case: Callable[[str], list[Finding]], empty_report: Report
) -> None:
    report = format_github(replace(empty_report, findings=read_case("layers")))
    assert "::error file=mappings/entities/laws.yaml,title=not-utf-8::not UTF-8 (byte 12).\n" in report
    assert (
        '::error file=mappings/interviews/ål dal.yaml,line=37,col=3,title=unknown-key::unknown key "agianst"' in report
    )


def test_hostile_words_stay_within_their_command(
    read_case: Callable[[str], list[Finding]], empty_report: Report
) -> None:
    lines = format_github(replace(empty_report, findings=read_case("hostile"))).split("\n")
    assert len(lines) == 3
    matches = [COMMAND.fullmatch(line) for line in lines[:2]]
    assert all(matches)
    assert matches[0] is not None
    assert matches[0][2].startswith(
        r"file=mappings/interviews/a%2Cb%3Ac%25\n%3A%3Aerror%3A%3A\x1b[1m.yaml,line=3,col=1,"
    )
    assert "%250A" in matches[0][3]


@given(st.text())
def test_escapes_can_be_taken_back(text: str) -> None:
    plain = escape_property(text)
    assert not set("\r\n:,") & set(plain)
    for code, char in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        plain = plain.replace(code, char)
    assert plain == text
    assert not set("\r\n") & set(escape_data(text))
