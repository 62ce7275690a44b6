from collections.abc import Callable
from dataclasses import replace

from testimonia.core.findings import Finding
from testimonia.validation.formats.text import format_text
from testimonia.validation.report import Report

BASE = "https://example.org/"
ORDINARY = """\
mappings/entities/laws.yaml
  2:14 violation: The first day of a date is one day.
    date/2031-13 t:earliest "2031-13-01"^^xsd:date · [DateShape-earliest]

mappings/interviews/val-solen.yaml
  12:3 warning: A claim about an act has another modality.
    interview/val-solen/claim/4 ^t:about/t:modality term/modality/holds · [ActShape-modality]
  99:11 violation: What stands behind charge is no concept. Write a concept of
    ontology/terms/charge.ttl, or add one there with label and definition. See docs/model.md.
    interview/val-solen/claim/5 t:charge id/ostmark · lantern.txt 519–570 · [ClaimShape-charge]

no line of a curated file
  info: An entity has one name in each language.
    id/mira-solen rdfs:label text of 25 characters · [EntityShape-label]

4 findings: 2 violations, 1 warning, 1 info (0 records, 4 shacl, 0 owl)"""


def test_findings_stand_under_their_file(read_case: Callable[[str], list[Finding]], empty_report: Report) -> None:
    assert format_text(replace(empty_report, findings=read_case("ordinary"))) == ORDINARY


def test_no_finding(empty_report: Report) -> None:
    assert format_text(replace(empty_report, findings=[])) == "no findings (records, shacl, owl)"


def test_files_as_a_whole_have_no_line(read_case: Callable[[str], list[Finding]], empty_report: Report) -> None:
    lines = format_text(replace(empty_report, findings=read_case("layers"))).splitlines()
    assert "  violation: not UTF-8 (byte 12)." in lines
    assert (
        lines[-1] == "6 findings: 4 violations, 2 warnings (2 records, 1 evidence, 0 shacl, 2 queries, 0 owl, 1 graph)"
    )


def test_lines_are_not_longer_than_a_terminal(read_case: Callable[[str], list[Finding]], empty_report: Report) -> None:
    for case in ("ordinary", "layers"):
        assert max(map(len, format_text(replace(empty_report, findings=read_case(case))).splitlines())) <= 100
