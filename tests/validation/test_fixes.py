from pathlib import Path
from typing import Any

import pytest

from testimonia.core.findings import SHAPES, Finding
from testimonia.core.layers import Layer
from testimonia.core.namespaces import T
from testimonia.shacl.graphs import read_shapes_graph
from testimonia.shacl.shapes import find_shapes
from testimonia.validation.fixes import add_fix, split_message

KEYS = {T + "actor": "by"}


def make(**changes: Any) -> Finding:
    facts: dict[str, Any] = {
        "focus": "https://example.org/x",
        "path": T + "actor",
        "rule": SHAPES + "ClaimShape-actor",
        "component": "ClassConstraintComponent",
        "value": "",
        "severity": "Violation",
        "found": "Wrong.",
    }
    return Finding(**(facts | changes))


def test_the_message_of_a_shape_is_cut_in_two() -> None:
    mended = add_fix(make(found="It has one. Write it (docs/model.md#x). Do so once."), KEYS)
    assert (mended.message, mended.fix) == ("It has one.", "Write it (docs/model.md#x). Do so once.")


@pytest.mark.parametrize(
    ("component", "mend"),
    [
        ("MinCountConstraintComponent", "Write by: for it."),
        ("MaxCountConstraintComponent", "Keep one value behind by: and remove the others."),
        ("PatternConstraintComponent", "Correct the form of what stands behind by:."),
        ("InConstraintComponent", "Correct what stands behind by:."),
        ("ClosedConstraintComponent", "Remove by:."),
    ],
)
def test_a_mend_in_the_words_of_a_record(component: str, mend: str) -> None:
    assert add_fix(make(component=component), KEYS).fix == mend


def test_the_key_is_that_of_the_first_step() -> None:
    assert add_fix(make(path=f"<{T}actor>/<{T}of>"), KEYS).fix == "Correct what stands behind by:."


def test_a_path_against_the_arrows_has_no_key() -> None:
    mended = add_fix(make(path=f"^<{T}actor>/<{T}of>"), KEYS)
    assert mended.fix == "To see what is wanted, with examples, run: testimonia explain ClaimShape-actor."


def test_a_mend_stays_and_messages_of_other_rules_stay_whole() -> None:
    known = make(fix="Do this.", found="One. Two.")
    assert add_fix(known, KEYS) == known
    coded = add_fix(make(rule="unknown-key", layer=Layer.RECORDS, path="", found="One. Two."), KEYS)
    assert coded.message == "One. Two."
    assert coded.fix == "To see what is wanted, with examples, run: testimonia explain unknown-key."


def test_rules_that_nobody_can_explain() -> None:
    assert add_fix(make(rule="https://example.org/S", path=""), KEYS).fix == ""
    assert add_fix(make(rule="", path=""), KEYS).fix == ""


def test_every_shape_says_what_is_wanted_and_hardly_any_leaves_the_mend_to_us() -> None:
    shapes = find_shapes(read_shapes_graph(Path(__file__).resolve().parents[2] / "shapes"))
    halves = [split_message(shape.message) for shape in shapes if shape.reports]
    assert len(halves) > 120
    assert all(wanted for wanted, _ in halves)
    assert all(not mend or (mend[0].isupper() and mend.endswith(".")) for _, mend in halves)
    assert sum(not mend for _, mend in halves) <= 5
