"""Parse YAML into nested words, lists and mappings, each with its line and column.

Every scalar stays text (YAML 1.1 would turn `NO` into a truth value and dates into objects). What a curated file has
no use for and a reader could misread is an error: duplicate keys, anchors with aliases, tags, several documents.
Source: PyYAML's composer, which keeps the marks that `yaml.load` throws away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from testimonia.core.findings import Finding, Placed
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
        """Return the entries as (key with its place, value)."""
        return ((word, self.entries[name]) for name, word in self.keys.items())

    @property
    def places(self) -> dict[str, Position]:
        """Where each key stands."""
        return {name: word.position for name, word in self.keys.items()}


Tree = Word | Items | Block


@dataclass(slots=True)
class _TreeBuilder:
    """Turns composed nodes into a tree."""

    path: str
    findings: list[Finding] = field(default_factory=list)

    def place(self, mark: yaml.Mark | None) -> Position:
        return Position(self.path, mark.line + 1, mark.column + 1) if mark else Position(self.path, 1, 1)

    def report(self, where: Placed, rule: str, found: str, fix: str | None = None) -> None:
        self.findings.append(Finding.at(where, rule, found=found, fix=fix))

    def build(self, node: yaml.Node) -> Tree:
        position = self.place(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            return Word(node.value, position)
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(self.build(n) for n in node.value), position)
        return self.build_block(node, position)

    def build_block(self, node: yaml.Node, position: Position) -> Block:
        entries: dict[str, Tree] = {}
        keys: dict[str, Word] = {}
        for key_node, value_node in node.value:
            key = self.build(key_node)
            if not isinstance(key, Word):
                self.report(key, "key-form", "a list or mapping as a key")
                continue
            value = self.build(value_node)
            if key.text in entries:
                first = keys[key.text].position.line
                found = f'key "{key.text}" again (first on line {first})'
                self.report(key, "duplicate-key", found)
                continue
            entries[key.text], keys[key.text] = value, key
        return Block(entries, keys, position)


def parse_tree(text: str, path: str) -> tuple[Block | None, list[Finding]]:
    r"""Return the mapping in a YAML text, and findings about it.

    Lines and columns count from 1, in code points. The tree is None when the text is not YAML or not a mapping.

    >>> tree, problems = parse_tree("a: 1\nb: [NO, 2031-05-04]\na: 2\n", "x.yaml")
    >>> print(problems[0])
    x.yaml:3:1: key "a" again (first on line 1). Keep one of the two, or write the values as a list. [duplicate-key]
    >>> [word.text for word in tree.entries["b"].items]
    ['NO', '2031-05-04']
    """
    try:
        findings = _check_events(text, path)
        if findings:
            return None, findings
        node = yaml.compose(text, Loader=BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        found = f"not YAML: {error.problem or error.context}"
        return None, [Finding.at(Position(path, line, column), "not-yaml", found=found)]
    except yaml.reader.ReaderError as error:
        found = f"a character YAML does not allow (#x{error.character:04x} at offset {error.position})"
        return None, [Finding.at(Position(path, 1, 1), "control-character", found=found)]
    if node is None:
        found, expected = "an empty file", "a mapping (key: value)"
        return None, [Finding.at(Position(path, 1, 1), "empty-file", found=found, expected=expected)]
    builder = _TreeBuilder(path)
    tree = builder.build(node)
    if not isinstance(tree, Block):
        builder.report(tree, "not-a-mapping", "not a mapping", fix="Begin the file with key: value lines")
        return None, builder.findings
    return tree, builder.findings


def _check_events(text: str, path: str) -> list[Finding]:
    """Find anchors, aliases, tags and too deep nesting, before the composer resolves them (or runs out of stack)."""
    findings: list[Finding] = []
    depth = 0
    for event in yaml.parse(text, Loader=BaseLoader):
        mark = event.start_mark
        place = Position(path, mark.line + 1, mark.column + 1) if mark else Position(path, 1, 1)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            expected = f"at most {_DEEPEST} levels"
            return [*findings, Finding.at(place, "nested-too-deep", found="nested too deep", expected=expected)]
        if isinstance(event, yaml.AliasEvent):
            findings.append(Finding.at(place, "yaml-alias", found="an alias (*name)"))
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            fix = "Remove it: write each value out in full"
            findings.append(Finding.at(place, "yaml-alias", found="an anchor (&name)", fix=fix))
        elif isinstance(event, yaml.ScalarEvent) and (control := _CONTROL.search(event.value)):
            found = f"a control character (U+{ord(control[0]):04X})"
            findings.append(Finding.at(place, "control-character", found=found))
        tag = getattr(event, "tag", None)
        if tag is not None:
            findings.append(Finding.at(place, "yaml-tag", found=f'a tag "{tag}"'))
    return findings
