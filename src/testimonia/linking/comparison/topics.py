"""What can be compared when several speak of one thing, and how: the topics of `mappings/topics.yaml`.

A topic has properties of ours and of others that say the same, the classes of things it is compared for, and the way
its values are compared. Users add their own in a file of the same form. Which property means what stands there.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXES
from testimonia.core.record import Position, Word
from testimonia.core.yaml_tree import Block, Items, Tree


class Way(StrEnum):
    """How values are compared."""

    CODE = "code"
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    THING = "thing"


_KEYS = ("ours", "of", "compare", "theirs", "counts", "unit")


@dataclass(frozen=True, slots=True)
class Topic:
    """What is compared: `ours`, `of` (classes), `theirs` are IRIs; `counts` is the key of a figure, `unit` its slug."""

    name: str
    ours: tuple[str, ...]
    of: tuple[str, ...]
    way: Way
    theirs: tuple[str, ...] = ()
    counts: str = ""
    unit: str = ""


def read_topics(layout: Layout, further: Path | None = None) -> list[Topic]:
    """Return the topics of a data set (its own list, else the model's) and those of a user's file.

    InputError lists every problem of both.
    """
    topics: list[Topic] = []
    findings: list[Finding] = []
    for path in (layout.topics, *([further] if further else [])):
        tree, found = read_yaml(path, layout.name(path))
        reader = _Reader(layout.name(path), found)
        topics += [topic for key, value in tree or () if (topic := reader.read(key, value)) is not None]
        findings += reader.findings
    if findings:
        raise InputError(findings)
    return topics


@dataclass(slots=True)
class _Reader:
    """Reads one file of topics and collects what is wrong with it."""

    path: str
    findings: list[Finding]

    def note(self, word: Word, record: str, found: str, expected: str = "", fix: str = "") -> None:
        """Note a problem at a word."""
        line, column = word.position.line, word.position.column
        self.findings.append(
            Finding.at(
                Position(self.path, line, column), "topic-form", record=record, found=found, expected=expected, fix=fix
            )
        )

    def read(self, key: Word, value: Tree) -> Topic | None:
        """Return one topic; None when it cannot be used."""
        record, before = f"topic {key.text}", len(self.findings)
        if not isinstance(value, Block):
            self.note(key, record, "no mapping", "{ours: …, of: …, compare: …, theirs: …}")
            return None
        for word, _ in value:
            if word.text not in _KEYS:
                self.note(word, record, f'unknown key "{word.text}"', ", ".join(_KEYS), find_nearest(word.text, _KEYS))
        for name in ("ours", "of", "compare"):
            if name not in value.entries:
                self.note(key, record, f'no "{name}"')
        lists = {name: self._read_names(value, name, record) for name in ("ours", "of", "theirs")}
        words = {name: self._read_word(value, name, record) for name in ("compare", "counts", "unit")}
        if words["compare"] and words["compare"] not in list(Way):
            found, fix = f'compare: "{words["compare"]}"', find_nearest(words["compare"], list(Way))
            self.note(value.keys["compare"], record, found, ", ".join(Way), fix)
        if lists["theirs"] and words["compare"] == Way.FIGURE and not (words["counts"] and words["unit"]):
            found = "their property for a figure, but not which"
            self.note(key, record, found, '"counts" (the key of the figure) and "unit"')
        if len(self.findings) > before:
            return None
        return Topic(
            key.text, lists["ours"], lists["of"], Way(words["compare"]), lists["theirs"], words["counts"], words["unit"]
        )

    def _read_word(self, block: Block, name: str, record: str) -> str:
        value = block.entries.get(name)
        if value is not None and not isinstance(value, Word):
            self.note(block.keys[name], record, f'"{name}" is no word')
        return value.text if isinstance(value, Word) else ""

    def _read_names(self, block: Block, name: str, record: str) -> tuple[str, ...]:
        value = block.entries.get(name)
        items = value.items if isinstance(value, Items) else (value,) if value is not None else ()
        found = []
        for item in items:
            iri = _expand(item.text) if isinstance(item, Word) else ""
            if not iri:
                expected = "https://…, or one of: " + ", ".join(f"{prefix}:" for prefix in PREFIXES)
                self.note(block.keys[name], record, f'"{name}" that is no IRI', expected)
            found.append(iri)
        return tuple(found)


def _expand(name: str) -> str:
    """Return the IRI of a full or prefixed name; "" when it is neither."""
    prefix, colon, local = name.partition(":")
    if colon and local.startswith("//"):
        return name
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""
