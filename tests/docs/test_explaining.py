"""Explaining: every name there is can be explained, in 80 columns; a wrong one is met with the nearest."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from testimonia.cli import load_commands
from testimonia.cli.app import app
from testimonia.core.dates import parse_date
from testimonia.core.errors import QueryError
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout, find_model_root
from testimonia.docs.explaining import explain, find_entries, list_names
from testimonia.docs.model import Model
from testimonia.docs.usage import make_lines
from testimonia.vocabulary.reading import Takes


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(Layout(Path(), find_model_root()))


def test_every_name_is_explained_or_told_apart(model: Model) -> None:
    names = set(list_names(model))
    assert len(names) > 900
    for name in names:
        for alone in find_entries(model, name):
            text = explain(model, alone)
            assert alone in text.partition("\n")[0]
            assert len(text.splitlines()) > 2
            long = [line for line in text.splitlines() if len(line) > 80]
            assert long == [], alone


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ClaimShape-charge", ["shacl (violation)", "Mend: What stands behind charge:", "Property: t:charge", "Bad:"]),
        ("happening/raid", ["When: For homes", "Not this but: happening/", "terms.md#happening-raid"]),
        ("raid", ["happening/raid"]),
        ("t:charge", ["Range: skos:Concept", "Key: charge:"]),
        ("charge", ['a term of the scheme "charge"', "It becomes t:charge"]),
        ("by", ["It becomes t:actor", "by: harbour-police"]),
        ("act", ["modality/occurred", 'a term of the scheme "happening"']),
        ("Act", ["Kind of: t:Happening"]),
        ("act:", ["Good:\n    act: ", "Bad:\n    act: some-"]),
        ("date-twice", ["Asked: ", "Why: ", "queries (violation)", "queries/checks/date-twice-violation.rq"]),
        ("unused-concept", ["hygiene (info)", "codes.md#unused-concept"]),
        ("unknown-key", ["records (violation)", "    demands: hand-over-recordings", "codes.md#unknown-key"]),
    ],
)
def test_what_is_told(model: Model, name: str, parts: list[str]) -> None:
    text = explain(model, name)
    for part in parts:
        assert part in text


def list_rules(model: Model) -> dict[str, str]:
    """Every rule that a finding can have, with its layer."""
    rules = {code.name: code.layer.value for code in model.codes.values()}
    rules |= dict.fromkeys(model.checks, "queries")
    return rules | {shape.iri: "shacl" for shape in model.shapes.values() if shape.reports}


def test_every_rule_that_a_finding_can_have_is_explained_with_its_layer(model: Model) -> None:
    rules = list_rules(model)
    assert len(rules) > 300
    assert set(rules.values()) == {layer.value for layer in Layer}
    for rule, layer in rules.items():
        assert re.search(rf"^Layer: {layer} \((violation|warning|info)\)$", explain(model, rule), re.MULTILINE), rule


def test_an_unknown_name_gets_the_nearest(model: Model) -> None:
    with pytest.raises(QueryError, match=r'nothing is called "unknown-kye"\. Near it: unknown-key'):
        explain(model, "unknown-kye")


def test_a_name_of_several_things_gets_them_all(model: Model) -> None:
    shared = [name for name in set(list_names(model)) if len(find_entries(model, name)) > 1]
    assert shared
    with pytest.raises(QueryError, match="means several things") as raised:
        explain(model, shared[0])
    assert all(alone in str(raised.value) for alone in find_entries(model, shared[0]))


def test_the_command() -> None:
    load_commands("explain")
    done = CliRunner().invoke(app, ["explain", "unknown-key"])
    assert done.exit_code == 0
    assert done.output.startswith("unknown-key\n")


def test_derived_lines_are_right_and_wrong(model: Model) -> None:
    vocabulary = model.vocabulary
    for key in vocabulary.keys.values():
        good, bad = (line.partition(":")[2].strip() for line in make_lines(key, vocabulary))
        if key.takes is Takes.TERM:
            assert good in vocabulary.terms[key.scheme or ""]
            assert bad not in vocabulary.terms[key.scheme or ""]
        if key.takes is Takes.DATE:
            parse_date(good)
            with pytest.raises(ValueError, match="EDTF"):
                parse_date(bad)
