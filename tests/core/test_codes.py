"""The catalogue of codes: each example of it that can be tried gives its code, and the good one does not."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.codes import Code, read_codes, read_rules
from testimonia.core.errors import InputError
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.dataset.project import read_locked_project
from testimonia.validation.literals import check_literals

CODES = read_codes()
RULES = read_rules()
OF_LITERALS = [rule for rule in RULES.values() if rule.layer is Layer.LITERALS]
XSD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
TRIED = [code for code in CODES.values() if code.file]


def test_there_are_examples_to_try() -> None:
    assert len(TRIED) >= 50


@pytest.mark.parametrize("code", TRIED, ids=lambda code: code.name)
def test_the_bad_example_gives_the_code(code: Code, example: Layout, narrative: Layout) -> None:
    name, _, path = code.file.partition("/")
    layout = {"lantern": example, "heron": narrative}[name]
    texts = layout.root / "texts" if code.texts else None
    read_locked_project(layout, texts)
    file: Path = layout.root / path
    before = file.read_text("utf-8")
    assert before.count(code.good) == 1, "the good example stands once in the file"
    file.write_text(before.replace(code.good, code.bad), "utf-8")
    with pytest.raises(InputError) as raised:
        read_locked_project(layout, texts, relock=code.texts)
    assert code.name in {problem.rule for problem in raised.value.findings}, str(raised.value)


def check_object(text: str) -> list[tuple[str, str]]:
    """Rule and severity of each finding about the object of a triple."""
    turtle = f"{XSD} <https://example.org/a> <https://example.org/p> {text} ."
    return [(f.rule, f.severity) for f in check_literals(ox.parse(turtle, format=ox.RdfFormat.TURTLE, lenient=True))]


def test_there_are_rules_of_literals() -> None:
    assert len(OF_LITERALS) == 5


@pytest.mark.parametrize("rule", OF_LITERALS, ids=lambda rule: rule.name)
def test_the_examples_of_a_rule_of_literals(rule: Code) -> None:
    assert check_object(rule.good) == []
    assert check_object(rule.bad) == [(rule.name, rule.severity)]


@pytest.mark.parametrize("code", [*CODES.values(), *RULES.values()], ids=lambda code: code.name)
def test_an_entry_is_whole(code: Code) -> None:
    assert code.wanted
    assert code.why.endswith(".")
    assert code.good != code.bad
    assert code.bad or code.file, "only what is taken out of a file may be empty"
