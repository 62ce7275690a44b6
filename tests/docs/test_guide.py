"""The page "How to read an interview into a record": its claims, right and wrong, are in order as to form."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia.core.layout import Layout
from testimonia.core.record import Records
from testimonia.core.yaml_tree import parse_tree
from testimonia.records.checking import check_records
from testimonia.records.parsing import Parser
from testimonia.vocabulary.reading import read_vocabulary

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "guide.md").read_text("utf-8")
PITFALL = re.compile(r"^### (\d+)\. .+\n> .+\n```yaml\n((?:.+\n)+?)```\n\S.+", re.MULTILINE)
HEAD = {
    "interview": "val-solen",
    "source": "lantern.txt#1",
    "title": "Mira Solen",
    "country": "valdoria",
    "language": "en",
    "speakers": {"interviewee": "mira-solen", "interviewer": "lantern-review", "headline": "lantern-review"},
    "quoted": {"Tamsin Orle": "tamsin-orle"},
}
NAMES_OF_THE_PAGE = re.compile(r'no entity "|happening "[\w-]+" is not known here')


def test_the_pitfalls_are_numbered() -> None:
    numbers = [int(number) for number, _ in PITFALL.findall(PAGE)]
    assert numbers == list(range(1, PAGE.count("\n### ") + 1))
    assert len(numbers) >= 25
    assert PAGE.count("```yaml") == len(numbers)


@pytest.mark.parametrize(("number", "block"), PITFALL.findall(PAGE), ids=lambda value: value if value.isdigit() else "")
@pytest.mark.parametrize("side", ["right", "wrong"])
def test_the_claims_are_in_order_as_to_form(number: str, block: str, side: str, project_layout: Layout) -> None:
    readings: dict[str, Any] = yaml.load(block, Loader=yaml.BaseLoader)
    assert set(readings) == {"right", "wrong"}
    told = readings[side] if isinstance(readings[side], list) else [readings[side]]
    envelope = {"quote": "First … last", "gist": "Something is said."}
    claims = [{"id": f"{number}-{n}", **envelope, **claim} for n, claim in enumerate(told)]
    tree, problems = parse_tree(yaml.safe_dump({**HEAD, "claims": claims}, allow_unicode=True), "guide.md")
    assert tree is not None
    parser = Parser(read_vocabulary(project_layout))
    record = parser.parse_record(tree)
    assert record is not None
    problems += parser.form.findings + check_records(Records("", {}, {}, (record,)), parser.vocabulary)
    assert [str(p) for p in problems if not NAMES_OF_THE_PAGE.search(p.found)] == []
