"""YAML with places: text stays text, and what could be misread is a problem with its line."""

import pytest

from testimonia.core.record import Word
from testimonia.core.yaml_tree import Block, Items, parse_tree


def test_scalars_stay_text_with_line_and_column() -> None:
    tree, problems = parse_tree("a: NO\nb:\n  - 2031-05-04\n  - é: 1.10\n", "x.yaml")
    assert not problems
    assert tree is not None
    word = tree.entries["a"]
    assert isinstance(word, Word)
    assert (word.text, word.position.line, word.position.column) == ("NO", 1, 4)
    items = tree.entries["b"]
    assert isinstance(items, Items)
    assert isinstance(items.items[0], Word)
    assert items.items[0].text == "2031-05-04"
    inner = items.items[1]
    assert isinstance(inner, Block)
    number = inner.entries["é"]
    assert isinstance(number, Word)
    assert (number.text, number.position.line, number.position.column) == ("1.10", 4, 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", 'x.yaml:2:1: key "a" again (first on line 1)'),
        ("a: *x\n", "x.yaml:1:4: an alias (*name)"),
        ("a: &x 1\n", "x.yaml:1:4: an anchor (&name)"),
        ("a: !!str 1\n", 'x.yaml:1:4: a tag "tag:yaml.org,2002:str"'),
        ("a: " + "[" * 100_000, "x.yaml:1:23: nested too deep; expected at most 20 levels. [nested-too-deep]"),
        ("a: !!python/name:os.system x\n", 'x.yaml:1:4: a tag "tag:yaml.org,2002:python/name:os.system"'),
        ("a: [1, 2\nb: 3\n", "x.yaml:2:2: not YAML"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: not YAML"),
        (
            "a: \x07\n",
            "x.yaml:1:1: a character YAML does not allow (#x0007 at offset 3). Remove it. [control-character]",
        ),
        ("", "x.yaml:1:1: an empty file; expected a mapping (key: value). [empty-file]"),
        ("- a\n", "x.yaml:1:1: not a mapping"),
        ("[a]: 1\n", "x.yaml:1:1: a list or mapping as a key"),
    ],
)
def test_what_could_be_misread_is_a_problem(text: str, message: str) -> None:
    _, problems = parse_tree(text, "x.yaml")
    assert len(problems) == 1
    assert str(problems[0]).startswith(message)


def test_an_alias_bomb_is_refused_without_unfolding_it() -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    _, problems = parse_tree("\n".join(rows), "x.yaml")
    assert problems
