"""Tree: a YAML text as nested words, lists and mappings, each with its line and column.

Every scalar stays text (YAML 1.1 would turn `NO` into a truth value and dates into objects). What a curated file has
no use for and a reader could misread is an error: duplicate keys, anchors with aliases, tags, several documents.
Source: PyYAML's composer, which keeps the marks that `yaml.load` throws away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from testimonia.core.errors import Problem
from testimonia.core.record import Position, Word

try:
    from yaml import CBaseLoader as BaseLoader
except ImportError:  # PyYAML without libyaml: slower, the same tree
    from yaml import BaseLoader  # type: ignore[assignment]

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction of writing: no word of a record needs one."""

_DEEPEST = 20
"""How many lists and mappings may lie in each other; a record needs four."""


@dataclass(frozen=True, slots=True)
class Items:
    """A YAML list with its place."""

    items: tuple["Tree", ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Block:
    """A YAML mapping with its place; `keys` gives the place of each key."""

    entries: dict[str, "Tree"]
    keys: dict[str, Word]
    position: Position

    def __iter__(self) -> Iterator[tuple[Word, "Tree"]]:
        """Go through the entries as (key with its place, value)."""
        return ((word, self.entries[name]) for name, word in self.keys.items())

    @property
    def places(self) -> dict[str, Position]:
        """Where each key stands."""
        return {name: word.position for name, word in self.keys.items()}


Tree = Word | Items | Block


@dataclass(slots=True)
class _Grower:
    """Turns composed nodes into a tree."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def place(self, mark: yaml.Mark | None) -> Position:
        return Position(self.path, mark.line + 1, mark.column + 1) if mark else Position(self.path, 1, 1)

    def report(self, position: Position, got: str, mend: str, *, code: str) -> None:
        self.problems.append(Problem(self.path, position.line, position.column, "", got, "", mend, code=code))

    def grow(self, node: yaml.Node) -> Tree:
        position = self.place(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return Word(node.value, position)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.grow(n) for n in node.value), position)
        return self.grow_block(node, position)

    def grow_block(self, node: yaml.Node, position: Position) -> Block:
        entries: dict[str, Tree] = {}
        keys: dict[str, Word] = {}
        for key_node, value_node in node.value:
            key = self.grow(key_node)
            if not isinstance(key, Word):
                self.report(
                    key.position, "a list or mapping as a key", "Write a plain word before the colon", code="key-form"
                )
                continue
            value = self.grow(value_node)
            if key.text in entries:
                first = keys[key.text].position.line
                got = f'key "{key.text}" again (first on line {first})'
                self.report(
                    key.position, got, "Keep one of the two, or write the values as a list", code="duplicate-key"
                )
                continue
            entries[key.text], keys[key.text] = value, key
        return Block(entries, keys, position)


def parse_tree(text: str, path: str) -> tuple[Block | None, list[Problem]]:
    r"""Return the mapping that a YAML text is, and what is wrong with it.

    Lines and columns count from 1, in code points. The tree is None when the text is not YAML or not a mapping.

    >>> tree, problems = parse_tree("a: 1\nb: [NO, 2031-05-04]\na: 2\n", "x.yaml")
    >>> print(problems[0])
    x.yaml:3:1: key "a" again (first on line 1). Keep one of the two, or write the values as a list. [duplicate-key]
    >>> [word.text for word in tree.entries["b"].items]
    ['NO', '2031-05-04']
    """
    try:
        problems = _check_events(text, path)
        if problems:
            return None, problems
        node = yaml.compose(text, Loader=BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        got = f"not YAML: {error.problem or error.context}"
        mend = "Mind indentation, quotes around values with a colon, and closing brackets"
        return None, [Problem(path, line, column, "", got, "", mend, code="not-yaml")]
    except yaml.reader.ReaderError as error:
        got = f"a character YAML does not allow (#x{error.character:04x} at offset {error.position})"
        return None, [Problem(path, 1, 1, "", got, "", "Remove it", code="control-character")]
    if node is None:
        return None, [Problem(path, 1, 1, "", "an empty file", "a mapping (key: value)", "", code="empty-file")]
    grower = _Grower(path)
    tree = grower.grow(node)
    if not isinstance(tree, Block):
        grower.report(tree.position, "not a mapping", "Begin the file with key: value lines", code="not-a-mapping")
        return None, grower.problems
    return tree, grower.problems


def _check_events(text: str, path: str) -> list[Problem]:
    """Find anchors, aliases, tags and too deep nesting, before the composer resolves them (or runs out of stack)."""
    problems: list[Problem] = []
    depth = 0
    for event in yaml.parse(text, Loader=BaseLoader):
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return [
                *problems,
                Problem(path, *place, "", "nested too deep", f"at most {_DEEPEST} levels", "", code="nested-too-deep"),
            ]
        if isinstance(event, yaml.AliasEvent):
            problems.append(
                Problem(path, *place, "", "an alias (*name)", "", "Write the value out in full", code="yaml-alias")
            )
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            problems.append(
                Problem(
                    path,
                    *place,
                    "",
                    "an anchor (&name)",
                    "",
                    "Remove it: write each value out in full",
                    code="yaml-alias",
                )
            )
        elif isinstance(event, yaml.ScalarEvent) and (found := _CONTROL.search(event.value)):
            got = f"a control character (U+{ord(found[0]):04X})"
            problems.append(Problem(path, *place, "", got, "", "Remove it", code="control-character"))
        tag = getattr(event, "tag", None)
        if tag is not None:
            got = f'a tag "{tag}"'
            problems.append(Problem(path, *place, "", got, "", "Remove it: every value is plain text", code="yaml-tag"))
    return problems
