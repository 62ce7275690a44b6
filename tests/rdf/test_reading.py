"""Reading: the closure that superclasses, broader terms and conditions of shapes are found by."""

import pytest

from testimonia.rdf.reading import climb

ABOVE = {"raid": ["attack"], "attack": ["act", "harm"], "act": ["thing"], "loop": ["ring"], "ring": ["loop"]}


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ([], []),
        (["thing"], ["thing"]),
        (["raid"], ["act", "attack", "harm", "raid", "thing"]),
        (["loop"], ["loop", "ring"]),
        (["act", "ring"], ["act", "loop", "ring", "thing"]),
    ],
)
def test_everything_above_is_found_once_and_cycles_end(start: list[str], found: list[str]) -> None:
    assert sorted(climb(start, lambda node: ABOVE.get(node, []))) == found
